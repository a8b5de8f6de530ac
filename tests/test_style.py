"""The house style, as far as a program can check it (tests/test_notebooks.py does it for the notebooks)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "reconcile"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if PACKAGE / "rules" not in path.parents)

ARABIC = re.compile("[\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER YEH}\u0671-\u06d3]")
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "misc", "common", "stuff"}
FUNCTION_LINES = 70  # a screen
MODULE_LINES = 600  # a few screens
TOO_LONG_YET: set[str] = set()  # strict: take a module off when it has been divided


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def docstrings(tree: ast.Module) -> set[ast.Constant]:
    """The docstring nodes: examples in them are tests, and tests may hold words."""
    bodies = [
        node.body
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    firsts = [body[0].value for body in bodies if body and isinstance(body[0], ast.Expr)]
    return {value for value in firsts if isinstance(value, ast.Constant)}


def arabic_literals(source: str) -> list[int]:
    """Lines of string literals (f-strings too) that hold an Arabic letter as written, not by escape or by name."""
    tree = ast.parse(source)
    skip = docstrings(tree)
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skip
        if ARABIC.search(node.value) and ARABIC.search(ast.get_source_segment(source, node) or node.value)
    ]


def test_arabic_literals_are_seen() -> None:
    source = '"""مئة"""\nA = "مئة"\nB = "\\u0645"\nC = f"{A} ألف"\n'
    assert arabic_literals(source) == [2, 4]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_words_live_in_rules(path: Path) -> None:
    lines = arabic_literals(path.read_text(encoding="utf8"))
    assert not lines, f"move the words into rules YAML: {name_of(path)} lines {lines}"


def test_module_names_say_something() -> None:
    parts = {part.removesuffix(".py") for path in MODULES for part in path.relative_to(PACKAGE).parts}
    assert not parts & NAMES_THAT_SAY_NOTHING


def public_things(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ) and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_names_say_what_and_why(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf8"))
    bare = [f"line {node.lineno}: {node.name}" for node in public_things(tree) if not ast.get_docstring(node)]
    if tree.body and not ast.get_docstring(tree):
        bare.insert(0, "the module itself")
    assert not bare, f"no docstring in {name_of(path)}: {bare}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_fit_on_a_screen(path: Path) -> None:
    source = path.read_text(encoding="utf8")
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
        if node.end_lineno - node.lineno >= FUNCTION_LINES
    ]
    assert not long, f"{name_of(path)}: {long}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_a_few_screens(path: Path) -> None:
    lines = len(path.read_text(encoding="utf8").splitlines())
    assert (lines > MODULE_LINES) == (name_of(path) in TOO_LONG_YET), f"{name_of(path)} has {lines} lines"
