"""Expectations on how rows hang together: references, parts and wholes, fields that depend on each other."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reconcile.validation.expectations.base import RowCondition, RowExpectation

SHARES = ("percentage", "ratio", "ordinal")


class ReferenceExists(RowCondition):
    """What a row points to is in the table it points into."""

    condition_metric_name = "row.reference_exists"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        reference, found = rows.iloc[:, 0], rows.iloc[:, 1]
        return reference.isna() | found.astype(bool)


class ExpectReferenceToExist(RowExpectation):
    """Expect the id in the first column, where there is one, to be found; the second column says whether it was."""

    map_metric = ReferenceExists.condition_metric_name
    sentence = "The row that a reference names must exist ($column_list)."


class ListedExist(RowCondition):
    """None of the ids that a row lists is missing."""

    condition_metric_name = "row.listed_exist"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        return rows.iloc[:, 1].isna()


class ExpectListedToExist(RowExpectation):
    """Expect every id in the first column's list to be found; the second column lists those that were not."""

    map_metric = ListedExist.condition_metric_name
    sentence = "Every row that a list names must exist ($column_list)."


class ValuesDiffer(RowCondition):
    """The two columns never hold the same."""

    condition_metric_name = "row.values_differ"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        return ~(rows.iloc[:, 0] == rows.iloc[:, 1]).fillna(False).astype(bool)


class ExpectValuesToDiffer(RowExpectation):
    """Expect a row not to point to itself."""

    map_metric = ValuesDiffer.condition_metric_name
    sentence = "The values of $column_list must differ."


class FieldFilledWhen(RowCondition):
    """The first column is filled where the second has one of the values."""

    condition_metric_name = "row.field_filled_when"
    condition_value_keys = ("values",)

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        filled = rows.iloc[:, 0].notna() & (rows.iloc[:, 0].astype(str).str.strip() != "")
        return ~rows.iloc[:, 1].isin(parameters["values"]) | filled


class ExpectFieldToBeFilledWhen(RowExpectation):
    """Expect the first column to be filled wherever the second has one of `values`."""

    map_metric = FieldFilledWhen.condition_metric_name
    success_keys = ("mostly", "values")
    values: list[str]
    sentence = "Of $column_list the first must be filled where the second is one of: $values."


class FieldEmptyUnless(RowCondition):
    """The first column is filled only where the second has one of the values."""

    condition_metric_name = "row.field_empty_unless"
    condition_value_keys = ("values",)

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        return rows.iloc[:, 0].isna() | rows.iloc[:, 1].isin(parameters["values"])


class ExpectFieldToBeEmptyUnless(RowExpectation):
    """Expect the first column to be empty wherever the second has none of `values`."""

    map_metric = FieldEmptyUnless.condition_metric_name
    success_keys = ("mostly", "values")
    values: list[str]
    sentence = "Of $column_list the first must be empty unless the second is one of: $values."


class PartInUnit(RowCondition):
    """A part is counted in what its whole is counted in."""

    condition_metric_name = "claim.part_in_unit_of_whole"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        comparable = rows["unit"].notna() & rows["whole_unit"].notna() & ~rows["kind"].isin(SHARES)
        return ~comparable | (rows["unit"] == rows["whole_unit"])


class ExpectPartInTheUnitOfItsWhole(RowExpectation):
    """Expect a part to have its whole's unit, unless it is a share of it."""

    map_metric = PartInUnit.condition_metric_name
    sentence = "A part must be stated in the unit of its whole, unless it is a share of it."


class PartNotAboveWhole(RowCondition):
    """The least that a part can be is not above the most that its whole can be."""

    condition_metric_name = "claim.part_not_above_whole"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        comparable = (rows["unit"] == rows["whole_unit"]) | (rows["unit"].isna() & rows["whole_unit"].isna())
        comparable &= ~rows["kind"].isin(SHARES)
        return ~comparable | ~(rows["part_least"] > rows["whole_most"]).fillna(False).astype(bool)


class ExpectPartNotToExceedItsWhole(RowExpectation):
    """Expect a part to be at most its whole, as far as the bounds of both allow."""

    map_metric = PartNotAboveWhole.condition_metric_name
    sentence = "A part must not exceed its whole."


class PartsSumToWhole(RowCondition):
    """The parts of a whole, together, are not more than it."""

    condition_metric_name = "claim.parts_sum_to_whole"
    condition_value_keys = ("tolerance_pct",)

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        most = rows["whole_of_parts_most"] * (1 + parameters["tolerance_pct"] / 100)
        return ~(rows["parts_least_sum"] > most).fillna(False).astype(bool)


class ExpectPartsToSumToTheirWhole(RowExpectation):
    """Expect the parts named of one whole not to add up to more than it, within the policy's tolerance in per cent."""

    map_metric = PartsSumToWhole.condition_metric_name
    success_keys = ("mostly", "tolerance_pct")
    tolerance_pct: float = 1.0
    sentence = "The parts of a whole must not add up to more than it, within $tolerance_pct per cent."


class DuplicateRepeats(RowCondition):
    """A duplicate follows, in the same article, the claim that it repeats, and says the same."""

    condition_metric_name = "claim.duplicate_repeats"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        found = rows["first_article_id"].notna()
        earlier = (rows["article_id"] == rows["first_article_id"]) & (rows["start"] >= rows["first_start"])
        return ~found | (earlier & (rows["kind"] == rows["first_kind"]))


class ExpectDuplicateToRepeatAnEarlierClaim(RowExpectation):
    """Expect `duplicate_of` to name an earlier claim of the same kind in the same article."""

    map_metric = DuplicateRepeats.condition_metric_name
    sentence = "A duplicate must name an earlier claim of the same kind in the same article."


class WitnessesCarryGrade(RowCondition):
    """A grade that rests on several witnesses has them."""

    condition_metric_name = "quantity.witnesses_carry_grade"
    condition_value_keys = ("grades", "at_least")

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        graded = rows["grade"].isin(parameters["grades"])
        return ~graded | (rows["n_witnesses"] >= parameters["at_least"])


class ExpectWitnessesToCarryTheGrade(RowExpectation):
    """Expect quantities of these grades to have at least so many independent witnesses."""

    map_metric = WitnessesCarryGrade.condition_metric_name
    success_keys = ("mostly", "grades", "at_least")
    grades: list[str]
    at_least: int
    sentence = "A grade of $grades must rest on at least $at_least independent witnesses."
