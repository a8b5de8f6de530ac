"""Validation as an analyst meets it: all failing rows, nothing dropped or fetched, suites that open anywhere."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from reconcile import schema
from reconcile.errors import InputError
from reconcile.resources import expectations_dir
from reconcile.validation import validate
from reconcile.validation.coverage import uncovered_figures
from reconcile.validation.known_units import is_unit_of
from tests import make

ARABIC = "احتُجز 3 رجال في الميناء."
MANY = 450


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Every test here fails if anything tries to reach a network."""
    tried: list[Any] = []

    def refuse(_: socket.socket, address: Any) -> None:
        tried.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    yield tried
    assert tried == []


def arabic_article() -> pl.DataFrame:
    return make.articles({"article_id": "ميناء", "text": ARABIC, "language": "ar"})


def arabic_claims(*rows: dict[str, Any]) -> pl.DataFrame:
    claim = {"article_id": "ميناء", "sentence": ARABIC, "start": 7, "end": 13, "quote": "3 رجال", "value": 3}
    return make.claims(*({**claim, "unit": "person", **row} for row in rows))


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_sound_tables_succeed_and_the_result_is_great_expectations_own() -> None:
    from great_expectations.checkpoint import CheckpointResult

    result = validate(arabic_claims({}), arabic_article())
    assert isinstance(result, CheckpointResult)
    assert result.success
    assert result.critical_failures == ()
    assert result.failing_rows.is_empty()
    assert {one.expectation_suite_identifier.name for one in result.run_results} == {"articles", "claims"}
    assert json.loads(result.describe())["success"]


def test_no_claims_at_all_is_no_fault_of_the_table() -> None:
    articles = make.articles({"article_id": "a", "text": "Nothing was counted."})
    assert validate(make.claims(), articles).success


def test_every_failing_row_is_named_with_its_reason_and_stays_in_the_table() -> None:
    claims = arabic_claims(*({"value": 2.5} if i % 2 else {} for i in range(2 * MANY)))
    result = validate(claims, arabic_article())
    assert not result.success
    assert [one.name for one in result.critical_failures] == ["claims.persons_are_whole"]
    assert result.critical_failures[0].n_rows == MANY
    assert result.failing_rows["row_id"].to_list() == [f"c{i}" for i in range(1, 2 * MANY, 2)]
    assert set(result.failing_rows["reason"]) == {"people, but value 2.5, low 2.5, high 2.5"}
    flagged = result.flag(claims)
    assert flagged.height == claims.height
    assert flagged.drop("failed").equals(claims)
    assert flagged["failed"].list.len().to_list() == [0, 1] * MANY


def test_large_tables_name_their_failing_rows_too(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = arabic_claims({}, {"value": 2.5}, {}, {"value": -1})
    named = validate(claims, arabic_article()).failing_rows
    monkeypatch.setattr("reconcile.validation.checkpoint.ROWS_NAMED_BY_ID", 1)
    assert validate(claims, arabic_article()).failing_rows.equals(named)
    assert named["row_id"].to_list() == ["c1", "c3"]


def test_a_warning_does_not_stop_a_run() -> None:
    result = validate(arabic_claims({"sentence": "…"}), arabic_article())
    assert [one.name for one in result.warnings] == ["claims.sentence_holds_quote"]
    assert result.critical_failures == ()
    assert result.summary()["warnings"] == ["claims.sentence_holds_quote"]


@pytest.mark.parametrize(
    "name", ["persons_are_whole", "claims.persons_are_whole", "expect_persons_to_be_whole"]
)
def test_an_allowed_expectation_is_recorded_and_does_not_count_as_critical(name: str) -> None:
    result = validate(arabic_claims({"value": 2.5}), arabic_article(), allow=[name])
    assert result.critical_failures == ()
    assert result.summary()["allowed"] == ["claims.persons_are_whole"]
    assert result.summary()["allow"] == [name]
    assert result.failing_rows["allowed"].to_list() == [True]
    assert "(allowed)" in str(result)


def test_allowing_what_is_no_expectation_is_refused_with_the_right_names() -> None:
    with pytest.raises(InputError, match=r"'persons' is no expectation.*claims\.persons_are_whole"):
        validate(arabic_claims({}), arabic_article(), allow=["persons"])


def test_the_folder_gets_results_site_and_quarantine_and_the_context_stays_clean(tmp_path: Path) -> None:
    before = files_of(expectations_dir())
    claims = arabic_claims({}, {"value": 2.5})
    claims.write_parquet(tmp_path / "claims.parquet")
    result = validate(claims, arabic_article(), directory=tmp_path / "validation")
    assert files_of(expectations_dir()) == before

    quarantine = pl.read_parquet(tmp_path / "quarantine.parquet")
    assert quarantine.equals(result.failing_rows)
    assert pl.read_csv(tmp_path / "quarantine.csv")["quote"].to_list() == ["3 رجال"]
    kept = json.loads((tmp_path / "validation" / "validation.json").read_text(encoding="utf-8"))
    assert kept == result.summary()
    raw = json.loads((tmp_path / "validation" / "results" / "claims.json").read_text(encoding="utf-8"))
    assert raw["statistics"]["unsuccessful_expectations"] == 1
    assert (tmp_path / "validation" / "index.html").is_file()


def test_the_site_needs_no_other_server_and_arabic_finds_its_direction(tmp_path: Path) -> None:
    hostile = "<script>alert($5)</script>"
    claims = arabic_claims({"quote": "4 نساء"}, {"quote": hostile, "value": 2.5})
    validate(claims, arabic_article(), directory=tmp_path)
    pages = {path: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html")}
    assert len(pages) >= 1 + 4 + 2
    fetched = r"""(?:\bsrc|<link[^>]*\bhref)\s*=\s*["']?(?:https?:)?//|url\(\s*['"]?(?:https?:)?//|@import"""
    for path, page in pages.items():
        assert re.search(fetched, page) is None, path
        assert hostile not in page, path
    whole = "".join(pages.values())
    assert "<bdi>4 نساء</bdi>" in whole
    assert "&lt;script&gt;alert($5)&lt;/script&gt;" in whole
    assert '<td dir="auto"' in whole


def test_a_second_run_leaves_no_page_of_the_first(tmp_path: Path) -> None:
    for value in (2.5, 3):
        validate(arabic_claims({"value": value}), arabic_article(), directory=tmp_path)
    assert len(list((tmp_path / "validations").rglob("*claims.html"))) == 1
    assert pl.read_parquet(tmp_path / "quarantine.parquet").is_empty()


def test_the_suites_open_and_run_in_plain_great_expectations(tmp_path: Path) -> None:
    """Only the expectations of our own are imported; the rest is Great Expectations' and pandas'."""
    shutil.copytree(expectations_dir(), tmp_path / "expectations")
    code = """
import great_expectations as gx
import pandas as pd
import reconcile.validation.expectations

context = gx.get_context(mode="file", project_root_dir="expectations")
assert {suite.name for suite in context.suites.all()} == {"articles", "claims", "pairs", "quantities"}
table = pd.read_parquet("claims.parquet")
result = context.checkpoints.get("claims").run(batch_parameters={"dataframe": table})
print(result.success)
"""
    from reconcile.validation.evidence import with_evidence

    tables = with_evidence(arabic_claims({}), arabic_article())
    tables["claims"].write_parquet(tmp_path / "claims.parquet")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "True", done.stderr[-2000:]


def test_importing_the_package_loads_neither_great_expectations_nor_pandas() -> None:
    code = "import sys, reconcile.validation; print({'great_expectations', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def suites() -> list[dict[str, Any]]:
    paths = sorted((expectations_dir() / "gx" / "expectations").glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


EXPECTATIONS = [(suite["name"], one) for suite in suites() for one in suite["expectations"]]


@pytest.mark.parametrize(
    ("table", "one"), EXPECTATIONS, ids=lambda it: it if isinstance(it, str) else it["meta"]["name"]
)
def test_each_expectation_says_why_how_badly_and_what_to_tell(table: str, one: dict[str, Any]) -> None:
    assert one["severity"] in schema.SEVERITIES
    assert len(one["meta"]["notes"]) > len("Charts print it")
    assert one["meta"]["reason"]
    assert one["id"]


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("claims", "kind", schema.KINDS),
        ("claims", "role", schema.ROLES),
        ("claims", "qualifier", schema.QUALIFIERS),
        ("claims", "stance", schema.STANCES),
        ("claims", "epistemic", schema.EPISTEMIC),
        ("claims", "scope", schema.SCOPES),
        ("claims", "date_precision", schema.DATE_PRECISIONS),
        ("articles", "published_basis", schema.PUBLISHED_BASES),
        ("pairs", "verdict", schema.VERDICTS),
        ("pairs", "reason", schema.REASONS),
        ("quantities", "grade", schema.GRADES),
    ],
)
def test_the_suites_know_the_words_of_the_contract(table: str, column: str, words: tuple[str, ...]) -> None:
    sets = [
        one["kwargs"]["value_set"]
        for name, one in EXPECTATIONS
        if name == table and "value_set" in one["kwargs"] and one["kwargs"]["column"] == column
    ]
    assert sets == [list(words)]


def test_the_suites_know_the_columns_of_the_contract() -> None:
    tables = {
        "articles": schema.ARTICLES,
        "claims": schema.CLAIMS,
        "pairs": schema.PAIRS,
        "quantities": schema.QUANTITIES,
    }
    sets = {name: one["kwargs"]["column_set"] for name, one in EXPECTATIONS if "column_set" in one["kwargs"]}
    assert sets == {name: ["row", *columns] for name, columns in tables.items()}


def test_own_expectations_describe_themselves_in_words() -> None:
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    from reconcile.validation import expectations

    own = {
        getattr(expectations, name).expectation_type: getattr(expectations, name)
        for name in expectations.__all__
    }
    seen = set()
    for _, one in EXPECTATIONS:
        if one["type"] in own:
            configuration = ExpectationConfiguration(type=one["type"], kwargs=one["kwargs"])
            (rendered,) = own[one["type"]]._prescriptive_renderer(configuration=configuration)
            sentence = rendered.to_json_dict()["string_template"]["template"]
            assert sentence.endswith(".")
            assert "$" not in sentence
            atomic = own[one["type"]]._prescriptive_summary(configuration=configuration)
            assert atomic.value.template == sentence
            seen.add(one["type"])
    assert seen == set(own)


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("3 men", [(0, 5)], None),
        ("3 men", [], "3 at 0"),
        ("3 men", [(0, 1)], None),
        ("1,250 men", [(0, 1)], "250 at 2"),
        ("12 and 15", [(0, 2)], "15 at 7"),
        ("٨٣ شخصًا", [], "٨٣ at 0"),
        ("See https://example.org/2024/05 or write to a1@example.org.", [], None),
        ("Call +964 770 123 4567 now.", [], None),
        ("The G20 and the F-16, Covid-19 too.", [], None),
        ("No mid-20 limit", [], "20 at 7"),
        ("ب12 دولارا", [], "12 at 1"),
        ("Steps:\n1. Wait.\n2) Go.", [], None),
        ("2 died.\n3 fled.", [], "2 at 0, 3 at 8"),
        ("10-12 men", [(0, 2)], "12 at 3"),
    ],
)
def test_digits_that_no_claim_covers(text: str, spans: list[tuple[int, int]], expected: str | None) -> None:
    claims = pl.DataFrame(
        [("a", start, end) for start, end in spans],
        schema={"article_id": pl.String, "start": pl.Int64, "end": pl.Int64},
        orient="row",
    )
    assert uncovered_figures(pl.DataFrame({"article_id": ["a"], "text": [text]}), claims) == [expected]


@pytest.mark.parametrize(
    ("kind", "unit", "known"),
    [
        ("money", "IQD", True),
        ("money", "XMR", True),
        ("money", "dollar", False),
        ("percentage", "percent", True),
        ("percentage", "person", False),
        ("duration", "year", True),
        ("duration", "years", False),
        ("quantity", "kilogram", True),
        ("quantity", "tonne", True),
        ("quantity", "square kilometre", True),
        ("quantity", "barrel", True),
        ("quantity", "kilogrammes", False),
        ("count", "person", True),
        ("count", "bank card", True),
        ("count", "شخص", False),
    ],
)
def test_which_units_a_kind_of_figure_can_have(kind: str, unit: str, known: bool) -> None:
    assert is_unit_of(kind, unit) is known
