"""The command line: what goes to stdout, what to stderr, and the exit status of every ending."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace

import polars as pl
import pytest
from typer.testing import CliRunner, Result

import reconcile
from reconcile import schema, tables
from reconcile.articles import ProblemWarning
from reconcile.cli import app
from reconcile.context import Context, describe
from reconcile.errors import InputError
from reconcile.judgements import OUTCOMES
from reconcile.text import Passage
from tests.make import articles as make_articles
from tests.make import claims as make_claims

ROOT = Path(__file__).resolve().parents[1]
SENTENCE = "أعلن المكتب توقيف 83 شخصًا وتحديد 260 مليون دولار."


@dataclass
class FakeComparison:
    pairs: pl.DataFrame
    quantities: pl.DataFrame
    alarms: pl.DataFrame
    policy: str
    incidents: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=schema.INCIDENTS))
    links: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=schema.LINKS))
    judgements: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OUTCOMES))


@dataclass
class FakeValidation:
    critical_failures: tuple[str, ...]

    def __str__(self) -> str:
        return f"critical failures: {len(self.critical_failures)}"


def fake_extract(articles: pl.DataFrame) -> SimpleNamespace:
    """One claim an article: the number 83. The draft's has an id that no other has."""
    rows = []
    for i, (article, text) in enumerate(articles.select("article_id", "text").iter_rows()):
        place = {"start": text.find("83"), "end": text.find("83") + 2, "quote": "83", "sentence": text}
        letter = "d" if article.startswith("draft:") else "c"
        rows.append({"claim_id": f"{letter}{i}", "article_id": article, "value": 83.0, **place})
    return SimpleNamespace(claims=make_claims(*rows), problems=())


def fake_compare(
    claims: pl.DataFrame, policy: str = "news", judgements: object = None, evidence: object = None
) -> FakeComparison:
    ids = claims["claim_id"].to_list()
    pair = {
        "claim_a": ids[0],
        "claim_b": ids[-1],
        "verdict": "agree",
        "detail": "83 is 83",
        "look_alike": False,
        "rule": "agree/equal",
        "policy": policy,
    }
    quantity = {
        "quantity_id": "q1",
        "label_en": "people arrested",
        "best": 83.0,
        "grade": "fair",
        "n_claims": 2,
        "n_witnesses": 2,
        "claim_ids": ids,
    }
    alarm = {
        "alarm": "hedge_drift",
        "severity": "warning",
        "claim_ids": ids[:1],
        "detail": "the hedge is gone",
    }
    return FakeComparison(
        schema.frame([pair], schema.PAIRS),
        schema.frame([quantity], schema.QUANTITIES),
        schema.frame([alarm], schema.ALARMS_TABLE),
        policy,
    )


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line without the engine: it is the plumbing that is tested here."""
    claims, comparison = ModuleType("reconcile.claims"), ModuleType("reconcile.comparison")
    claims.extract_articles = fake_extract  # type: ignore[attr-defined]
    comparison.compare = fake_compare  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "reconcile.claims", claims)
    monkeypatch.setitem(sys.modules, "reconcile.comparison", comparison)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good articles."""
    place = tmp_path / "articles"
    place.mkdir()
    (place / "ar.txt").write_text(SENTENCE, encoding="utf-8")
    (place / "en.txt").write_text("Police arrested 83 people.", encoding="utf-8")
    return place


@pytest.fixture
def ledger(engine: None, folder: Path, tmp_path: Path) -> Path:
    """The tables of those two."""
    assert call("compare", folder, "--out", tmp_path / "ledger").exit_code == 0
    return tmp_path / "ledger"


def call(*words: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin)


def lines(text: str) -> list[str]:
    return text.splitlines()


def script(*words: object, env: dict[str, str] | None = None) -> Sequence[str]:
    return [sys.executable, "-m", "reconcile.cli", *map(str, words)]


class TestExtract:
    def test_prints_json_lines_and_nothing_else(self, engine: None, folder: Path) -> None:
        result = call("extract", folder)
        rows = [json.loads(line) for line in lines(result.stdout)]
        assert (result.exit_code, result.stderr) == (0, "")
        assert [row["article_id"] for row in rows] == ["ar", "en"]
        assert list(rows[0]) == list(schema.CLAIMS)
        assert rows[0]["sentence"] == SENTENCE
        assert rows[0]["measure"] is None
        assert rows[0]["unit_candidates"] == []
        assert SENTENCE in result.stdout, "letters are not escaped"

    def test_dates_are_iso(self, tmp_path: Path) -> None:
        day = make_claims({"kind": "date"}).with_columns(date_start=pl.lit("2020-08-13").str.to_date())
        tables.write_claims(day, tmp_path / "c.jsonl")
        assert json.loads((tmp_path / "c.jsonl").read_text(encoding="utf-8"))["date_start"] == "2020-08-13"

    def test_reads_standard_input(self, engine: None) -> None:
        result = call("extract", "-", stdin=SENTENCE)
        assert json.loads(result.stdout)["sentence"] == SENTENCE

    @pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
    def test_writes_a_file_by_its_ending(
        self, engine: None, folder: Path, tmp_path: Path, ending: str
    ) -> None:
        out = tmp_path / "new" / f"claims.{ending}"
        result = call("extract", folder, "--out", out)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
        reader = {"jsonl": pl.read_ndjson, "csv": pl.read_csv, "parquet": pl.read_parquet}[ending]
        read = reader(out)
        assert set(read.columns) == set(schema.CLAIMS)
        assert read["sentence"][0] == SENTENCE

    def test_a_mixed_folder_is_read_as_far_as_it_can_be(self, engine: None, folder: Path) -> None:
        (folder / "binary.txt").write_bytes(bytes(range(256)))
        (folder / "rows.csv").write_text("article_id,text\nr1,\nr2,Six were hurt.\n", encoding="utf-8")
        result = call("extract", folder)
        assert result.exit_code == 2
        assert [json.loads(line)["article_id"] for line in lines(result.stdout)] == ["ar", "en", "r2"]
        told = lines(result.stderr)
        assert len(told) == 2
        assert any("binary.txt" in line for line in told)
        assert any("rows.csv" in line and "text" in line for line in told)

    def test_an_encoding_that_was_mended_is_told_without_a_fault(self, engine: None, tmp_path: Path) -> None:
        (tmp_path / "old.txt").write_bytes((SENTENCE * 5).encode("cp1256", "ignore"))
        result = call("extract", tmp_path / "old.txt")
        assert result.exit_code == 0
        assert "converted" in result.stderr

    def test_an_article_on_which_reading_fails_costs_no_other(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from reconcile import claims

        def failing(passage: Passage, *given: object) -> list[Context]:
            if "Police" in passage.text:
                raise IndexError("list index out of range")
            return describe(passage, *given)  # type: ignore[arg-type]

        monkeypatch.setattr(claims, "describe", failing)
        result = call("extract", folder)
        assert result.exit_code == 2
        assert {json.loads(line)["article_id"] for line in lines(result.stdout)} == {"ar"}
        (line,) = lines(result.stderr)
        assert line.startswith(
            f"{folder / 'en.txt'}: none of its figures could be read (IndexError: list index"
        )
        with pytest.warns(ProblemWarning, match=r"en\.txt"):
            reconcile.extract(reconcile.read_articles(folder))
        result = call("compare", folder, "--out", tmp_path / "out")
        assert result.exit_code == 2
        assert tables.read_table(tmp_path / "out", "articles").height == 2
        monkeypatch.setattr(claims, "describe", describe)
        draft, good = tmp_path / "draft.md", call("compare", folder, "--out", tmp_path / "good")
        draft.write_text("Police arrested 83 people.", encoding="utf-8")
        assert good.exit_code == 0
        monkeypatch.setattr(claims, "describe", failing)
        result = call("check", draft, "--ledger", tmp_path / "good")
        assert (result.exit_code, result.stdout, len(lines(result.stderr))) == (2, "", 1)

    def test_a_text_whose_date_cannot_be_read_is_still_read(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from reconcile.articles import reading

        def failing(text: str, language: str | None) -> None:
            raise OverflowError("date value out of range")

        monkeypatch.setattr(reading, "find_publication", failing)
        result = call("extract", folder)
        assert result.exit_code == 2
        assert {json.loads(line)["article_id"] for line in lines(result.stdout)} == {"ar", "en"}
        assert len([line for line in lines(result.stderr) if "OverflowError: date value" in line]) == 2

    def test_utf8_whatever_the_locale_says(self, folder: Path) -> None:
        code = (
            "import sys; from tests.test_cli import fake_extract; from types import ModuleType as M;"
            "m = M('reconcile.claims'); m.extract_articles = fake_extract; sys.modules['reconcile.claims'] = m;"
            f"sys.argv = ['reconcile', 'extract', {str(folder / 'ar.txt')!r}];"
            "from reconcile.cli import main; main()"
        )
        env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env=env, cwd=ROOT, check=True
        )
        assert SENTENCE in done.stdout.decode("utf-8")

    def test_a_closed_pipe_is_quiet(self, folder: Path, tmp_path: Path) -> None:
        code = (
            "import sys, os; from reconcile.cli import main; from tests.make import claims;"
            "from types import ModuleType as M, SimpleNamespace as S; m = M('reconcile.claims');"
            "m.extract_articles = lambda a: S(claims=claims(*[{'value': 1.0}] * 60000), problems=());"
            "sys.modules['reconcile.claims'] = m;"
            f"sys.argv = ['reconcile', 'extract', {str(folder)!r}]; main()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait() == 0

    def test_imports_nothing_heavy(self, folder: Path) -> None:
        pytest.importorskip("reconcile.claims")
        code = (
            f"import sys; sys.argv = ['reconcile', 'extract', {str(folder)!r}]\n"
            "from reconcile.cli import main\n"
            "try: main()\nexcept SystemExit: pass\n"
            "heavy = {'great_expectations', 'altair', 'papermill', 'vl_convert', 'pandas', 'trafilatura', 'IPython'}\n"
            "print(*sorted(heavy & set(sys.modules)), file=sys.stderr, end='')"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
        )
        assert done.stderr == ""


class TestWrongInput:
    @pytest.fixture(params=["missing", "empty", "binary", "no_text", "spreadsheet"])
    def bad(self, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
        path = tmp_path / "bad"
        match request.param:
            case "empty":
                path.mkdir()
            case "binary":
                path = tmp_path / "bad.txt"
                path.write_bytes(bytes(range(256)))
            case "no_text":
                path = tmp_path / "bad.csv"
                path.write_text("article_id,text\nr1,\n", encoding="utf-8")
            case "spreadsheet":
                path = tmp_path / "bad.xlsx"
                path.write_bytes(b"PK")
        return path

    @pytest.mark.parametrize("command", ["extract", "compare"])
    def test_one_line_that_names_it(self, engine: None, bad: Path, tmp_path: Path, command: str) -> None:
        options = ("--out", tmp_path / "out") if command == "compare" else ()
        result = call(command, bad, *options)
        assert (result.exit_code, result.stdout) == (2, "")
        (line,) = lines(result.stderr)
        assert str(bad) in line
        assert ";" in line, "the mend follows"

    def test_run_does_not_start(self, tmp_path: Path) -> None:
        result = call("run", tmp_path / "absent", "--out", tmp_path / "out")
        assert (result.exit_code, result.stdout) == (2, "")
        (line,) = lines(result.stderr)
        assert line.startswith(str(tmp_path / "absent"))
        assert not (tmp_path / "out").exists()

    def test_an_unknown_format_is_refused_before_any_work(self, folder: Path, tmp_path: Path) -> None:
        result = call("extract", folder, "--out", tmp_path / "claims.xlsx")
        (line,) = lines(result.stderr)
        assert result.exit_code == 2
        assert ".jsonl, .csv or .parquet" in line

    def test_a_file_where_a_folder_should_be(self, engine: None, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "taken").write_text("")
        result = call("compare", folder, "--out", tmp_path / "taken")
        (line,) = lines(result.stderr)
        assert result.exit_code == 2
        assert "is a file, not a folder" in line

    def test_a_wrong_parameter_is_refused_with_the_right_ones(self, folder: Path, tmp_path: Path) -> None:
        result = call("run", folder, "--out", tmp_path / "out", "--param", "polcy", "news")
        (line,) = lines(result.stderr)
        assert (result.exit_code, result.stdout) == (2, "")
        assert line.startswith("--param polcy: no notebook has this parameter; did you mean 'policy'?")
        assert "policy (the convention" in line
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize(
        "words",
        [["run", "--param", "policy"], ["run", "--parm", "a", "b"], ["extract"], ["compare", "x"], ["dance"]],
    )
    def test_a_wrong_call_ends_with_2(self, words: list[str]) -> None:
        assert call(*words).exit_code == 2

    def test_no_traceback_in_a_process_of_its_own(self, tmp_path: Path) -> None:
        done = subprocess.run(
            script("extract", tmp_path / "absent"), capture_output=True, text=True, cwd=ROOT
        )
        assert (done.returncode, done.stdout, len(lines(done.stderr))) == (2, "", 1)


class TestCompare:
    def test_writes_the_tables_in_both_formats(self, ledger: Path) -> None:
        for name in ("claims", "pairs", "quantities", "alarms"):
            assert pl.read_parquet(ledger / f"{name}.parquet").schema == pl.Schema(tables.SCHEMAS[name])
            assert pl.read_csv(ledger / f"{name}.csv").columns == list(tables.SCHEMAS[name])
        assert not (ledger / "executed").exists()

    def test_the_policy_is_passed_on(self, engine: None, folder: Path, tmp_path: Path) -> None:
        call("compare", folder, "--out", tmp_path, "--policy", "acled")
        assert tables.read_table(tmp_path, "pairs")["policy"].to_list() == ["acled"]

    def test_a_mixed_folder_is_compared_as_far_as_it_can_be(
        self, engine: None, folder: Path, tmp_path: Path
    ) -> None:
        (folder / "binary.txt").write_bytes(bytes(range(256)))
        result = call("compare", folder, "--out", tmp_path / "out")
        assert (result.exit_code, len(lines(result.stderr))) == (2, 1)
        assert tables.read_table(tmp_path / "out", "claims").height == 2


class TestOwnRules:
    """`--rules DIR`: a user's own domain of measures, in every command that reads or compares."""

    RULES = """
domain: mining
measures:
  ore_found: {kind: quantity, stage: found, labels: {en: ore found}, cues: {en: {verbs: [prospect]}}}
  ore_mined: {kind: quantity, stage: mined, parent: ore_found, labels: {en: ore mined}, cues: {en: {verbs: [mine]}}}
"""

    @pytest.fixture
    def rules(self, tmp_path: Path) -> Path:
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "mining.yml").write_text(self.RULES, encoding="utf-8")
        return tmp_path / "own"

    @pytest.fixture
    def mines(self, tmp_path: Path) -> Path:
        (tmp_path / "in").mkdir()
        for name, verb in (("one", "prospected"), ("two", "mined")):
            text = f"In Operation Deep Shaft the firm {verb} 12,000 tonnes of copper."
            (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
        return tmp_path / "in"

    def test_their_stages_are_compared(self, rules: Path, mines: Path, tmp_path: Path) -> None:
        result = call("compare", mines, "--out", tmp_path / "out", "--rules", rules)
        assert result.exit_code == 0, result.stderr
        claims, pairs = (tables.read_table(tmp_path / "out", name) for name in ("claims", "pairs"))
        assert claims["measure"].to_list() == ["ore_found", "ore_mined"]
        assert pairs.select("verdict", "reason").rows() == [("not_comparable", "stage")]
        assert "ore mined" in pairs["detail"][0]

    def test_judge_and_check_know_them(self, rules: Path, mines: Path, tmp_path: Path) -> None:
        ledger, kept, draft = tmp_path / "out", tmp_path / "judgements.csv", tmp_path / "draft.md"
        call("compare", mines, "--out", ledger, "--rules", rules)
        claim = tables.read_table(ledger, "claims")["claim_id"][0]
        words = ("judge", "corrected", claim, "--ledger", ledger, "--why", "x", "--judgements", kept)
        words = (*words, "--field", "measure", "--value", "ore_mined")
        assert call(*words).exit_code == 2
        assert call(*words, "--rules", rules).exit_code == 0
        result = call("compare", mines, "--out", ledger, "--rules", rules, "--judgements", kept)
        assert result.exit_code == 0, result.stderr
        assert tables.read_table(ledger, "claims")["measure"].to_list() == ["ore_mined"] * 2
        draft.write_text("In Operation Deep Shaft, 30,000 tonnes of copper were mined.", encoding="utf-8")
        result = call("check", draft, "--ledger", ledger, "--rules", rules)
        assert (result.exit_code, "contradicted" in result.stdout) == (1, True), result.stdout

    @pytest.mark.parametrize("command", ["extract", "compare", "run"])
    def test_a_wrong_one_is_refused_in_one_line(
        self, rules: Path, mines: Path, tmp_path: Path, command: str
    ) -> None:
        (rules / "mining.yml").write_text("measures: {x: {kind: bananas}}", encoding="utf-8")
        options = () if command == "extract" else ("--out", tmp_path / "out")
        result = call(command, mines, "--rules", rules, *options)
        assert (result.exit_code, result.stdout) == (2, "")
        (line,) = lines(result.stderr)
        assert line.startswith(f"{rules / 'mining.yml'}: x: kind 'bananas' is unknown; use one of")
        assert not (tmp_path / "out").exists()


class TestValidate:
    @pytest.mark.parametrize(("failures", "status"), [((), 0), (("expect_quote_in_text",), 1)])
    def test_the_status_says_whether_it_held(
        self, ledger: Path, monkeypatch: pytest.MonkeyPatch, failures: tuple[str, ...], status: int
    ) -> None:
        seen: dict[str, object] = {}

        def fake_validate(claims: pl.DataFrame, articles: pl.DataFrame, **options: object) -> FakeValidation:
            seen.update(options, claims=claims.height, articles=articles.height)
            return FakeValidation(failures)

        fake = ModuleType("reconcile.validation")
        fake.validate = fake_validate  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "reconcile.validation", fake)
        result = call("validate", ledger, "--allow", "a", "--allow", "b")
        assert result.exit_code == status
        assert f"critical failures: {status}" in result.stdout
        assert (seen["allow"], seen["directory"]) == (("a", "b"), ledger / "validation")
        assert (seen["claims"], seen["articles"]) == (2, 2)

    def test_a_missing_table_says_what_to_run(self, tmp_path: Path) -> None:
        result = call("validate", tmp_path)
        (line,) = lines(result.stderr)
        assert result.exit_code == 2
        assert "claims.parquet" in line
        assert "01_extract.ipynb" in line


class TestExplain:
    def test_tells_sentence_rules_verdicts_quantities_and_alarms(self, ledger: Path) -> None:
        result = call("explain", "c0", "--ledger", ledger)
        assert (result.exit_code, result.stderr) == (0, "")
        for part in (SENTENCE, "bounds as stated: [83, 83]", "test", "fair, 2 claims, 2 witnesses"):
            assert part in result.stdout
        assert 'agree with c1 "83" in en: 83 is 83' in result.stdout
        assert "hedge_drift (warning): the hedge is gone" in result.stdout
        assert "by agree/equal, policy news" in result.stdout

    def test_says_none_where_there_is_none(self, ledger: Path) -> None:
        told = lines(call("explain", "c1", "--ledger", ledger).stdout)
        assert told[told.index("alarms") + 1].strip() == "none"

    def test_relations_go_both_ways(self, ledger: Path) -> None:
        part = make_claims({"value": 2.0, "quote": "2"}, {"value": 1.0, "quote": "1", "part_of": "c0"})
        tables.write_table(part, ledger, "claims")
        assert 'has as a part c1 "1"' in call("explain", "c0", "--ledger", ledger).stdout
        assert 'a part of c0 "2"' in call("explain", "c1", "--ledger", ledger).stdout

    @pytest.mark.parametrize(
        ("claim", "said"), [("c", "2 claims begin with 'c'"), ("zz", "no claim has the id")]
    )
    def test_an_id_must_mean_one_claim(self, ledger: Path, claim: str, said: str) -> None:
        result = call("explain", claim, "--ledger", ledger)
        (line,) = lines(result.stderr)
        assert result.exit_code == 2
        assert said in line


class TestTables:
    def test_round_trip_through_csv_alone(self, tmp_path: Path) -> None:
        frame = make_claims({"value": 83.0, "unit_candidates": ["IQD", "KWD"]}, {"qualifier": "vague"})
        tables.write_table(frame, tmp_path, "claims")
        assert tables.read_table(tmp_path, "claims").equals(frame)
        (tmp_path / "claims.parquet").unlink()
        assert tables.read_table(tmp_path, "claims").equals(frame)

    def test_a_missing_column_is_named(self, tmp_path: Path) -> None:
        tables.write_table(make_claims({"value": 1.0}).drop("unit"), tmp_path, "claims")
        with pytest.raises(InputError, match="column 'unit' is missing"):
            tables.read_table(tmp_path, "claims")

    def test_a_formula_is_disarmed_and_an_offset_never_moved(self, tmp_path: Path) -> None:
        frame = make_articles({"title": '=HYPERLINK("http://x")', "text": "-5 degrees", "outlet": "@x"})
        tables.write_table(frame, tmp_path, "articles")
        read = pl.read_csv(tmp_path / "articles.csv")
        assert read.select("title", "outlet", "text").row(0) == ("'" + frame["title"][0], "'@x", "-5 degrees")
        assert tables.read_table(tmp_path, "articles").equals(frame), "Parquet keeps it as it was"

    def test_json_lines_hold_null_for_what_is_no_number(self) -> None:
        file = io.BytesIO()
        tables.write_json_lines(make_claims({"value": float("nan")}), file)
        assert json.loads(file.getvalue())["value"] is None

    def test_a_preview_takes_each_cell_direction_from_its_script(self) -> None:
        drawn = tables.preview(make_articles({"title": SENTENCE}), "title")._repr_html_()
        assert '<td dir="auto"' in drawn
        assert SENTENCE in drawn
        assert "<td>" not in drawn
        assert "&quot;" not in drawn


def test_version() -> None:
    assert call("--version").stdout == f"reconcile {reconcile.__version__}\n"


def test_every_command_is_described() -> None:
    help_text = call("--help").stdout
    for command in ("extract", "compare", "validate", "run", "explain", "check", "judge"):
        assert command in help_text
        assert len(call(command, "--help").stdout) > 200


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two outlets on one operation, in two languages, and the ledger of both."""
    place = tmp_path_factory.mktemp("real")
    (place / "in").mkdir()
    head = "---\noutlet: {}\npublished: 2022-05-0{}\n---\n"
    english = head.format("Gazette", 3) + "In Operation Blue River, police arrested 83 people on 2 May 2022."
    arabic = head.format("Jarida", 4) + "اعتقلت الشرطة 83 شخصًا في ليون يوم 2 مايو 2022."
    (place / "in" / "gazette.md").write_text(english, encoding="utf-8")
    (place / "in" / "jarida.md").write_text(arabic, encoding="utf-8")
    assert call("compare", place / "in", "--out", place / "ledger").exit_code == 0
    return place


class TestWithTheEngine:
    """The same commands on the real thing."""

    def test_extract_finds_the_figure_in_both_languages(self, real: Path) -> None:
        rows = [json.loads(line) for line in lines(call("extract", real / "in").stdout)]
        counts = {row["article_id"]: row for row in rows if row["kind"] == "count"}
        assert {name: (row["value"], row["unit"]) for name, row in counts.items()} == {
            "gazette": (83.0, "person"),
            "jarida": (83.0, "person"),
        }
        for row in counts.values():
            text = tables.read_table(real / "ledger", "articles").filter(article_id=row["article_id"])[
                "text"
            ][0]
            assert text[row["start"] : row["end"]] == row["quote"]

    def test_explain_tells_of_a_claim_and_its_verdicts(self, real: Path) -> None:
        claims = tables.read_table(real / "ledger", "claims").filter(kind="count", article_id="gazette")
        told = call("explain", claims["claim_id"][0], "--ledger", real / "ledger").stdout
        assert "value: 83" in told
        assert "in jarida" in told

    def test_check_tells_the_right_number_from_the_wrong_one(self, real: Path) -> None:
        draft = real / "draft.txt"
        draft.write_text(
            "On 2 May 2022, police arrested 83 people in Operation Blue River.", encoding="utf-8"
        )
        good = call("check", draft, "--ledger", real / "ledger")
        assert (good.exit_code, "supported" in good.stdout) == (0, True), good.stdout
        draft.write_text(
            "On 2 May 2022, police arrested 300 people in Operation Blue River.", encoding="utf-8"
        )
        bad = call("check", draft, "--ledger", real / "ledger")
        assert (bad.exit_code, "contradicted" in bad.stdout) == (1, True), bad.stdout

    @pytest.fixture
    def rounded(self, tmp_path: Path) -> Path:
        """Two outlets that agree only as long as a round number may be a rounded one."""
        (tmp_path / "in").mkdir()
        told = "In Operation Blue River, police seized {} on 2 May 2022."
        (tmp_path / "in" / "gazette.txt").write_text(told.format("$600,000"), encoding="utf-8")
        (tmp_path / "in" / "herald.txt").write_text(told.format("$588,000"), encoding="utf-8")
        return tmp_path

    def test_explain_offers_ids_that_are_near(self, real: Path) -> None:
        claim_id = tables.read_table(real / "ledger", "claims")["claim_id"][0]
        result = call("explain", f"{claim_id[:9]}zz{claim_id[11:]}", "--ledger", real / "ledger")
        (line,) = lines(result.stderr)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"did you mean {claim_id}" in line

    def test_a_second_policy_shows_what_flips_and_on_which_word(self, rounded: Path) -> None:
        result = call("compare", rounded / "in", "--policy", "news", "--against", "strict")
        assert (result.exit_code, result.stderr) == (0, "")
        told = lines(result.stdout)
        assert told[0] == "agree \N{RIGHTWARDS ARROW} diverge: the round number 600,000 USD in gazette"
        assert {line.split()[1] for line in told[1:3]} == {"“$600,000”", "“$588,000”"}
        assert told[3].startswith("  news-1: Funds seized: ")
        assert told[4].startswith("  strict-1: Funds seized: ")
        assert told[-1] == "1 verdict flips from news-1 to strict-1"

    def test_what_flips_as_json_lines_and_beside_the_tables(self, rounded: Path) -> None:
        words = ("compare", rounded / "in", "--against", "strict", "--out")
        assert call(*words, rounded / "flips.jsonl").stdout == ""
        (row,) = [json.loads(line) for line in lines((rounded / "flips.jsonl").read_text(encoding="utf-8"))]
        assert (row["verdict"], row["verdict_against"]) == ("agree", "diverge")
        assert "round number" in row["word"]
        assert "1 verdict flips" in call(*words, rounded / "out").stdout
        assert {"flips.parquet", "flips.csv", "flips.jsonl", "pairs.parquet"} <= {
            path.name for path in (rounded / "out").iterdir()
        }

    def test_nowhere_to_write_and_nothing_to_set_against_is_one_line(self, rounded: Path) -> None:
        result = call("compare", rounded / "in")
        assert (result.exit_code, len(lines(result.stderr))) == (2, 1)

    def test_a_policy_that_is_not_there_is_one_line(self, real: Path, tmp_path: Path) -> None:
        result = call("compare", real / "in", "--out", tmp_path, "--policy", "guess")
        assert (result.exit_code, len(lines(result.stderr))) == (2, 1)
        assert "guess" in result.stderr
