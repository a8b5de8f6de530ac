"""The shipped data is whole: every digest is read, states its figures as its outlet does, and copies nobody."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl
import pytest
import yaml
from babel import Locale
from pydantic import BaseModel, ConfigDict, Field
from rapidfuzz import fuzz

from reconcile.articles import Reading, read_sources
from reconcile.text import fold

DATA = Path(__file__).resolve().parents[1] / "data"
SHARED = Path(__file__).resolve().parents[1].parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")

RUN_OF_WORDS = 8
COUNTRIES = set(Locale("en").territories.values())
WORD = re.compile(r"[^\W_]+")

# The digest of each published article, in the order of their files.
DIGEST_OF = {
    "000": "ar-operation-catalyst",
    "001": "ar-crypto-and-extremists",
    "002": "ar-monero-donations",
    "003": "ar-washington-seizes-crypto",
    "004": "ar-counter-isis-finance-meeting",
}

# What the outlet printed, hedge and all, and must stand so in its digest.
AS_PRINTED = {
    "en-tvc-news": [
        "83 arrests", "six African countries", "160 persons of interest", "more than 15,000",
        "around USD 260 million", "potentially linked", "Approximately USD 600,000", "already been seized",
        "Of the 83 arrests, 21", "28 for financial fraud", "16 for cyber-enabled scams", "18 for the illicit use",
    ],
    "en-global-south-world": [
        "83 arrests", "160 persons of interest", "more than 15,000", "approximately USD 260 million",
        "Over USD 600,000 was seized",
    ],
    "en-business-insider-africa": [
        "83 arrests", "exposed $260 million", "approximately $260 million", "seizing $600,000", "Around $600,000",
        "Angola, Cameroon, Kenya, Namibia, Nigeria and South Sudan",
    ],
    "en-sunrise-herald": [
        "83 individuals", "seized $260 million in cash and cryptocurrency", "$588,000 was confiscated", "25 suspects",
        "$430,000", "11 high-level suspects", "160 new suspects", "Over 15,000", "three-month",
    ],
    "en-the-common-sense": [
        "83 arrests", "over 15 000", "roughly US$260 million", "25 arrests", "US$588 000", "11 suspects",
        "US$562 million", "17 countries",
    ],
    "en-ap-wrex": ["millions of dollars", "(AP)"],
    "en-ap-wbng": ["millions of dollars", "more than 300", "four websites", "(AP)"],
    "en-cnn": ["$2 million", "300 cryptocurrency accounts", "four websites", "four Facebook pages"],
    "en-yahoo-news": [
        "Millions of dollars", "300 cryptocurrency accounts", "four websites", "two Turkish nationals",
        "more than 18 months ago",
    ],
    "en-engadget": ["three terrorist organizations", "150 cryptocurrency accounts", "Two individuals"],
    "en-cryptopolitan": ["over 300 crypto accounts", "about $2 million", "four websites and Facebook pages"],
    "en-chainalysis": ["$300 million", "£246 million", "less than $10,000"],
}  # fmt: skip

# Dated not by its outlet's page as we have it, but by those who reported on it: Finance Magnates of Thursday 21 May
# 2020 says that the fact check came out on the Wednesday.
DATED_ELSEWHERE = {"Chainalysis": "2020-05-20"}

# Which digests report on an event; a figure in them may still belong to none.
REPORTED_BY = {
    "operation-catalyst": [
        "ar-operation-catalyst", "en-tvc-news", "en-global-south-world", "en-business-insider-africa",
        "en-sunrise-herald", "en-the-common-sense",
    ],
    "us-doj-crypto-seizure-2020": [
        "ar-washington-seizes-crypto", "en-ap-wrex", "en-ap-wbng", "en-cnn", "en-yahoo-news", "en-engadget",
        "en-cryptopolitan",
    ],
    "isis-300m-claim": ["ar-monero-donations", "en-chainalysis"],
    "france-crypto-voucher-network-2020": ["ar-crypto-and-extremists"],
    "cifg-meeting-luxembourg-2019": ["ar-counter-isis-finance-meeting"],
}  # fmt: skip
EVENT_OF = {article_id: event for event, ids in REPORTED_BY.items() for article_id in ids}

Language = Literal["ar", "en", "fr"]
Phrases = dict[Language, list[str]]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Period(Strict):
    start: date | None
    end: date | None


class Event(Strict):
    """One entry of `events.yml`, as the comments at its top describe it."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    kind: Literal[
        "police_operation",
        "asset_seizure",
        "meeting",
        "allegation",
        "killing",
        "arrests",
        "disaster",
        "unrest",
        "other",
    ]
    label: dict[Language, str] | None = None
    names: Phrases
    period: Period
    places: list[str]
    actors: list[str]
    cues: dict[Literal["who", "what", "whom", "where"], Phrases]
    needs: list[str]
    published_within_days: int | None
    note: str


class EventFile(Strict):
    schema_: Literal[1] = Field(alias="schema")
    events: list[Event]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_sources(DATA / "articles")


@pytest.fixture(scope="module")
def texts(reading: Reading) -> dict[str, str]:
    return dict(reading.articles.select("article_id", "text").iter_rows())


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return EventFile.model_validate(yaml.safe_load((DATA / "events.yml").read_text(encoding="utf-8"))).events


@pytest.fixture(scope="module")
def outlets() -> list[dict[str, str]]:
    with (DATA / "sources.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def folded_words(text: str) -> list[str]:
    return [fold(word) for word in WORD.findall(text)]


def runs(text: str, n: int) -> set[tuple[str, ...]]:
    words = folded_words(text)
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


# Digests


def test_every_digest_is_read_without_a_problem(reading: Reading) -> None:
    assert reading.problems == ()
    assert reading.notes == ()
    assert set(reading.articles["article_id"]) == {f.stem for f in (DATA / "articles").iterdir()}
    assert reading.articles["article_id"].is_unique().all()
    assert reading.articles["sha256"].is_unique().all()


def test_every_digest_says_that_it_is_one(reading: Reading) -> None:
    assert all(reading.metadata[i]["digest"] is True for i in reading.articles["article_id"])
    assert reading.articles.select("outlet", "title", "language").null_count().row(0) == (0, 0, 0)


def test_the_language_is_that_of_the_name_and_of_the_text(reading: Reading) -> None:
    from reconcile.articles.language import detect_language

    for article_id, language, text in reading.articles.select("article_id", "language", "text").iter_rows():
        assert article_id.split("-")[0] == language == detect_language(text)


def test_there_are_enough_digests(reading: Reading) -> None:
    counts = dict(reading.articles.group_by("language").len().iter_rows())
    assert counts["ar"] >= 5
    assert counts["en"] >= 8
    assert set(AS_PRINTED) | set(DIGEST_OF.values()) == set(reading.articles["article_id"]) == set(EVENT_OF)


def test_digests_are_short(texts: dict[str, str]) -> None:
    lengths = {i: len(text.split()) for i, text in texts.items()}
    assert {i: n for i, n in lengths.items() if not 80 <= n <= 200} == {}


@pytest.mark.parametrize("article_id", AS_PRINTED)
def test_english_digests_state_figures_as_printed(article_id: str, texts: dict[str, str]) -> None:
    assert [phrase for phrase in AS_PRINTED[article_id] if phrase not in texts[article_id]] == []


def test_agency_copies_are_copies(texts: dict[str, str], reading: Reading) -> None:
    assert fuzz.ratio(texts["en-ap-wrex"], texts["en-ap-wbng"]) > 90
    assert {reading.metadata[i]["agency"] for i in ("en-ap-wrex", "en-ap-wbng")} == {"Associated Press"}


def test_other_digests_are_no_copies(texts: dict[str, str]) -> None:
    """Witnesses are told from copies by their wording, so no two outlets may share ours."""
    others = {i: runs(text, 6) for i, text in texts.items() if i != "en-ap-wrex"}
    shared = [
        (a, b, others[a] & others[b]) for a in others for b in others if a < b and others[a] & others[b]
    ]
    assert shared == []


@needs_shared
def test_no_digest_shares_a_run_of_words_with_a_published_article(texts: dict[str, str]) -> None:
    published = set[tuple[str, ...]]().union(
        *(runs(f.read_text(encoding="utf-8"), RUN_OF_WORDS) for f in (SHARED / "articles").glob("*.txt"))
    )
    assert {i: found for i, text in texts.items() if (found := runs(text, RUN_OF_WORDS) & published)} == {}


@needs_shared
def test_arabic_digests_state_every_required_figure_in_the_same_form(texts: dict[str, str]) -> None:
    gold = [json.loads(x) for x in (SHARED / "gold/articles.jsonl").read_text(encoding="utf-8").splitlines()]
    required = [(DIGEST_OF[row["article"][:3]], row["quote"]) for row in gold if row["required"]]
    assert len(required) > 30
    assert [(i, quote) for i, quote in required if fold(quote) not in fold(texts[i])] == []


@needs_shared
def test_english_digests_are_of_the_outlets_that_are_known(reading: Reading) -> None:
    facts = [
        json.loads(x) for x in (SHARED / "coverage_facts.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    english = reading.articles.filter(pl.col("language") == "en").select(
        "outlet", "url", pl.col("published").cast(str)
    )
    assert set(english.iter_rows()) == {
        (row["outlet"], row["url"], row["published"] or DATED_ELSEWHERE.get(row["outlet"])) for row in facts
    }


# Outlets and events


def test_every_outlet_is_described_once(reading: Reading, outlets: list[dict[str, str]]) -> None:
    names = [row["outlet"] for row in outlets]
    assert len(names) == len(set(names))
    assert set(names) == set(reading.articles["outlet"])
    assert all(row["name_ar"] for row in outlets)
    assert {row["country"] for row in outlets} - {""} <= COUNTRIES


def test_outlets_agree_with_their_digests(reading: Reading, outlets: list[dict[str, str]]) -> None:
    described = {row["outlet"]: row for row in outlets}
    for row in reading.articles.iter_rows(named=True):
        outlet = described[row["outlet"]]
        assert outlet["language"] == row["language"]
        assert outlet["agency"] == reading.metadata[row["article_id"]].get("agency", "")
        assert row["url"] is None or row["url"].startswith(outlet["url"])


def test_events_are_well_formed(events: list[Event]) -> None:
    assert len({event.id for event in events}) == len(events)
    for event in events:
        start, end = event.period.start, event.period.end
        assert start is None or end is None or start <= end, event.id
        assert set(event.places) <= COUNTRIES, event.id
        assert set(event.needs) <= set(event.cues), event.id
        assert event.needs or any(event.names.values()), f"{event.id} cannot be recognised"
        groups = [event.names, *event.cues.values()] if event.cues else [event.names]
        assert all(set(group) == {"ar", "en", "fr"} for group in groups), event.id


def test_every_event_can_be_called_something(events: list[Event]) -> None:
    labels = [event.label for event in events if event.label is not None]
    assert all(event.label is not None or all(event.names.values()) for event in events)
    assert all(set(label) == {"ar", "en", "fr"} and all(map(str.strip, label.values())) for label in labels)
    assert len({label["en"] for label in labels}) == len(labels)


def test_no_name_belongs_to_two_events(events: list[Event]) -> None:
    owners: dict[str, str] = {}
    for event in events:
        for name in {fold(name) for names in event.names.values() for name in names}:
            assert owners.setdefault(name, event.id) == event.id, name


def test_events_are_recognised_in_the_digests_and_only_there(
    texts: dict[str, str], events: list[Event]
) -> None:
    def found(phrases: Phrases, text: str) -> bool:
        return any(" ".join(folded_words(p)) in text for listed in phrases.values() for p in listed)

    for article_id, text in texts.items():
        words = " ".join(folded_words(text))
        reported = {
            event.id
            for event in events
            if found(event.names, words)
            or (event.needs and all(found(event.cues[group], words) for group in event.needs))  # type: ignore[index]
        }
        assert reported == {EVENT_OF[article_id]}, article_id


# The package description


def test_the_package_describes_every_file_and_nothing_else() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    paths = [
        p for r in package["resources"] for p in (r["path"] if isinstance(r["path"], list) else [r["path"]])
    ]
    assert len(paths) == len(set(paths))
    files = {f.relative_to(DATA).as_posix() for f in DATA.rglob("*") if f.is_file()}
    assert set(paths) == files - {"README.md", "datapackage.json"}


def test_the_package_describes_the_columns_of_its_tables() -> None:
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    tables = [r for r in package["resources"] if r.get("type") == "table"]
    assert tables
    for resource in tables:
        with (DATA / resource["path"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert header == [field["name"] for field in resource["schema"]["fields"]]
