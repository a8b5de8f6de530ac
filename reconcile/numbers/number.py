"""What a number is once it has been read."""

from __future__ import annotations

from typing import NamedTuple

INFINITY = float("inf")


class Number(NamedTuple):
    """A number as read: its value or its vague bounds, and the tokens it took."""

    value: float | None
    first: int
    last: int
    low: float | None = None
    high: float | None = None
    form: str = "words"  # digits, words, mixed, dual, vague, fraction, scale
    scale: float = 1.0  # the weight of the smallest scale word in it
    weak: bool = False  # a word that is no figure unless something counted stands beside it
    article: bool = False  # a definite article was glued to it
    rule: str = ""
    about: int | None = None  # the token of a scale word that only estimates (une dizaine)
