"""The parameters that the notebooks declare, read from their `parameters` cells.

Papermill injects a name that no notebook declares without a word, so a slip of the pen would change nothing
and go unseen. Here a name is checked against what the cells declare, and a value against the default's type.
"""

from __future__ import annotations

import ast
import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reconcile.errors import InputError
from reconcile.startup import import_jsonschema_lightly

RESERVED = {"articles": "PATH", "out_dir": "--out", "judgements": "--judgements", "rules": "--rules"}
TRUE_WORDS, FALSE_WORDS = ("true", "yes", "1", "on"), ("false", "no", "0", "off")


@dataclass(frozen=True)
class NotebookParameter:
    """One line of a `parameters` cell: its name, default, meaning, and the notebooks that take it."""

    name: str
    default: Any
    meaning: str
    notebooks: tuple[str, ...]

    def parse(self, text: str) -> Any:
        """The value that the command line gave as text, in the type of the default.

        A list takes JSON or items separated by commas.

        >>> NotebookParameter("allow", [], "", ()).parse("a, b")
        ['a', 'b']
        >>> NotebookParameter("rows", 20, "", ()).parse("many")
        Traceback (most recent call last):
        reconcile.errors.InputError: --param rows: 'many' is not a whole number; give a value like 20.
        """
        try:
            return _parse_as(type(self.default), text)
        except ValueError:
            wanted = TYPE_WORDS[type(self.default)]
            mend = f"give a value like {self.default!r}"
            raise InputError(f"--param {self.name}", f"'{text}' is not {wanted}", mend) from None


TYPE_WORDS = {bool: "true or false", int: "a whole number", float: "a number", list: "a list", str: "text"}


def notebook_parameters(notebooks: Iterable[Path]) -> dict[str, NotebookParameter]:
    """What the notebooks' `parameters` cells declare, by name, in the order of the notebooks.

    Raises:
        InputError: a notebook cannot be read, or a default is not a plain value.
    """
    found: dict[str, NotebookParameter] = {}
    for path in notebooks:
        for name, declared in _inspect(path).items():
            earlier = found.get(name)
            users = (path.name,) if earlier is None else (*earlier.notebooks, path.name)
            default = _default(path, name, declared["default"]) if earlier is None else earlier.default
            meaning = declared["help"] if earlier is None else earlier.meaning
            found[name] = NotebookParameter(name, default, meaning, users)
    return found


def parameter_values(
    given: Sequence[tuple[str, str]], declared: Mapping[str, NotebookParameter]
) -> dict[str, Any]:
    """The `--param NAME VALUE` pairs, checked against the declared parameters and read in their types.

    Raises:
        InputError: no notebook has the name (the right ones are listed with their meaning), the name has an
            option of its own, it is given twice, or the value is of the wrong type.
    """
    values: dict[str, Any] = {}
    for name, text in given:
        where = f"--param {name}"
        if name in RESERVED:
            raise InputError(where, f"is what {RESERVED[name]} sets", f"give it as {RESERVED[name]}")
        if name not in declared:
            raise InputError(where, "no notebook has this parameter", _right_names(name, declared))
        if name in values:
            raise InputError(where, "is given twice", "keep one of the two")
        values[name] = declared[name].parse(text)
    return values


def _right_names(name: str, declared: Mapping[str, NotebookParameter]) -> str:
    near = difflib.get_close_matches(name, declared, n=1)
    meant = f"did you mean '{near[0]}'? " if near else ""
    offered = [f"{one.name} ({one.meaning})" for one in declared.values() if one.name not in RESERVED]
    return f"{meant}the parameters are {', '.join(offered)}"


def _inspect(path: Path) -> dict[str, dict[str, Any]]:
    import_jsonschema_lightly()
    import papermill

    try:
        return dict(papermill.inspect_notebook(str(path)))
    except (OSError, json.JSONDecodeError, ValueError):
        raise InputError(str(path), "is not a notebook that can be read", "restore it") from None


def _default(path: Path, name: str, literal: str) -> Any:
    try:
        return ast.literal_eval(literal)
    except (ValueError, SyntaxError):
        what = f"the default of '{name}' is not a plain value"
        raise InputError(str(path), what, "write a text, number, true/false or list") from None


def _parse_as(kind: type, text: str) -> Any:
    if kind is bool:
        return _parse_bool(text)
    if kind is list:
        return _parse_list(text)
    return kind(text)


def _parse_bool(text: str) -> bool:
    word = text.strip().lower()
    if word not in TRUE_WORDS + FALSE_WORDS:
        raise ValueError(text)
    return word in TRUE_WORDS


def _parse_list(text: str) -> list[Any]:
    if text.lstrip().startswith("["):
        return list(json.loads(text))
    return [item.strip() for item in text.split(",") if item.strip()]
