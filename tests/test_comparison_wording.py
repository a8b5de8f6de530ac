"""What a comparison prints: sentences that a report can take as they are, on the shipped digests and on odd figures."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

import reconcile
from tests import make

DATA = Path(__file__).resolve().parents[1] / "data"
BEGINS = re.compile(r"[^\W_a-z]|[“«]")
# What no reader should meet: an id, an empty place, a plural that does not fit, a doubled mark.
FORBIDDEN = {
    "an id": re.compile(r"\b[a-z]+_[a-z_]+\b|@\w\w\b|\b[0-9a-f]{16}\b"),
    "an empty part": re.compile(r"\(\)|\( | ,|,,|\.\.|: :|  "),
    "a wrong number": re.compile(
        r"\b(?!1 )\d[\d,.]* (?:person|country|account|website)\b|\b1 (?:people|countries)\b|\b\d+ people is\b"
    ),
    "a null": re.compile(r"\b(?:null|None|nan|inf)\b"),
}


@pytest.fixture(scope="module")
def digests() -> reconcile.Comparison:
    return reconcile.compare(reconcile.extract(reconcile.read_articles(DATA / "articles")))


@pytest.mark.parametrize("table", ["pairs", "alarms"])
def test_every_detail_is_a_sentence(digests: reconcile.Comparison, table: str) -> None:
    details = getattr(digests, table)["detail"].to_list()
    assert details
    assert [text for text in details if not BEGINS.match(text)] == []
    assert [text for text in details if not text.endswith(".")] == []


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_no_detail_or_label_has(digests: reconcile.Comparison, fault: str) -> None:
    labels = [*digests.quantities["label_en"], *digests.quantities["label_ar"]]
    told = [*digests.pairs["detail"], *digests.alarms["detail"], *labels]
    assert [text for text in told if FORBIDDEN[fault].search(text)] == []


def test_no_detail_names_an_event_by_its_id(digests: reconcile.Comparison) -> None:
    ids = {one.replace("-", " ") for one in digests.quantities["event"].drop_nulls()}
    told = [*digests.pairs["detail"], *digests.quantities["label_en"], *digests.quantities["label_ar"]]
    assert [text for text in told for name in ids if name in text] == []


def test_quantities_are_told_apart_by_their_labels(digests: reconcile.Comparison) -> None:
    labels = digests.quantities.filter(pl.col("grade") != "discounted", pl.col("n_refuted") == 0)["label_en"]
    assert labels.is_unique().all(), labels.filter(labels.is_duplicated())


ROW = {"measure": "people_killed", "event": "flood", "unit": "person"}


def detail(a: dict[str, object], b: dict[str, object]) -> str:
    one = ROW | {"article_id": "a", "outlet": "Gazette", "speaker": "Police"} | a
    other = ROW | {"article_id": "b", "outlet": "Herald", "speaker": "the mayor"} | b
    pairs = reconcile.compare(make.claims(one, other)).pairs
    assert pairs.height == 1
    return str(pairs.item(0, "detail"))


def test_a_gap_is_given_in_the_unit_and_as_a_factor() -> None:
    told = detail({"value": 12.0}, {"value": 40.0})
    assert told == (
        "People killed: 12 people (Police in Gazette) and 40 people (the mayor in Herald) differ by 28 people, "
        "3.33 times: a major gap."
    )


def test_a_gap_of_two_units_is_given_as_a_factor_only() -> None:
    land = {"kind": "quantity", "measure": "area_burned"}
    told = detail(
        land | {"value": 40.0, "unit": "hectare"}, land | {"value": 1.0, "unit": "square kilometre"}
    )
    assert "differ by 2.5 times: a major gap." in told


def test_a_gap_from_none_has_no_factor() -> None:
    assert "differ by 3 people: " in detail({"value": 0.0}, {"value": 3.0})


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("place", "the place of the former is not known."),
        ("event", "whether the two reports are of one incident is not known."),
    ],
)
def test_what_is_missing_is_said_of_the_side_that_lacks_it(field: str, said: str) -> None:
    known = {"place": "France", "event": "flood"}
    told = detail({"value": 12.0, field: None}, {"value": 40.0, field: known[field]})
    assert told.endswith(said)


def test_a_figure_of_no_known_measure_is_called_by_its_noun() -> None:
    odd = {"measure": "website:cover@en", "unit": "website", "noun": "website"}
    told = detail(odd | {"value": 4.0}, odd | {"value": 4.0})
    said = "4 websites (Police in Gazette) and 4 websites (the mayor in Herald) are equal."
    assert told == f"Websites, not further described: {said}"


def test_an_agency_that_is_the_outlet_is_named_once() -> None:
    agency = {"outlet": "Associated Press via WREX", "speaker": "Associated Press"}
    assert "(Associated Press via WREX)" in detail(agency | {"value": 12.0}, {"value": 40.0})


@pytest.mark.parametrize("actor", ["authorities", "officials"])
def test_the_authorities_are_whoever_acted(actor: str) -> None:
    told = detail({"value": 12.0, "actor": actor}, {"value": 12.0, "actor": "Northern Front"})
    assert told.endswith("are equal.")


def test_a_state_is_its_ministry_and_no_other() -> None:
    doj = {"value": 12.0, "actor": "US Department of Justice"}
    assert detail(doj, {"value": 12.0, "actor": "United States"}).endswith("are equal.")
    assert detail(doj, {"value": 12.0, "actor": "France"}).endswith("those who act differ.")
