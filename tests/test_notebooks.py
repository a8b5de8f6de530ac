"""The notebooks: thin, documented, clean, each runnable alone, and all four together."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import polars as pl
import pytest
from typer.testing import CliRunner

from reconcile import tables
from reconcile.cli import app
from reconcile.resources import notebooks_dir
from reconcile.run.job import NOTEBOOKS

PATHS = [notebooks_dir() / name for name in NOTEBOOKS]
MINING = """
domain: mining
measures:
  ore_mined: {kind: quantity, labels: {en: ore mined}, cues: {en: {verbs: [yield]}}}
"""
LOOPS = (ast.For, ast.While, ast.AsyncFor, ast.FunctionDef, ast.ClassDef, ast.Lambda)


def code_cells(path: Path) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def needs_the_whole_engine() -> None:
    for module in ("claims", "comparison", "validation.checkpoint", "charts", "report"):
        pytest.importorskip(f"reconcile.{module}")
    pytest.importorskip("reconcile.report", reason="the report is not there").write_report  # noqa: B018


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
class TestForm:
    def test_is_a_valid_notebook_without_outputs(self, path: Path) -> None:
        book = nbformat.read(path, as_version=4)
        nbformat.validate(book)
        assert (book.nbformat, book.nbformat_minor) == (4, 5)
        assert all(cell.outputs == [] and cell.execution_count is None for cell in code_cells(path))
        assert len({cell.id for cell in book.cells}) == len(book.cells)
        assert book.metadata.kernelspec.name == "python3"

    def test_its_file_is_written_as_jupyter_writes_it(self, path: Path) -> None:
        """So that saving it unchanged leaves no difference."""
        book = json.loads(path.read_text(encoding="utf-8"))
        again = json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        assert path.read_text(encoding="utf-8") == again

    def test_its_parameters_come_first_and_each_is_explained(self, path: Path) -> None:
        first = code_cells(path)[0]
        assert first.metadata.tags == ["parameters"]
        for line in first.source.splitlines():
            assignment, _, meaning = line.partition("  # ")
            assert len(meaning) > 20, line
            assert isinstance(ast.parse(assignment).body[0], ast.Assign)

    def test_its_code_is_calls_and_no_more_than_forty_lines(self, path: Path) -> None:
        sources = [cell.source for cell in code_cells(path)[1:]]
        assert sum(len(source.splitlines()) for source in sources) <= 40
        nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
        assert not [node for node in nodes if isinstance(node, LOOPS)]

    def test_it_tells_an_analyst_more_than_it_computes(self, path: Path) -> None:
        book = nbformat.read(path, as_version=4)
        prose = [cell.source for cell in book.cells if cell.cell_type == "markdown"]
        assert book.cells[0].source.startswith("# ")
        assert sum(len(text.split()) for text in prose) > 100


class _Run:
    """A run's folder and how it ended."""

    def __init__(self, folder: Path, status: int, stdout: str, stderr: str) -> None:
        self.folder, self.status, self.stdout, self.stderr = folder, status, stdout, stderr


@pytest.fixture(scope="module")
def two_articles(tmp_path_factory: pytest.TempPathFactory) -> _Run:
    """Two short articles on one event, one file that is no text and a domain of measures of the user's own, through the
    whole job by relative paths."""
    needs_the_whole_engine()
    place = tmp_path_factory.mktemp("two")
    (place / "in").mkdir()
    head = "---\noutlet: {}\npublished: 2022-05-0{}\nlanguage: {}\n---\n"
    english = (
        head.format("Gazette", 3, "en")
        + "Police arrested 83 people in Lyon on 2 May 2022, the mayor said. The mine yielded 12,000 tonnes of ore."
    )
    arabic = head.format("الجريدة", 4, "ar") + "أوقفت الشرطة 83 شخصًا في ليون يوم 2 مايو 2022."
    (place / "in" / "gazette.md").write_text(english, encoding="utf-8")
    (place / "in" / "jarida.md").write_text(arabic, encoding="utf-8")
    (place / "in" / "noise.txt").write_bytes(bytes(range(256)))
    (place / "own").mkdir()
    (place / "own" / "mining.yml").write_text(MINING, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        words = ["run", "in", "--out", "results", "--param", "title", "Two towns", "--rules", "own"]
        ended = CliRunner().invoke(app, words)
    return _Run(place / "results", ended.exit_code, ended.stdout, ended.stderr)


@pytest.mark.notebook
class TestRun:
    def test_ends_with_2_for_the_unreadable_file_and_says_where_the_report_is(
        self, two_articles: _Run
    ) -> None:
        assert two_articles.status == 2, two_articles.stderr
        assert two_articles.stdout == f"{Path('results') / 'report.html'}\n"
        assert [line for line in two_articles.stderr.splitlines() if "noise.txt" in line]

    def test_leaves_what_the_contract_says(self, two_articles: _Run) -> None:
        folder = two_articles.folder
        for name, columns in tables.SCHEMAS.items():
            assert tables.read_table(folder, name).schema == pl.Schema(columns)
            assert (folder / f"{name}.csv").is_file()
        assert tables.read_table(folder, "articles").height == 2
        assert sorted(path.name for path in (folder / "executed").iterdir()) == list(NOTEBOOKS)
        assert [*(folder / "validation").rglob("*.json")]
        assert [*(folder / "validation").rglob("index.html")]
        assert "Two towns" in (folder / "report.html").read_text(encoding="utf-8")
        assert not [*folder.glob("*.tmp")]

    def test_a_domain_of_the_users_own_is_read(self, two_articles: _Run) -> None:
        assert "ore_mined" in tables.read_table(two_articles.folder, "claims")["measure"].to_list()
        told = tables.read_table(two_articles.folder, "quantities").filter(measure="ore_mined")
        assert told["label_en"].to_list() == ["Ore mined, Incident in Lyon, France, 2 May 2022"]

    def test_draws_every_chart_in_every_format(self, two_articles: _Run) -> None:
        summary = json.loads((two_articles.folder / "summary.json").read_text(encoding="utf-8"))
        assert summary["charts"]
        for name in summary["charts"]:
            for ending in ("json", "html", "svg", "png", "pdf", "csv"):
                assert (two_articles.folder / "charts" / f"{name}.{ending}").stat().st_size

    def test_summary_says_what_was_read_decided_and_doubted(self, two_articles: _Run) -> None:
        summary = json.loads((two_articles.folder / "summary.json").read_text(encoding="utf-8"))
        claims = tables.read_table(two_articles.folder, "claims")
        assert summary["counts"]["claims"] == claims.height > 0
        assert {one["article_id"] for one in summary["inputs"]} == {"gazette", "jarida"}
        assert sum(summary["verdicts"].values()) == summary["counts"]["pairs"]
        assert summary["policy"].startswith("news")
        assert summary["parameters"]["title"] == "Two towns"
        assert "noise.txt" in summary["problems"][0]
        assert summary["validation"]["success"] in (True, False)

    def test_executed_notebooks_show_tables_and_charts(self, two_articles: _Run) -> None:
        kinds = {
            kind
            for path in (two_articles.folder / "executed").iterdir()
            for cell in code_cells(path)
            for output in cell.outputs
            for kind in output.get("data", {})
        }
        assert "text/html" in kinds
        assert any(kind.startswith(("application/vnd.vegalite", "image/")) for kind in kinds)


@pytest.mark.notebook
def test_one_that_runs_before_its_turn_says_which_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("reconcile.validation.checkpoint")
    import papermill
    from papermill.exceptions import PapermillExecutionError

    from reconcile.run.kernel import ENGINE, start_kernel

    shutil.copytree(notebooks_dir(), tmp_path / "notebooks")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    kernel = start_kernel(Path(NOTEBOOKS[1]))
    with pytest.raises(PapermillExecutionError, match=r"run 01_extract\.ipynb first"):
        papermill.execute_notebook(
            NOTEBOOKS[1], None, engine_name=ENGINE, progress_bar=False, kernel=kernel, on_cell=lambda: None
        )
    assert not kernel.has_kernel
