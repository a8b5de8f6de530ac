"""The six alarms: each raised by what it is for, and silent beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from reconcile.comparison import compare
from tests import make

MONEY = {"kind": "money", "unit": "USD", "event": "harbour-raid"}
ARRESTS = {"unit": "person", "measure": "people_arrested", "event": "harbour-raid"}


def raised(*rows: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The alarms of these claims by name; two of one name fail."""
    alarms = compare(make.claims(*rows)).alarms
    assert alarms["alarm"].is_unique().all(), alarms
    return {row["alarm"]: row for row in alarms.iter_rows(named=True)}


def outlet(name: str, **fields: Any) -> dict[str, Any]:
    return {"article_id": name.lower(), "outlet": name, **fields}


IDENTIFIED = {**MONEY, "measure": "funds_identified", "value": 260e6}
CONFISCATED = {**MONEY, "measure": "funds_seized", "value": 260e6}


def test_the_identified_sum_printed_as_seized() -> None:
    rows = [outlet(name, **IDENTIFIED) for name in ("Aurora", "Beacon")] + [outlet("Comet", **CONFISCATED)]
    alarm = raised(*rows)["measure_conflation"]
    assert alarm["severity"] == "critical"
    assert alarm["claim_ids"] == ["c0", "c1", "c2"]
    assert "260 million USD" in alarm["detail"]
    assert "Comet" in alarm["detail"]


def test_the_conflated_sum_is_out_of_best() -> None:
    rows = [outlet(name, **IDENTIFIED) for name in ("Aurora", "Beacon")] + [outlet("Comet", **CONFISCATED)]
    rows += [outlet("Aurora", **{**CONFISCATED, "value": 600e3})]
    seized = compare(make.claims(*rows)).quantities.filter(pl.col("measure") == "funds_seized")
    assert seized.select("best", "high", "grade").row(0) == (600e3, 650e3, "contested")


def test_one_outlet_that_says_both_raises_nothing() -> None:
    assert "measure_conflation" not in raised(outlet("Aurora", **IDENTIFIED), outlet("Aurora", **CONFISCATED))


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        ("about", "more_than", "warning"),
        ("exact", "at_most", "warning"),
        ("about", "exact", "info"),
        ("about", "almost", None),
    ],
)
def test_a_hedge_that_drifts(first: str, second: str, severity: str | None) -> None:
    sums = {**MONEY, "measure": "funds_seized", "value": 600e3}
    found = raised(outlet("Aurora", qualifier=first, **sums), outlet("Beacon", qualifier=second, **sums))
    assert found.get("hedge_drift", {}).get("severity") == severity


def parts(*numbers: float, whole: float = 83.0) -> list[dict[str, Any]]:
    return [outlet("Aurora", value=whole, **ARRESTS)] + [
        outlet("Aurora", value=number, part_of="c0", **ARRESTS) for number in numbers
    ]


@pytest.mark.parametrize(
    ("numbers", "mismatch"),
    [
        ((21, 28, 16, 18), False),
        ((21, 28, 16, 19), True),
        ((21, 28, 16, 17), True),
        ((21, 28), False),
        ((60, 40), True),
    ],
)
def test_parts_add_up(numbers: tuple[float, ...], mismatch: bool) -> None:
    assert ("breakdown_mismatch" in raised(*parts(*numbers))) == mismatch


def test_a_part_larger_than_its_whole() -> None:
    alarm = raised(*parts(90.0))["part_exceeds_whole"]
    assert alarm["severity"] == "critical"
    assert alarm["claim_ids"] == ["c0", "c1"]


def test_more_seized_than_identified() -> None:
    found = raised(
        outlet("Aurora", **{**IDENTIFIED, "value": 5e6}),
        outlet("Aurora", **{**CONFISCATED, "value": 9e6}),
    )
    assert found["part_exceeds_whole"]["severity"] == "warning"


def toll(
    value: float, day: int, speaker: str = "Health Ministry", cumulative: bool | None = True
) -> dict[str, Any]:
    return outlet(
        f"Paper {day}", value=value, unit="person", measure="people_killed", event="river-flood", speaker=speaker,
        published=date(2024, 5, day), cumulative=cumulative,
    )  # fmt: skip


def test_a_toll_that_falls() -> None:
    alarm = raised(toll(12, 3), toll(58, 4), toll(51, 6))["downward_revision"]
    assert alarm["claim_ids"] == ["c1", "c2"]
    assert "4 May 2024" in alarm["detail"]


@pytest.mark.parametrize("rows", [(toll(12, 3), toll(58, 4)), (toll(58, 3, "Red Crescent"), toll(51, 4))])
def test_a_toll_that_rises_or_comes_from_others(rows: tuple[dict[str, Any], ...]) -> None:
    assert "downward_revision" not in raised(*rows)


def test_many_outlets_one_root() -> None:
    rows = [outlet(name, value=83.0, speaker="INTERPOL", **ARRESTS) for name in ("Aurora", "Beacon", "Comet")]
    alarm = raised(*rows)["circular_reporting"]
    assert "3 outlets" in alarm["detail"]
    assert "INTERPOL" in alarm["detail"]
    assert "circular_reporting" not in raised(*rows[:2], outlet("Comet", value=83.0, **ARRESTS))


def test_two_outlets_that_name_each_other() -> None:
    found = raised(
        outlet("Aurora", value=83.0, speaker="Beacon", **ARRESTS),
        outlet("Beacon", value=83.0, speaker="Aurora", **ARRESTS),
    )
    assert found["circular_reporting"]["severity"] == "warning"
