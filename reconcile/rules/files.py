"""Reading of rule files: YAML from the package, with errors that name file, key and mend."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from reconcile.errors import RuleError

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]
    """A safe loader that refuses a key given twice: the second would silently win."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise RuleError(
                str(getattr(loader, "file_name", node.start_mark.name)),
                f"key {key!r} is given twice (line {key_node.start_mark.line + 1})",
                "keep one",
            )
        seen.add(key)
    return dict(loader.construct_pairs(node, deep=True))


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse_rules(text: str, name: str) -> dict[str, Any]:
    """The mapping that a rule file holds; RuleError if it is no YAML mapping or repeats a key.

    >>> parse_rules("zero: [صفر]", "ar.yml")
    {'zero': ['صفر']}
    """
    loader = _StrictLoader(text)
    loader.file_name = name
    try:
        data = loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" line {mark.line + 1}" if mark is not None else ""
        raise RuleError(
            f"{name}{line}", "this is not valid YAML", "mend the indentation or quote the value"
        ) from error
    finally:
        loader.dispose()
    if not isinstance(data, dict):
        raise RuleError(name, "the file holds no mapping", "begin with `key: value` lines")
    return data


@cache
def load_rules(name: str) -> dict[str, Any]:
    """The packaged rule file of that name, such as `ar.yml` or `nouns/ar.yml`; an empty mapping if there is none."""
    path = resources.files("reconcile.rules").joinpath(name)
    if not path.is_file():
        return {}
    return parse_rules(path.read_text(encoding="utf-8"), Path(name).as_posix())
