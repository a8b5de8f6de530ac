"""Wording: figures, dates and periods as an English sentence prints them, from the words of `rules/details.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import polars as pl

from reconcile.errors import RuleError
from reconcile.rules.files import load_rules

FILE = "details.yml"
DAY = "%-d %B %Y"
GROUPS = 5
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The whole of `details.yml`."""
    return load_rules(FILE)


def placeholders(template: str) -> list[str]:
    """The names in braces.

    >>> placeholders("{a} and {b}: units differ.")
    ['a', 'b']
    """
    return _PLACEHOLDER.findall(template)


def filled(template: str, parts: Mapping[str, pl.Expr], where: str = FILE) -> pl.Expr:
    """The template as an expression, each name in braces replaced by its part; a null part is left out.

    Raises:
        RuleError: the template names a part that there is not.

    >>> pl.DataFrame({"n": ["83"]}).select(filled("about {n}.", {"n": pl.col("n")})).item()
    'about 83.'
    """
    pieces: list[pl.Expr] = []
    for at, piece in enumerate(_PLACEHOLDER.split(template)):
        if at % 2 == 1 and piece not in parts:
            raise RuleError(where, f"there is no part {{{piece}}}", f"use one of {', '.join(sorted(parts))}")
        if piece:
            pieces.append(parts[piece] if at % 2 == 1 else pl.lit(piece))
    return pl.concat_str(pieces, ignore_nulls=True)


def number_text(number: pl.Expr) -> pl.Expr:
    """A number as it is printed: 260 million, 15,000, 3.2.

    >>> numbers = pl.DataFrame({"n": [260e6, 15000.0, 3.2, 1234567.0, 0.0, 41458.5e6]})
    >>> numbers.select(number_text(pl.col("n"))).to_series().to_list()
    ['260 million', '15,000', '3.2', '1,234,567', '0', '41.4585 billion']
    """
    rounded = number.round(2)
    text = pl.when(rounded == rounded.floor()).then(_grouped(rounded)).otherwise(rounded.cast(pl.String))
    for name, size in sorted(words()["scales"].items(), key=lambda scale: float(scale[1])):
        scaled = number / size
        fits = (number.abs() >= size) & ((scaled * 1e4).round(4) == (scaled * 1e4).round(0))
        shown = pl.when(scaled == scaled.floor()).then(scaled.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(
            scaled.round(4).cast(pl.String)
        )  # fmt: skip
        text = pl.when(fits).then(pl.concat_str(shown, pl.lit(f" {name}"))).otherwise(text)
    return text


def _grouped(number: pl.Expr) -> pl.Expr:
    """A whole number with a comma between its thousands."""
    whole = number.abs().cast(pl.Int64, strict=False)
    text = (whole % 1000).cast(pl.String)
    for group in range(1, GROUPS):
        size = 1000**group
        tail = [(whole // 1000**at % 1000).cast(pl.String).str.zfill(3) for at in range(group - 1, -1, -1)]
        grouped = pl.concat_str(
            [
                (whole // size).cast(pl.String)
                if group == GROUPS - 1
                else (whole // size % 1000).cast(pl.String),
                *tail,
            ],
            separator=",",
        )
        text = pl.when(whole >= size).then(grouped).otherwise(text)
    return pl.when(number < 0).then(pl.concat_str(pl.lit("-"), text)).otherwise(text)


def plural(noun: pl.Expr) -> pl.Expr:
    """The plural of an English noun in the singular, from the rules or with an s.

    >>> pl.DataFrame({"noun": ["country", "website"]}).select(plural(pl.col("noun"))).to_series().to_list()
    ['countries', 'websites']
    """
    listed = noun.replace(words()["plurals"])
    return pl.when(listed != noun).then(listed).otherwise(pl.concat_str(noun, pl.lit("s")))


def with_unit(
    text: pl.Expr, number: pl.Expr, unit: pl.Expr | None = None, kind: pl.Expr | None = None
) -> pl.Expr:
    """The number's text with the unit of the row behind it."""
    unit = (pl.col("said_unit") if unit is None else unit).str.replace_all("_", " ")
    kind = pl.col("kind") if kind is None else kind
    counted = pl.when(number == 1).then(unit).otherwise(plural(unit))
    return (
        pl.when(kind == "percentage")
        .then(pl.concat_str(text, pl.lit(words()["percent"])))
        .when(unit.is_null())
        .then(text)
        .when(kind == "money")
        .then(pl.concat_str(text, unit, separator=" "))
        .otherwise(pl.concat_str(text, counted, separator=" "))
    )


def with_figures(stated: pl.DataFrame) -> pl.DataFrame:
    """Add `plain` (the number with its unit) and `figure` (that with its hedge: `more than 15,000 people`).

    Reads `kind, qualifier, quote` and `said_number, said_low, said_high, said_unit`.

    >>> told = pl.DataFrame({"kind": "count", "qualifier": "more_than", "said_number": 15e3, "said_low": 15e3,
    ...     "said_high": pl.Series([None], dtype=pl.Float64), "said_unit": "person", "quote": "over 15,000"})
    >>> with_figures(told).select("plain", "figure").row(0)
    ('15,000 people', 'more than 15,000 people')
    """
    number = pl.coalesce("said_number", "said_low", "said_high")
    numbered = stated.with_columns(
        number_text(number).alias("_n"),
        number_text(pl.col("said_low")).alias("_low"),
        number_text(pl.col("said_high")).alias("_high"),
    )
    with_units = numbered.with_columns(
        with_unit(pl.col("_n"), number).alias("plain"),
        with_unit(pl.col("_high"), pl.col("said_high")).alias("_high"),
    )
    return with_units.with_columns(_hedged().alias("figure")).drop("_n", "_low", "_high")


def _hedged() -> pl.Expr:
    figures, qualifier = words()["figures"], pl.col("qualifier")
    parts = {
        "n": pl.col("plain"),
        "low": pl.col("_low"),
        "high": pl.col("_high"),
        "quote": pl.col("quote").str.strip_chars(),
    }
    spans = pl.col("said_low").is_not_null() & pl.col("said_high").is_not_null()
    text = pl.when(pl.col("plain").is_null()).then(pl.lit(figures["unbounded"])).otherwise("plain")
    for name in ("about", "almost", "more_than", "at_least", "less_than", "at_most", "between", "vague"):
        here = (qualifier == name) & (spans if name == "between" else True)
        text = pl.when(here).then(filled(figures[name], parts)).otherwise(text)
    return text


def day_text(day: pl.Expr) -> pl.Expr:
    """A day as it is printed: 3 May 2025."""
    return day.dt.strftime(DAY)


def filled_if(part: pl.Expr, template: str, name: str) -> pl.Expr:
    """The template with its one part, null where the part is."""
    return pl.when(part.is_not_null()).then(filled(template, {name: part}))


def quoted(text: pl.Expr) -> pl.Expr:
    """The words between quotation marks."""
    return filled(words()["figures"]["vague"], {"quote": text.str.strip_chars()})


def capitalised(text: pl.Expr) -> pl.Expr:
    """The text with a capital at its beginning.

    >>> pl.DataFrame({"text": ["people arrested: 83", "83 people"]}).select(capitalised(pl.col("text"))).rows()
    [('People arrested: 83',), ('83 people',)]
    """
    return pl.concat_str(text.str.slice(0, 1).str.to_uppercase(), text.str.slice(1))


def readable(identifier: pl.Expr) -> pl.Expr:
    """An id as words: `people_arrested` gives `people arrested`; a signature (`page:use@en`) loses its language."""
    return identifier.str.replace(r"@\w+$", "").str.replace_all("[_:-]", " ")
