"""Expectations on numbers: value and bounds agree with each other and with what the qualifier says.

A null bound is open, and dates and times carry their interval in other columns.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reconcile.validation.expectations.base import RowCondition, RowExpectation

KINDS_WITHOUT_NUMBER = ("date", "time")
LEAST = ("more_than", "at_least")
MOST = ("less_than", "at_most")


def _numeric(rows: pd.DataFrame, qualifiers: tuple[str, ...]) -> pd.Series:
    """Whether the row states a number with one of these qualifiers."""
    return rows["qualifier"].isin(qualifiers) & ~rows["kind"].isin(KINDS_WITHOUT_NUMBER)


class ValuesInOrder(RowCondition):
    """Each value is at least the one before it; a missing one is skipped."""

    condition_metric_name = "row.values_in_order"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        in_order = pd.Series(True, index=rows.index)
        columns = list(rows.columns)
        for i, lower in enumerate(columns):
            for upper in columns[i + 1 :]:
                in_order &= ~(rows[lower] > rows[upper]).fillna(False).astype(bool)
        return in_order


class ExpectValuesToBeInOrder(RowExpectation):
    """Expect the columns, from left to right, never to fall; an open end (null) limits nothing."""

    map_metric = ValuesInOrder.condition_metric_name
    sentence = "The values of $column_list must not fall from left to right; an open end limits nothing."


class IntervalNotEmpty(RowCondition):
    """Bounds that exclude themselves leave something between them."""

    condition_metric_name = "claim.interval_not_empty"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        touching = rows["low"].notna() & (rows["low"] == rows["high"])
        open_end = rows["low_open"].fillna(False).astype(bool) | rows["high_open"].fillna(False).astype(bool)
        return ~(touching & open_end)


class ExpectIntervalNotToBeEmpty(RowExpectation):
    """Expect low < high where either bound is excluded; otherwise no number at all could satisfy the claim."""

    map_metric = IntervalNotEmpty.condition_metric_name
    sentence = "An interval with an excluded bound must hold at least one number."


class ExactIsOneNumber(RowCondition):
    """An exact figure is its own lower and upper bound."""

    condition_metric_name = "claim.exact_is_one_number"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        same = (rows["low"] == rows["value"]) & (rows["high"] == rows["value"])
        return ~_numeric(rows, ("exact",)) | same


class ExpectExactToBeOneNumber(RowExpectation):
    """Expect low = value = high where the qualifier is exact."""

    map_metric = ExactIsOneNumber.condition_metric_name
    sentence = "An exact figure must have low = value = high."


class VagueHasBoundsOnly(RowCondition):
    """A vague figure names no number, but a range."""

    condition_metric_name = "claim.vague_has_bounds_only"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        bounded = rows["low"].notna() | rows["high"].notna()
        return ~_numeric(rows, ("vague",)) | (rows["value"].isna() & bounded)


class ExpectVagueToHaveBoundsOnly(RowExpectation):
    """Expect "dozens" and the like to have no value and at least one bound."""

    map_metric = VagueHasBoundsOnly.condition_metric_name
    sentence = "A vague figure must have no value and at least one bound."


class BetweenHasBothBounds(RowCondition):
    """A range names both of its ends."""

    condition_metric_name = "claim.between_has_both_bounds"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        both = rows["low"].notna() & rows["high"].notna()
        return ~_numeric(rows, ("between",)) | (rows["value"].isna() & both)


class ExpectBetweenToHaveBothBounds(RowExpectation):
    """Expect a figure stated as a range to have both bounds and no single value."""

    map_metric = BetweenHasBothBounds.condition_metric_name
    sentence = "A figure stated as a range must have both bounds and no single value."


class OneSidedHasItsBound(RowCondition):
    """The bound that a one-sided hedge names is there, excluded or not as the hedge says."""

    condition_metric_name = "claim.one_sided_has_its_bound"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        least, most = _numeric(rows, LEAST), _numeric(rows, MOST)
        low_open = rows["low_open"].fillna(False).astype(bool) == (rows["qualifier"] == "more_than")
        high_open = rows["high_open"].fillna(False).astype(bool) == (rows["qualifier"] == "less_than")
        return (~least | (rows["low"].notna() & low_open)) & (~most | (rows["high"].notna() & high_open))


class ExpectOneSidedToHaveItsBound(RowExpectation):
    """Expect "more than n" to have low n excluded, "at least n" low n included, and so on upwards."""

    map_metric = OneSidedHasItsBound.condition_metric_name
    sentence = "More than / at least must have a low bound, less than / at most a high one, excluded as the words say."


class ApproximateHasValue(RowCondition):
    """What is about or almost a number names that number."""

    condition_metric_name = "claim.approximate_has_its_value"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        return ~_numeric(rows, ("about", "almost")) | rows["value"].notna()


class ExpectApproximateToHaveItsValue(RowExpectation):
    """Expect "about n" and "almost n" to have the value n; dates carry theirs in their interval."""

    map_metric = ApproximateHasValue.condition_metric_name
    sentence = "A figure that is about or almost a number must have that number as its value."


class PersonsWhole(RowCondition):
    """People come in whole numbers from zero up."""

    condition_metric_name = "claim.persons_are_whole"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        people = (rows["kind"] == "count") & (rows["unit"] == "person") & (rows["scope"] != "each")
        numbers = rows[["value", "low", "high"]].astype(float)
        whole = numbers.isna() | ((numbers >= 0) & (np.floor(numbers) == numbers))
        return ~people | whole.all(axis=1)


class ExpectPersonsToBeWhole(RowExpectation):
    """Expect counts of people, other than averages, to be whole numbers and not negative; zero dead is a claim."""

    map_metric = PersonsWhole.condition_metric_name
    sentence = "A count of people must be a whole number, zero or more."


class PercentageFits(RowCondition):
    """A share of a whole lies between nothing and all of it."""

    condition_metric_name = "claim.percentage_fits"
    condition_value_keys = ("share_measures",)

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        share = (
            rows["part_of"].notna()
            | rows["measure"].isna()
            | rows["measure"].isin(parameters["share_measures"])
        )
        numbers = rows[["value", "low", "high"]].astype(float)
        fits = (numbers.isna() | ((numbers >= 0) & (numbers <= 100))).all(axis=1)
        return (rows["unit"] != "percent") | ~share | fits


class ExpectPercentageOfAWholeToFit(RowExpectation):
    """Expect a share to lie within 0 and 100.

    A percentage is a share if it is linked to its whole, if its measure is one of `share_measures`, or if nothing is
    known of its measure; of prices, sums and growth it is a change or a ratio ("rose 140 per cent"), which may be
    anything.
    """

    map_metric = PercentageFits.condition_metric_name
    success_keys = ("mostly", "share_measures")
    share_measures: list[str]
    sentence = "A share (part of a whole, $share_measures, or of no known measure) must lie within 0 and 100 per cent."
