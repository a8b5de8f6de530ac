"""Expectations on units: a known currency, a known measure, or an open choice that says so."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reconcile.validation.expectations.base import RowCondition, RowExpectation
from reconcile.validation.known_units import is_currency, is_unit_of


class MoneyNamesCurrency(RowCondition):
    """Money has a currency, or the choices that the text leaves open."""

    condition_metric_name = "claim.money_names_its_currency"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        return (rows["kind"] != "money") | rows["unit"].notna() | (rows["n_candidates"] > 1)


class ExpectMoneyToNameItsCurrency(RowExpectation):
    """Expect money to have a unit or at least two candidates: a bare dinar is a choice, not a gap."""

    map_metric = MoneyNamesCurrency.condition_metric_name
    sentence = "Money must name its currency, or the two or more that the text leaves open."


class UnitKnown(RowCondition):
    """The unit is one that its kind of figure can have."""

    condition_metric_name = "claim.unit_is_known"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        distinct = rows[["kind", "unit"]].drop_duplicates().dropna()
        unknown = [
            f"{kind}\0{unit}"
            for kind, unit in distinct.itertuples(index=False)
            if not is_unit_of(str(kind), str(unit))
        ]
        if not unknown:
            return pd.Series(True, index=rows.index)
        written = rows["kind"].fillna("").astype(str) + "\0" + rows["unit"].fillna("").astype(str)
        return ~written.isin(unknown)


class ExpectUnitToBeKnown(RowExpectation):
    """Expect ISO 4217 or a known coin for money, `percent`, a unit of time, or a physical unit's singular name."""

    map_metric = UnitKnown.condition_metric_name
    sentence = (
        "The unit must be a known currency, unit of time, physical unit or counted noun, as the kind asks."
    )


class CandidatesKnown(RowCondition):
    """Each currency among the open choices is one."""

    condition_metric_name = "claim.candidates_are_known"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        choices = rows["unit_candidates"].fillna("").astype(str)
        money = (rows["kind"] == "money") & (choices != "")
        unknown = [c for c in choices[money].unique() if not all(map(is_currency, c.split("|")))]
        return ~money | ~choices.isin(unknown)


class ExpectCandidatesToBeKnown(RowExpectation):
    """Expect every candidate of a sum of money to be a known currency."""

    map_metric = CandidatesKnown.condition_metric_name
    sentence = "Every currency that the text leaves open must be a known one."
