"""Subjects and agencies: whom a figure counts, and which news agency a report is credited to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import polars as pl

from reconcile.errors import RuleError
from reconcile.rules.countries import countries_of_places, country_names
from reconcile.rules.files import load_rules

AGENCY = "agency"


@lru_cache(maxsize=1)
def subject_groups() -> dict[str, str]:
    """The group of each noun that has one.

    Raises:
        RuleError: a noun stands in two groups.

    >>> subject_groups()["soldier"], "person" in subject_groups()
    ('soldiers', False)
    """
    found: dict[str, str] = {}
    for group, nouns in load_rules("subjects.yml")["subjects"].items():
        for noun in nouns:
            if noun in found:
                raise RuleError(
                    f"subjects.yml: {group}", f"'{noun}' is also under '{found[noun]}'", "keep one of the two"
                )
            found[noun] = group
    return found


def subject() -> pl.Expr:
    """The group of the row's `noun`; null for a general noun or none, and for those whom the measure is about."""
    group = pl.col("noun").replace_strict(subject_groups(), default=None, return_dtype=pl.String)
    pairs = [f"{measure} {one}" for measure, groups in _listed("implied").items() for one in groups]
    implied = pl.concat_str("measure", group, separator=" ").is_in(pairs).fill_null(False)
    return pl.when(~implied).then(group)


def counted_unit() -> pl.Expr:
    """The row's `unit`, one word for what the measure counts under several: 48 deaths are 48 people killed.

    >>> rows = pl.DataFrame({"measure": ["people_killed", "price", None], "unit": ["death", "house", "death"]})
    >>> rows.select(counted_unit()).to_series().to_list()
    ['person', 'home', 'death']
    """
    listed = {measure: dict(words) for measure, words in _listed("counted_as").items()}
    always = pl.col("unit").replace(listed.pop("always"))
    of_measure = {
        f"{measure} {word}": unit for measure, words in listed.items() for word, unit in words.items()
    }
    return pl.coalesce(
        pl.concat_str("measure", "unit", separator=" ").replace_strict(
            of_measure, default=None, return_dtype=pl.String
        ),
        always,
    )


@lru_cache(maxsize=2)
def _listed(section: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = load_rules("subjects.yml")[section]
    return found


@lru_cache(maxsize=1)
def acting_for() -> dict[str, str]:
    """The country for which an organisation of one country acts, and each country for itself, by canonical name.

    >>> acting_for()["US Department of Justice"], acting_for()["France"]
    ('United States', 'France')
    """
    countries = country_names()
    known = load_rules("organisations.yml").get("organisations") or []
    bodies = {one["name"]: countries[one["country"]] for one in known if one.get("country") in countries}
    return bodies | {name: name for name in countries.values()}


def country(place: pl.Expr) -> pl.Expr:
    """The country that a place is or lies in, else null."""
    return place.replace_strict(countries_of_places(), default=None, return_dtype=pl.String)


def state(actor: pl.Expr) -> pl.Expr:
    """The country for which the actor acts, else null."""
    return actor.replace_strict(acting_for(), default=None, return_dtype=pl.String)


@lru_cache(maxsize=1)
def agency_names() -> dict[str, str]:
    """Every name of a news agency with the agency's own name, from `organisations.yml`; the longest first.

    >>> agency_names()["AFP"] == agency_names()["Agence France-Presse"]
    True
    """
    known = load_rules("organisations.yml").get("organisations") or []
    names = {
        alias: agency["name"]
        for agency in known
        if agency.get("type") == AGENCY
        for alias in (
            agency["name"],
            *(name for group in (agency.get("names") or {}).values() for name in group),
        )
    }
    return dict(sorted(names.items(), key=lambda name: (-len(name[0]), name[0])))


def agency(credit: pl.Expr) -> pl.Expr:
    """The news agency that a credit names (`Associated Press via WREX`), else null.

    >>> credits = pl.DataFrame({"outlet": ["Associated Press via WREX", "Reuters Arabic", "Harbour Post"]})
    >>> credits.select(agency(pl.col("outlet"))).to_series().to_list()
    ['Associated Press', 'Reuters', None]
    """
    names = agency_names()
    if not names:
        return pl.lit(None, pl.String)
    listed = "|".join(re.escape(name) for name in names)
    found = credit.str.extract(rf"(?:^|[^\p{{L}}\p{{N}}])({listed})(?:[^\p{{L}}\p{{N}}]|$)", 1)
    return found.replace_strict(names, default=None, return_dtype=pl.String)
