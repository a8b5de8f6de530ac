"""`reconcile check`: drafts with the slips that drafts have, against the shipped digests and small ledgers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import polars as pl
import pytest
from typer.testing import CliRunner, Result

import reconcile
from reconcile import tables
from reconcile.cli import app
from reconcile.cli.drafts import Finding, read_draft
from reconcile.cli.drafts import check as check_draft
from reconcile.cli.drafts.reading import by_language
from tests import make

DATA = Path(__file__).resolve().parents[1] / "data"

ENGLISH = """\
---
title: Terrorist money in Africa
language: en
---
# Terrorist money in Africa

INTERPOL reported 83 arrests in six African countries in Operation Catalyst.

Police seized $260 million during Operation Catalyst.

Investigators in Operation Catalyst seized 600,000 dollars.

Operation Catalyst led to 97 arrests, according to INTERPOL.

Operation Catalyst led to 21 arrests.

ISIS holds $300 million in cryptocurrency.

More than 15,000 people and entities were screened in Operation Catalyst.

Over 4,500 camels crossed the border.
"""
ARABIC = """\
# مال الإرهاب

اعتقلت الشرطة في عملية المحفز 83 شخصا في ست دول أفريقية، بحسب الإنتربول.

وصادرت السلطات في عملية المحفز 260 مليون دولار.

كما صادرت السلطات في عملية المحفز 600 ألف دولار.

وأسفرت عملية المحفز عن اعتقال 97 شخصا.

ويملك تنظيم داعش 300 مليون دولار من العملات المشفرة.
"""
MIXED = """\
# ملخص / Summary

Operation Catalyst led to 83 arrests and uncovered about USD 260 million.

اعتقلت الشرطة في عملية المحفز 97 شخصا.

Approximately USD 600,000 was seized in Operation Catalyst.

وكشفت عملية المحفز عن نحو 260 مليون دولار.
"""


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def one(findings: tuple[Finding, ...], quote: str) -> Finding:
    (found,) = [finding for finding in findings if quote in finding.quote]
    return found


def problems(finding: Finding) -> list[str]:
    return [problem.partition(":")[0] for problem in finding.problems]


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of the shipped digests."""
    place = tmp_path_factory.mktemp("digests")
    articles = reconcile.read_articles(DATA / "articles")
    tables.write_table(articles, place, "articles")
    tables.write_table(reconcile.extract(articles), place, "claims")
    return place


Check = Callable[..., tuple[Finding, ...]]


@pytest.fixture(scope="module")
def check(digests: Path, tmp_path_factory: pytest.TempPathFactory) -> Check:
    folder = tmp_path_factory.mktemp("drafts")

    def run(text: str, ending: str = "md", ledger: Any = None) -> tuple[Finding, ...]:
        path = folder / f"draft.{ending}"
        path.write_text(text, encoding="utf-8")
        claims = tables.read_table(digests, "claims") if ledger is None else ledger
        return check_draft(read_draft(path), claims)

    return run


@pytest.fixture(scope="module")
def found(check: Check) -> tuple[Finding, ...]:
    """What the ledger says to the English draft."""
    return check(ENGLISH)


class TestEnglish:
    @pytest.mark.parametrize("quote", ["83 arrests", "six African countries", "15,000 people"])
    def test_what_is_right_is_supported(self, found: tuple[Finding, ...], quote: str) -> None:
        finding = one(found, quote)
        assert (finding.status, finding.problems) == ("supported", ())
        assert {evidence.verdict for evidence in finding.evidence} <= {"agree", "duplicate", "compatible"}
        agreeing = {one.article_id for one in finding.evidence if one.verdict == "agree"}
        assert len(agreeing) >= 3

    def test_a_wrong_number_is_contradicted_by_those_who_have_the_right_one(
        self, found: tuple[Finding, ...]
    ) -> None:
        finding = one(found, "97 arrests")
        assert finding.status == "contradicted"
        assert finding.evidence[0].verdict == "diverge"
        assert "83" in finding.evidence[0].sentence
        assert "differ by 14 people" in finding.evidence[0].detail

    def test_a_changed_measure_is_no_support_though_one_outlet_has_it_too(
        self, found: tuple[Finding, ...]
    ) -> None:
        finding = one(found, "$260 million")
        assert (finding.status, problems(finding)) == ("contradicted", ["the measure is changed"])
        assert "funds identified" in finding.problems[0]
        shown = {(evidence.article_id, evidence.verdict): evidence for evidence in finding.evidence}
        assert shown["en-sunrise-herald", "agree"].standing == "conflated"
        assert {("en-tvc-news", "diverge"), ("en-tvc-news", "not_comparable")} <= shown.keys()

    def test_a_dropped_hedge_is_named_with_the_sources_words(self, found: tuple[Finding, ...]) -> None:
        finding = one(found, "600,000 dollars")
        assert (finding.status, problems(finding)) == ("supported", ["the hedge is dropped"])
        for words in ("“Approximately USD 600,000” (TVC News)", "“Over USD 600,000” (Global South World)"):
            assert words in finding.problems[0]

    def test_a_part_given_as_the_whole(self, found: tuple[Finding, ...]) -> None:
        finding = one(found, "21 arrests")
        assert (finding.status, problems(finding)) == ("contradicted", ["a part is given as the whole"])
        assert "a part of 83 people" in finding.problems[0]

    def test_a_denied_figure(self, found: tuple[Finding, ...]) -> None:
        finding = one(found, "$300 million")
        assert (finding.status, problems(finding)) == ("contradicted", ["the figure is rejected"])
        assert "is rejected by Chainalysis" in finding.problems[0]
        assert finding.notes == (
            "taken to be of Claim that ISIS holds $300 million in cryptocurrency: the draft does not say which",
        )

    def test_what_nobody_says_is_unsupported(self, found: tuple[Finding, ...]) -> None:
        finding = one(found, "camels")
        assert (finding.status, finding.evidence, finding.problems) == ("unsupported", (), ())


class TestOtherDrafts:
    def test_arabic(self, check: Check) -> None:
        found = check(ARABIC)
        assert {finding.quote: finding.status for finding in found} == {
            "83 شخصا": "supported",
            "ست دول": "supported",
            "260 مليون دولار": "contradicted",
            "600 ألف دولار": "supported",
            "97 شخصا": "contradicted",
            "300 مليون دولار": "contradicted",
        }
        assert problems(one(found, "260")) == ["the measure is changed"]
        assert problems(one(found, "600")) == ["the hedge is dropped"]
        assert problems(one(found, "300")) == ["the figure is rejected"]

    def test_french(self, check: Check) -> None:
        found = check(
            "L'opération Catalyst a conduit à 97 arrestations dans six pays africains.\n\n"
            "La police a saisi 260 millions de dollars pendant l'opération Catalyst.\n\n"
            "Environ 600 000 dollars ont été saisis au cours de l'opération Catalyst.\n"
        )
        assert {finding.quote: (finding.status, problems(finding)) for finding in found} == {
            "97 arrestations": ("contradicted", []),
            "six pays": ("supported", []),
            "260 millions de dollars": ("contradicted", ["the measure is changed"]),
            "Environ 600 000 dollars": ("supported", []),
        }

    def test_two_languages_in_one_file(self, check: Check) -> None:
        found = check(MIXED)
        told = [(finding.quote, finding.status, finding.place and finding.place.line) for finding in found]
        assert told == [
            ("83 arrests", "supported", 3),
            ("about USD 260 million", "supported", 3),
            ("97 شخصا", "contradicted", 5),
            ("Approximately USD 600,000", "supported", 7),
            ("نحو 260 مليون دولار", "supported", 9),
        ]
        assert [finding.problems for finding in found if finding.status == "supported"] == [()] * 4

    def test_a_denial_that_the_draft_reports_is_right(self, check: Check) -> None:
        (finding,) = check("Chainalysis rejects the claim that ISIS has $300 million in cryptocurrency.")
        assert (finding.status, finding.problems) == ("supported", ())

    def test_offsets_stay_when_other_languages_are_blanked(self) -> None:
        for _, text in by_language(MIXED, "en"):
            assert len(text) == len(MIXED)
            assert [len(line) for line in text.splitlines()] == [len(line) for line in MIXED.splitlines()]


class TestSmallLedgers:
    """What the digests have no case of."""

    TOLL = (
        {"article_id": "d1", "outlet": "Gazette", "published": "2026-05-03", "value": 12.0, "n": "12"},
        {"article_id": "d2", "outlet": "Gazette", "published": "2026-05-06", "value": 40.0, "n": "40"},
    )

    def toll(self) -> Any:
        rows = [
            {
                "measure": "people_killed", "event": "operation-catalyst", "unit": "person", "noun": "person",
                "cumulative": True, "speaker": "Red Crescent", "sentence": f"The toll rose to {row['n']}.",
                "quote": row["n"], **{k: row[k] for k in ("article_id", "outlet", "value")},
            }
            for row in self.TOLL
        ]  # fmt: skip
        days = [row["published"] for row in self.TOLL]
        return make.claims(*rows).with_columns(published=pl.Series(days).str.to_date())

    def test_a_superseded_toll_does_not_hold(self, check: Check) -> None:
        (finding,) = check("In Operation Catalyst, 12 people were killed.", ledger=self.toll())
        assert (finding.status, problems(finding)) == ("contradicted", ["superseded"])
        assert "40 people by 6 May 2026" in finding.problems[0]
        assert {evidence.standing for evidence in finding.evidence} == {None, "superseded"}

    def test_the_latest_toll_is_supported_and_an_older_one_is_no_contradiction(self, check: Check) -> None:
        (finding,) = check("In Operation Catalyst, 40 people were killed.", ledger=self.toll())
        assert (finding.status, finding.problems) == ("supported", ())

    @pytest.mark.parametrize(
        ("units", "unit", "status"),
        [(["CAD"], "CAD", "supported"), (["USD", "CAD"], None, "ambiguous"), (["EUR"], None, "unsupported")],
    )
    def test_a_bare_sign_takes_the_only_currency_that_the_ledger_leaves(
        self, check: Check, units: list[str], unit: str | None, status: str
    ) -> None:
        row = {"kind": "money", "measure": "funds_seized", "event": "operation-catalyst", "value": 600e3}
        ledger = make.claims(*({**row, "unit": code, "article_id": code} for code in units))
        (finding,) = check("In Operation Catalyst, $600,000 was seized.", ledger=ledger)
        assert finding.status == status
        assert any(f"taken to be {unit}:" in note for note in finding.notes) == (unit is not None)

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("The summit brought together 40 countries.", "unsupported"),
            ("Police made 97 arrests.", "ambiguous"),
            ("Police made 83 arrests.", "supported"),
            ("INTERPOL reported 97 arrests.", "contradicted"),
        ],
    )
    def test_a_draft_that_names_no_event_is_held_against_none_without_a_sign(
        self, check: Check, text: str, status: str
    ) -> None:
        (finding,) = check(text)
        assert (finding.status, bool(finding.notes)) == (status, status in ("supported", "contradicted"))

    def test_a_rejected_claim_says_nothing(self, check: Check) -> None:
        row = {"measure": "people_killed", "event": "operation-catalyst", "unit": "person", "value": 12.0}
        ledger = make.claims(row | {"judged": ["rejected"], "stance": "refuted"})
        (finding,) = check("In Operation Catalyst, 12 people were killed.", ledger=ledger)
        assert finding.status == "unsupported"

    def test_parts_of_the_draft_that_do_not_add_up(self, check: Check) -> None:
        parts = "Of the 83 arrests, 21 were for terrorism, 28 for fraud and 44 for scams."
        text = f"Operation Catalyst led to 83 arrests. {parts}"
        told = [problem for finding in check(text) for problem in finding.problems]
        assert any(problem.startswith("the parts do not add up: ") for problem in told)


class TestCommand:
    def test_places_evidence_and_a_last_line(self, digests: Path, tmp_path: Path) -> None:
        path = tmp_path / "draft.md"
        path.write_text(ENGLISH, encoding="utf-8")
        result = call("check", path, "--ledger", digests)
        told = result.stdout.splitlines()
        assert (result.exit_code, result.stderr) == (1, "")
        assert told[0] == f'{path}:7:19: supported: "83 arrests"'
        assert told[-1] == f"{path}: 9 figures: 4 supported, 4 contradicted, 1 unsupported"

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("INTERPOL reported 83 arrests in Operation Catalyst.", 0),
            ("Over 4,500 camels crossed the border.", 0),
            ("INTERPOL reported 97 arrests in Operation Catalyst.", 1),
        ],
    )
    def test_only_a_contradicted_figure_ends_with_1(
        self, digests: Path, tmp_path: Path, text: str, status: int
    ) -> None:
        (tmp_path / "draft.txt").write_text(text, encoding="utf-8")
        assert call("check", tmp_path / "draft.txt", "--ledger", digests).exit_code == status

    def test_sarif_marks_the_place_and_the_wording(self, digests: Path, tmp_path: Path) -> None:
        path = tmp_path / "draft.md"
        path.write_text(ENGLISH, encoding="utf-8")
        result = call("check", path, "--ledger", digests, "--format", "sarif")
        log = json.loads(result.stdout)
        (run,) = log["runs"]
        levels = [(found["ruleId"], found["kind"], found["level"]) for found in run["results"]]
        assert (result.exit_code, log["version"]) == (1, "2.1.0")
        assert levels[0] == ("supported", "pass", "none")
        assert ("supported", "fail", "warning") in levels, "right, and without its hedge"
        (wrong,) = [found for found in run["results"] if '"97 arrests"' in found["message"]["text"]]
        assert (wrong["ruleId"], wrong["level"]) == ("contradicted", "error")
        region = {"startLine": 13, "startColumn": 27, "endLine": 13, "endColumn": 37}
        assert wrong["locations"][0]["physicalLocation"]["region"] == region
        assert {found["ruleId"] for found in run["results"]} <= {
            rule["id"] for rule in run["tool"]["driver"]["rules"]
        }

    def test_a_page_and_a_notebook(self, digests: Path, tmp_path: Path) -> None:
        said = [line for line in ENGLISH.partition("---\n# ")[2].splitlines()[1:] if line]
        page = "".join(f"<p>{line}</p>\n" for line in said)
        head = "<html lang='en'><head><title>Money</title></head><body><nav>7 menus</nav>"
        html = f"{head}<article>{page}</article></body></html>"
        (tmp_path / "draft.html").write_text(html, encoding="utf-8")
        cells = [nbformat.v4.new_markdown_cell(line) for line in said]
        cells.insert(2, nbformat.v4.new_code_cell("camels = 9_999"))
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "draft.ipynb")
        for name in ("draft.html", "draft.ipynb"):
            result = call("check", tmp_path / name, "--ledger", digests)
            told = result.stdout.splitlines()
            assert result.exit_code == 1, told
            assert told[-1].endswith("9 figures: 4 supported, 4 contradicted, 1 unsupported")
            source = (tmp_path / name).read_text(encoding="utf-8").splitlines()
            (line,) = [line for line in told if line.endswith('contradicted: "97 arrests"')]
            assert "97 arrests" in source[int(line.split(":")[1]) - 1]

    def test_a_missing_draft_ledger_or_policy_is_one_line(self, digests: Path, tmp_path: Path) -> None:
        (tmp_path / "draft.txt").write_text("83 arrests in Operation Catalyst.", encoding="utf-8")
        for words in (
            (tmp_path / "absent.md", "--ledger", digests),
            (tmp_path / "absent.ipynb", "--ledger", digests),
            (tmp_path / "draft.txt", "--ledger", tmp_path),
            (tmp_path / "draft.txt", "--ledger", digests, "--policy", "guess"),
        ):
            result = call("check", *words)
            assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
