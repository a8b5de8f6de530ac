"""The cities of the world by every name, with their countries. Source: GeoNames, in `rules/context/cities.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

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
