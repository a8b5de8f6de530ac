"""Countries by their codes, and the country of each place. Sources: CLDR through Babel, GeoNames."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale

from reconcile.rules.cities import countries_of_cities

CANONICAL_LANGUAGE = "en"
TERRITORY_LENGTH = 2


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """The canonical (English CLDR) name of every country code."""
    territories = Locale.parse(CANONICAL_LANGUAGE).territories
    return {code: str(name) for code, name in territories.items() if len(code) == TERRITORY_LENGTH}


@lru_cache(maxsize=1)
def countries_of_places() -> Mapping[str, str]:
    """The country that each known place is or lies in, by canonical names.

    >>> countries_of_places()["Sfax"], countries_of_places()["Tunisia"]
    ('Tunisia', 'Tunisia')
    """
    countries = country_names()
    cities = {name: countries[code] for name, code in countries_of_cities().items() if code in countries}
    return cities | {name: name for name in countries.values()}
