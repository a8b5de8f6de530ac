"""The run: parameters are checked, notebooks run in their order, and every ending is told."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import polars as pl
import pytest

from reconcile import summary
from reconcile.articles import read_sources
from reconcile.errors import InputError
from reconcile.resources import notebooks_dir
from reconcile.run import NotebookError, NotebookParameter, notebook_parameters, parameter_values, run
from reconcile.run.job import NOTEBOOKS, outcome
from tests.make import claims as make_claims

PARAMETERS = {
    "articles": NotebookParameter("articles", "in", "what to read", ("a.ipynb",)),
    "policy": NotebookParameter("policy", "news", "the convention", ("a.ipynb",)),
    "rows": NotebookParameter("rows", 20, "how many rows to show", ("a.ipynb",)),
    "share": NotebookParameter("share", 0.5, "a share", ("a.ipynb",)),
    "strict": NotebookParameter("strict", False, "whether to be strict", ("a.ipynb",)),
    "allow": NotebookParameter("allow", [], "what may fail", ("a.ipynb",)),
}


def write_notebooks(folder: Path, **sources: str) -> Path:
    """Four notebooks that take `articles` and `out_dir`; a body may be given by the notebook's number."""
    folder.mkdir()
    for name in NOTEBOOKS:
        body = sources.get(f"n{name[:2]}", "")
        head = nbformat.v4.new_code_cell('articles = "in"  # what to read\nout_dir = "out"  # where to write')
        head.metadata["tags"] = ["parameters"]
        book = nbformat.v4.new_notebook(cells=[head, nbformat.v4.new_code_cell(body)])
        book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(book, folder / name)
    return folder


class TestParameters:
    @pytest.mark.parametrize(
        ("name", "text", "value"),
        [
            ("policy", "acled", "acled"),
            ("policy", "007", "007"),
            ("rows", "5", 5),
            ("share", "0.25", 0.25),
            ("strict", "yes", True),
            ("strict", "False", False),
            ("allow", "a, b", ["a", "b"]),
            ("allow", '["a,b"]', ["a,b"]),
            ("allow", "", []),
        ],
    )
    def test_a_value_takes_the_type_of_the_default(self, name: str, text: str, value: object) -> None:
        assert parameter_values([(name, text)], PARAMETERS) == {name: value}

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ([("polcy", "news")], "did you mean 'policy'"),
            ([("xyz", "1")], "rows (how many rows to show)"),
            ([("rows", "many")], "'many' is not a whole number"),
            ([("share", "half")], "'half' is not a number"),
            ([("strict", "perhaps")], "'perhaps' is not true or false"),
            ([("allow", "[1")], "is not a list"),
            ([("articles", "x")], "give it as PATH"),
            ([("policy", "a"), ("policy", "b")], "is given twice"),
        ],
    )
    def test_a_wrong_one_is_refused_with_the_mend(self, given: list[tuple[str, str]], said: str) -> None:
        with pytest.raises(InputError, match=r"^--param ") as refusal:
            parameter_values(given, PARAMETERS)
        assert said in str(refusal.value)

    def test_the_list_of_right_names_leaves_out_what_has_an_option_of_its_own(self) -> None:
        with pytest.raises(InputError) as refusal:
            parameter_values([("xyz", "1")], PARAMETERS)
        assert "articles" not in str(refusal.value)

    def test_our_notebooks_declare_theirs_with_a_meaning(self) -> None:
        declared = notebook_parameters(notebooks_dir() / name for name in NOTEBOOKS)
        assert set(declared) >= {"articles", "out_dir", "policy", "allow"}
        assert declared["out_dir"].notebooks == NOTEBOOKS
        assert declared["policy"].default == "news"
        assert all(one.meaning for one in declared.values())


class TestSummary:
    def test_each_step_adds_its_part(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "one.txt").write_text("Police held 83 people.", encoding="utf-8")
        (tmp_path / "in" / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 9)
        summary.record_reading(tmp_path, read_sources(tmp_path / "in"))
        claims = make_claims({"value": 83.0, "measure": "m"}, {"kind": "money"})
        summary.record_claims(
            tmp_path, claims, [InputError("one.txt", "none of it could be read", "report it")]
        )
        kept = summary.read(tmp_path)
        assert [one["article_id"] for one in kept["inputs"]] == ["one"]
        assert kept["inputs"][0]["sha256"] == read_sources(tmp_path / "in").articles["sha256"][0]
        assert [problem.split(":")[0].split("/")[-1] for problem in kept["problems"]] == [
            "bad.txt",
            "one.txt",
        ]
        assert kept["counts"]["claims"] == 2
        assert kept["counts"]["claims_by_kind"] == {"count": 1, "money": 1}
        assert kept["counts"]["claims_with_measure"] == 1
        assert kept["versions"]["polars"] == pl.__version__

    def test_nothing_to_read_is_told_and_recorded(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 9)
        with pytest.raises(InputError, match=r"bad\.txt"):
            summary.record_reading(tmp_path, read_sources(tmp_path / "in"))
        assert len(summary.read(tmp_path)["problems"]) == 1

    def test_a_missing_one_says_what_to_run(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="01_extract"):
            summary.read(tmp_path)

    @pytest.mark.parametrize(
        ("sections", "status"),
        [
            ({}, 0),
            ({"validation": {"critical_failures": ["expect_x"]}}, 1),
            ({"problems": ["a.txt: empty; fill it."]}, 2),
            ({"problems": ["a.txt: empty; fill it."], "validation": {"critical_failures": ["expect_x"]}}, 2),
        ],
    )
    def test_the_exit_status_follows_from_it(
        self, tmp_path: Path, sections: dict[str, object], status: int
    ) -> None:
        summary.record(tmp_path, **sections)
        assert outcome(tmp_path).status == status


@pytest.mark.notebook
class TestJob:
    def test_runs_in_order_and_records_the_parameters(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write = "from pathlib import Path; p = Path(out_dir) / 'seen.txt'; "
        body = write + "p.write_text((p.read_text() if p.exists() else '') + {!r} + articles + chr(10))"
        books = write_notebooks(tmp_path / "n", **{f"n{i:02}": body.format(f"{i} ") for i in (1, 2, 3, 4)})
        monkeypatch.chdir(tmp_path)
        steps: list[tuple[str, int, int]] = []
        (tmp_path / "some").mkdir()
        ended = run("some", Path("results"), notebooks=books, progress=lambda *step: steps.append(step))
        assert (tmp_path / "results" / "seen.txt").read_text() == "1 some\n2 some\n3 some\n4 some\n"
        assert ended.status == 0
        assert sorted(path.name for path in (tmp_path / "results" / "executed").iterdir()) == list(NOTEBOOKS)
        kept = json.loads((tmp_path / "results" / "summary.json").read_text(encoding="utf-8"))
        assert kept["parameters"] == {"articles": "some", "out_dir": "results"}
        assert [done for name, done, _ in steps if name == NOTEBOOKS[0]] == [0, 1, 2, 3]

    def test_no_notebook_sees_the_names_of_another(self, tmp_path: Path) -> None:
        """Some share a kernel, whose imports are dear; the names in it they do not share."""
        leave = "mine = 1; import json"
        look = "assert not {'mine', 'json'} & set(globals()), 'another notebook was here'"
        books = write_notebooks(
            tmp_path / "n", n01=leave, n02=f"{look}; {leave}", n03=f"{look}; {leave}", n04=look
        )
        assert run(str(tmp_path), tmp_path / "out", notebooks=books).status == 0
        for name in NOTEBOOKS:
            book = nbformat.read(tmp_path / "out" / "executed" / name, as_version=4)
            counts = [cell.execution_count for cell in book.cells if cell.cell_type == "code"]
            assert counts == list(range(1, len(counts) + 1))

    def test_the_kernel_is_this_interpreter_and_this_package(self, tmp_path: Path) -> None:
        body = "import sys, reconcile; assert (sys.executable, reconcile.__file__) == {!r}"
        import sys

        import reconcile

        books = write_notebooks(tmp_path / "n", n01=body.format((sys.executable, reconcile.__file__)))
        assert run(str(tmp_path), tmp_path / "out", notebooks=books).status == 0

    def test_a_notebook_that_fails_is_named_with_its_cell(self, tmp_path: Path) -> None:
        books = write_notebooks(tmp_path / "n", n01="raise ValueError('no\\nluck')")
        with pytest.raises(NotebookError) as failure:
            run(str(tmp_path), tmp_path / "out", notebooks=books)
        executed = tmp_path / "out" / "executed" / "01_extract.ipynb"
        expected = f"01_extract.ipynb, cell 3: ValueError: no luck; open {executed} to see it."
        assert str(failure.value) == expected
        assert "no" in executed.read_text(encoding="utf-8")
        assert not (tmp_path / "out" / "executed" / "02_validate.ipynb").exists()

    def test_an_input_error_in_a_notebook_is_one_here(self, tmp_path: Path) -> None:
        body = (
            "from reconcile.errors import InputError\nraise InputError('a.csv', 'no column: text', 'add; it')"
        )
        books = write_notebooks(tmp_path / "n", n01=body)
        with pytest.raises(InputError) as failure:
            run(str(tmp_path), tmp_path / "out", notebooks=books)
        assert str(failure.value) == "a.csv: no column: text; add; it."


def test_nothing_starts_with_a_wrong_parameter_or_path(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="policy"):
        run(str(tmp_path), tmp_path / "out", [("polisy", "news")])
    with pytest.raises(InputError, match="no such file"):
        run(str(tmp_path / "absent"), tmp_path / "out")
    assert not (tmp_path / "out").exists()
