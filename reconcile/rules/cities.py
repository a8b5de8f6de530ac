"""The cities of the world by every name, with their countries. Source: GeoNames, in `rules/context/cities.tsv`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# A namesake of a fifth of the size is no longer negligible.
DWARFS = 5
TABLE = Path(__file__).parent / "context" / "cities.tsv"


@dataclass(frozen=True, slots=True)
class City:
    """A city by its canonical name; `name_key` is the name folded, to tell it from an alias."""

    name: str
    country: str
    population: int
    name_key: str


@lru_cache(maxsize=1)
def gazetteer() -> dict[str, tuple[City, ...]]:
    """Every city by each of its folded names; read when the first name is looked up.

    >>> [c.country for c in gazetteer()["aleppo"]]
    ['SY']
    """
    found: dict[str, list[City]] = {}
    for line in TABLE.read_text(encoding="utf8").splitlines():
        if line.startswith("#"):
            continue
        name, country, population, name_key, aliases = line.split("\t")
        city = City(name, country, int(population), name_key)
        for key in (name_key, *aliases.split("|")):
            if key:
                found.setdefault(key, []).append(city)
    return {key: tuple(cities) for key, cities in found.items()}


@lru_cache(maxsize=1)
def countries_of_cities() -> dict[str, str]:
    """The code of the country that each canonical name of a city stands for: of namesakes the largest one's.

    >>> countries_of_cities()["Aleppo"]
    'SY'
    """
    largest: dict[str, City] = {}
    for cities in gazetteer().values():
        for city in cities:
            if city.name not in largest or largest[city.name].population < city.population:
                largest[city.name] = city
    return {name: city.country for name, city in largest.items()}


def rivals(namesakes: Iterable[City]) -> list[City]:
    """The largest of several cities of one name, and those that it does not dwarf, by their size."""
    ordered = sorted(namesakes, key=lambda city: -city.population)
    return [city for city in ordered if city.population * DWARFS >= ordered[0].population]
