"""Reading of rule files: YAML from the package, with errors that name file, key and mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from reconcile.errors import RuleError, did_you_mean

SHAPES = "shapes.yml"
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
    data = parse_rules(path.read_text(encoding="utf-8"), Path(name).as_posix())
    shape = {} if name == SHAPES else load_rules(SHAPES).get(name.rpartition("/")[0], {})
    if shape:
        check_shape(data, shape, name)
    return data


def check_shape(data: Mapping[str, Any], shape: Mapping[str, Any], where: str) -> None:
    """Refuse a key that the shape does not name, and a value that is not what the shape says.

    Raises:
        RuleError: names file, key and mend.

    >>> check_shape({"negation": ["not"]}, {"negations": "words"}, "en.yml")
    Traceback (most recent call last):
    reconcile.errors.RuleError: en.yml: negation: there is no such key; did you mean 'negations'.
    """
    for key, value in data.items():
        place = f"{where}: {key}"
        if key not in shape:
            mend = did_you_mean(str(key), shape, f"use one of {', '.join(shape)}")
            raise RuleError(place, "there is no such key", mend)
        wanted = shape[key]
        if isinstance(wanted, Mapping):
            if not isinstance(value, Mapping):
                raise RuleError(place, "this is no mapping", f"give some of {', '.join(wanted)} below it")
            check_shape(value, wanted, place)
            continue
        named, fits = _SHAPES[wanted]
        if not fits(value):
            raise RuleError(place, f"this is no {named}", "quote words like no, on and yes")


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _are_words_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_are_words, value.values()))


def _are_texts_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


# What each word of `shapes.yml` asks of a value, and what such a value is called.
_SHAPES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "words": ("list of words", _are_words),
    "text": ("text", lambda value: isinstance(value, str)),
    "flag": ("true or false", lambda value: isinstance(value, bool)),
    "groups": ("lists of words by name", _are_words_by_name),
    "texts": ("words by name", _are_texts_by_name),
    "any": ("rule", lambda value: True),
}
