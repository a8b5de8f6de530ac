"""Intervals: the bounds as stated, then as a policy reads them, as polars expressions.

Inside the comparison an open side is an infinity, so that bounds compare without cases; tables outside hold null.
"""

from __future__ import annotations

import polars as pl

from reconcile.comparison.policy import Policy

MAX_ZEROS = 15
POINTS = ("exact", "about", "almost")
LOWER = ("more_than", "at_least")
UPPER = ("less_than", "at_most")
NEVER_NEGATIVE = ("money", "count")
INFINITY = float("inf")

value = pl.coalesce("value", pl.when(pl.col("low") == pl.col("high")).then("low"))


def with_reading(claims: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Add `read_low, read_high` (±inf where unbounded, null where nothing is stated), `read_low_open, read_high_open`
    and `reading`: what the policy did to the stated bounds (stated, rounded, hedged, point).

    >>> from reconcile.comparison.policy import load_policy
    >>> sums = pl.DataFrame({"kind": "money", "qualifier": ["exact", "at_most"], "value": [260e6, 1e4],
    ...     "low": [260e6, None], "high": [260e6, 1e4], "low_open": False, "high_open": False})
    >>> with_reading(sums, load_policy("news")).select("read_low", "read_high", "reading").rows()
    [(255000000.0, 265000000.0, 'rounded'), (0.0, 10000.0, 'stated')]
    """
    return (
        claims.with_columns(value.alias("_value"))
        .with_columns(rounding_half(policy).alias("_half"))
        .with_columns(
            _low(policy).alias("read_low"),
            _high(policy).alias("read_high"),
            _reading(policy).alias("reading"),
        )
        .with_columns(_low_open(policy).alias("read_low_open"), _high_open(policy).alias("read_high_open"))
        .drop("_value", "_half")
    )


def last_place(number: pl.Expr) -> pl.Expr:
    """The power of ten at which a whole number's zeros begin: 260,000,000 gives 10,000,000; no whole number, null.

    >>> pl.DataFrame({"n": [260e6, 83.0, 2.5, 0.0]}).select(last_place(pl.col("n"))).to_series().to_list()
    [10000000, 1, None, None]
    """
    whole = (number == number.floor()) & (number != 0) & (number.abs() < 9e15)
    digits = pl.when(whole).then(number.abs()).cast(pl.Int64)
    places = [
        pl.when(digits % 10**zeros == 0).then(pl.lit(10**zeros, pl.Int64)) for zeros in range(MAX_ZEROS + 1)
    ]
    return pl.max_horizontal(places)


def significant_digits(number: pl.Expr) -> pl.Expr:
    """How many digits a whole number has before its closing zeros: 588,000 has three.

    >>> pl.DataFrame({"n": [588000.0, 1743.0, 600.0]}).select(significant_digits(pl.col("n"))).to_series().to_list()
    [3, 4, 1]
    """
    return ((number.abs() / last_place(number)).log10() + 1e-9).floor().cast(pl.Int64) + 1


def rounding_half(policy: Policy) -> pl.Expr:
    """Half of the last significant digit where the policy takes a bare number as rounded, else 0."""
    number, place = pl.col("_value"), last_place(pl.col("_value"))
    half = pl.lit(0.0)
    for kind, limit in policy.reading.implicit_rounding.items():
        round_enough = (number.abs() >= limit.from_) & (place >= 10**limit.zeros)
        half = pl.when((pl.col("kind") == kind) & round_enough).then(place / 2).otherwise(half)
    return half


def _slack(policy: Policy) -> pl.Expr:
    """How far `about` reaches to either side: its percentage, but never less than implicit rounding."""
    shares = policy.reading.about_pct
    share = pl.col("kind").replace_strict(
        {kind: pct / 100 for kind, pct in shares.items()},
        default=shares.get("default", 0) / 100,
        return_dtype=pl.Float64,
    )
    return pl.max_horizontal(pl.col("_value").abs() * share, "_half")


def _is(*qualifiers: str) -> pl.Expr:
    return pl.col("qualifier").is_in(qualifiers)


def _point_of_bound(policy: Policy) -> pl.Expr:
    return pl.lit(policy.reading.open_bounds == "point") & _is(*LOWER, *UPPER)


def _low(policy: Policy) -> pl.Expr:
    number, stated = pl.col("_value"), pl.coalesce("low", "_value")
    shrunk = pl.min_horizontal(number * (1 - policy.reading.almost_pct / 100), number)
    floor = pl.when(pl.col("kind").is_in(NEVER_NEGATIVE)).then(0.0).otherwise(-INFINITY)
    return (
        pl.when(_point_of_bound(policy))
        .then(pl.coalesce("_value", "low", "high"))
        .when(_is("about"))
        .then(number - _slack(policy))
        .when(_is("almost"))
        .then(shrunk)
        .when(_is(*LOWER))
        .then(stated)
        .when(_is(*UPPER))
        .then(pl.coalesce(pl.when(pl.col("low") < pl.col("high")).then("low"), floor))
        .when(_is("between", "vague"))
        .then(pl.coalesce("low", "_value", pl.when(pl.col("high").is_not_null()).then(floor)))
        .otherwise(stated - pl.col("_half"))
    )


def _high(policy: Policy) -> pl.Expr:
    number, stated = pl.col("_value"), pl.coalesce("high", "_value")
    least = pl.col("low").is_not_null() & (policy.reading.vague == "low")
    top = pl.when(pl.col("low").is_not_null()).then(INFINITY)
    return (
        pl.when(_point_of_bound(policy))
        .then(pl.coalesce("_value", "low", "high"))
        .when(_is("about"))
        .then(number + _slack(policy))
        .when(_is("almost"))
        .then(pl.max_horizontal(number * (1 - policy.reading.almost_pct / 100), number))
        .when(_is(*LOWER))
        .then(pl.coalesce(pl.when(pl.col("high") > pl.col("low")).then("high"), INFINITY))
        .when(_is(*UPPER))
        .then(stated)
        .when(_is("vague") & least)
        .then("low")
        .when(_is("between", "vague"))
        .then(pl.coalesce("high", "_value", top))
        .otherwise(stated + pl.col("_half"))
    )


def _low_open(policy: Policy) -> pl.Expr:
    stated = pl.col("low_open").fill_null(False) | _is("more_than")
    return stated & _keeps_bounds(policy) & ~_is(*POINTS, *UPPER)


def _high_open(policy: Policy) -> pl.Expr:
    stated = pl.col("high_open").fill_null(False) | _is("less_than")
    return stated & _keeps_bounds(policy) & ~_is(*POINTS, *LOWER)


def _keeps_bounds(policy: Policy) -> pl.Expr:
    return ~(_point_of_bound(policy) | (_is("vague") & (policy.reading.vague == "low")))


def _reading(policy: Policy) -> pl.Expr:
    return (
        pl.when(~_keeps_bounds(policy))
        .then(pl.lit("point"))
        .when(_is("about", "almost"))
        .then(pl.lit("hedged"))
        .when(_is("exact") & (pl.col("_half") > 0))
        .then(pl.lit("rounded"))
        .otherwise(pl.lit("stated"))
    )
