"""The parts of the package stand in layers: a lower one never imports a higher one, and light commands stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "reconcile"

# From the ground up; parts on one line are neighbours and may use each other one way. A new part gets its place here.
LAYERS = (
    ("errors", "resources", "startup"),
    ("schema", "files", "stamps"),
    ("text", "tables"),
    ("rules",),
    ("numbers", "dates"),
    ("figures",),
    ("articles",),
    ("context",),
    ("evidence",),
    ("claims",),
    ("judgements",),
    ("linking",),
    ("comparison",),
    ("validation",),
    ("charts",),
    ("summary",),
    ("report",),
    ("run",),
    ("cli",),
)
RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}
HEAVY = (
    "great_expectations",
    "altair",
    "papermill",
    "vl_convert",
    "pandas",
    "trafilatura",
    "jupyterlab",
    "IPython",
)

# The package's own parts, as imported by a module: (part, line).
Edge = tuple[str, int]


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the package with the part that it belongs to; the package's own lazy `__init__` has none."""
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.as_posix() not in {"__init__.py", "__main__.py"}:
            yield relative.parts[0].removesuffix(".py"), path


def imported_parts(path: Path) -> Iterator[Edge]:
    """The parts that a module imports anywhere in it, also inside functions and for type checkers only."""
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                above = path.relative_to(PACKAGE).parts[: depth - node.level]
                module = ".".join(filter(None, ("reconcile", *above, module)))
            names = [f"{module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            root, _, rest = name.partition(".")
            if root == "reconcile" and rest.partition(".")[0] in RANK:
                yield rest.partition(".")[0], node.lineno


def test_every_part_has_its_layer() -> None:
    unplaced = {part for part, _ in modules()} - RANK.keys()
    assert not unplaced, f"give these parts a place in LAYERS: {sorted(unplaced)}"


@pytest.mark.parametrize("part", RANK)
def test_a_lower_layer_never_imports_a_higher_one(part: str) -> None:
    upward = [
        f"{path.relative_to(PACKAGE)}:{line} imports reconcile.{other}"
        for own, path in modules()
        if own == part
        for other, line in imported_parts(path)
        if RANK[other] > RANK[part]
    ]
    assert not upward, "\n".join(upward)


def test_neighbours_do_not_import_each_other_both_ways() -> None:
    edges = {(own, other) for own, path in modules() for other, _ in imported_parts(path) if own != other}
    both = sorted({tuple(sorted(edge)) for edge in edges if edge[::-1] in edges})
    assert not both


def test_the_walk_sees_every_form_of_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above is only as good as its eyes."""
    monkeypatch.setattr(sys.modules[__name__], "PACKAGE", tmp_path)
    source = tmp_path / "text" / "x.py"
    source.parent.mkdir()
    source.write_text(
        "import reconcile.claims\nfrom reconcile import charts\nfrom ..run import job\nfrom .fold import fold\n"
        "def f():\n    from reconcile.cli.main import app\n",
        encoding="utf8",
    )
    assert list(imported_parts(source)) == [("claims", 1), ("charts", 2), ("run", 3), ("text", 4), ("cli", 6)]


def heavy_after(code: str) -> list[str]:
    """Which heavy packages a fresh interpreter has imported after the code; the code must succeed."""
    probe = f"{code}\nimport sys\nprint('HEAVY', *sorted(set(sys.modules) & set({HEAVY!r})))"
    run = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()[-1].split()[1:]


def test_the_package_imports_no_part_of_itself() -> None:
    assert (
        heavy_after(
            "import reconcile, sys\nassert not [m for m in sys.modules if m.startswith('reconcile.')]"
        )
        == []
    )


def test_extracting_stays_light() -> None:
    assert heavy_after("import reconcile; reconcile.extract; reconcile.read_articles") == []


def test_only_validation_knows_pandas_and_only_charts_know_altair() -> None:
    owners = {
        "pandas": "validation",
        "great_expectations": "validation",
        "altair": "charts",
        "papermill": "run",
    }
    strangers = []
    for part, path in modules():
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf8")))
        names = chain.from_iterable(
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            for node in nodes
            if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and not node.level)
        )
        roots = {name.partition(".")[0] for name in names}
        strangers += [
            f"{path.relative_to(PACKAGE)} imports {root}"
            for root in roots & owners.keys()
            if part != owners[root]
        ]
    assert not strangers
