"""Expectations on dates: each has its interval, and none lies where it cannot."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reconcile.validation.expectations.base import RowCondition, RowExpectation


class OnlyDatesHaveInterval(RowCondition):
    """A figure that is no date has no day."""

    condition_metric_name = "claim.only_dates_have_an_interval"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        return (rows["kind"] == "date") | (rows["date_start"].isna() & rows["date_end"].isna())


class ExpectOnlyDatesToHaveAnInterval(RowExpectation):
    """Expect `date_start` and `date_end` to be empty on every kind of figure but dates."""

    map_metric = OnlyDatesHaveInterval.condition_metric_name
    sentence = "No kind of figure but a date may have date_start or date_end."


class DateHasInterval(RowCondition):
    """A date means some day, if it can be known which day the article calls today."""

    condition_metric_name = "claim.date_has_its_interval"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        dated = rows["date_start"].notna() | rows["date_end"].notna()
        return (rows["kind"] != "date") | dated | rows["latest_publication"].isna()


class ExpectDateToHaveItsInterval(RowExpectation):
    """Expect claims of kind date to have the interval that they mean, in articles whose own date is known."""

    map_metric = DateHasInterval.condition_metric_name
    sentence = "A date must have a start or an end where the article's day of publication is known."


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


class PeriodNotBeforeEvent(RowCondition):
    """What is counted of an event was not over before the event began."""

    condition_metric_name = "claim.period_not_before_event"

    @classmethod
    def holds(cls, rows: pd.DataFrame, **parameters: Any) -> pd.Series:
        until = rows["period_end"].fillna(rows["date_end"])
        return (rows["role"] != "claim") | ~(until < rows["event_start"]).fillna(False).astype(bool)


class ExpectPeriodNotBeforeEvent(RowExpectation):
    """Expect a claim about a known event not to end before that event's first day."""

    map_metric = PeriodNotBeforeEvent.condition_metric_name
    sentence = "What is said of a known event must not be over before the event began."
