"""Inflection: the forms of a term that a rule file leaves to the language's own suffix rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconcile.text import fold


def forms_of(rules: dict[str, Any], spec: dict[str, Any], key: str) -> Iterator[tuple[str, str]]:
    """The (form, number) pairs of a noun: what is listed, else what the language's inflection rules derive."""
    ones = spec["one"] if "one" in spec else [key] if rules["script"] == "latin" else []
    many = spec.get("many")
    two = spec.get("two")
    inflection = rules["inflection"]
    for one in ones:
        yield one, "one"
        for form in _inflect(one, inflection["accusative"]):
            yield form, "one"
        if many is None:
            for form in _inflect(one, inflection["many"]):
                yield form, "many"
    for form in many or []:
        yield form, "many"
    listed = {fold(form) for form in many or []}
    for one in ones:
        for form in two if two is not None else _inflect(one, inflection["two"]):
            if fold(form) not in listed:
                yield form, "two"


def construct_duals(rules: dict[str, Any], spec: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The (form, ending) pairs of the duals that lose their last letter before a noun (ناقلتا نفط).

    Of a term of several words the whole is given (ضابطي شرطة); a single word needs its noun after it.
    """
    for one in spec.get("one") or []:
        head, _, tail = one.partition(" ")
        for ending, forms in rules["inflection"].get("construct") or []:
            if head.endswith(ending):
                base = head.removesuffix(ending)
                yield from ((f"{base}{form} {tail}".strip(), form) for form in forms)
                break


def _inflect(term: str, suffix_rules: list[list[Any]]) -> list[str]:
    """The forms of a term: of its last word in Latin script; else of its first word, and of all words in step."""
    head, _, tail = term.partition(" ")
    if not tail:
        return _inflect_word(term, suffix_rules)
    if head[0].isascii():
        first, _, last = term.rpartition(" ")
        return [f"{first} {form}" for form in _inflect_word(last, suffix_rules)]
    heads = _inflect_word(head, suffix_rules)
    in_step = [_inflect_word(word, suffix_rules) or [word] for word in tail.split(" ")]
    forms = [f"{form} {tail}" for form in heads]
    for k, form in enumerate(heads or [head]):
        rest = " ".join(bent[min(k, len(bent) - 1)] for bent in in_step)
        forms.append(f"{form} {rest}")
    return [form for form in dict.fromkeys(forms) if form != term]


def _inflect_word(word: str, suffix_rules: list[list[Any]]) -> list[str]:
    for ending, forms in suffix_rules:
        if word.endswith(ending):
            base = word[: len(word) - len(ending)] if ending else word
            return [f"{base}{form}" for form in forms]
    return []
