"""Expectations on dates: each has its interval, and none lies where it cannot."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reconcile.validation.expectations.base import RowCondition, RowExpectation


class DateHasInterval(RowCondition):
    """A date has a start or an end, and nothing else has."""

    condition_metric_name = "claim.date_has_its_interval"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        dated = rows["date_start"].notna() | rows["date_end"].notna()
        return (rows["kind"] == "date") == dated


class ExpectDateToHaveItsInterval(RowExpectation):
    """Expect claims of kind date, and only those, to have the interval that they mean."""

    map_metric = DateHasInterval.condition_metric_name
    sentence = "A date must have a start or an end, and no other kind of figure may have one."


class DateNotAfterPublication(RowCondition):
    """What has been reported had happened by the day of publication."""

    condition_metric_name = "claim.date_not_after_publication"
    condition_value_keys = ("roles",)

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        concerned = rows["role"].isin(parameters["roles"]) & (rows["epistemic"] != "possible")
        begin = rows["date_start"].fillna(rows["period_start"])
        return ~concerned | ~(begin > rows["latest_publication"]).fillna(False).astype(bool)


class ExpectDateNotAfterPublication(RowExpectation):
    """Expect a date or a period to begin by the article's day of publication, unless it is announced (`possible`)."""

    map_metric = DateNotAfterPublication.condition_metric_name
    success_keys = ("mostly", "roles")
    roles: list[str]
    sentence = "A date of role $roles must not begin after publication, unless it is announced as possible."
