"""French numbers in words, to the trillions and in the Belgian and Swiss way, are read back."""

from __future__ import annotations

import random

import pytest

from reconcile.figures.find import read
from reconcile.numbers import parse_number

num2words = pytest.importorskip("num2words").num2words

SMALL = range(10_001)
LARGE = 10**12
SAMPLE = 500


def misread(numbers: list[int], way: str) -> list[tuple[int, str]]:
    found = []
    for number in numbers:
        words = num2words(number, lang=way)
        reader = read(words, "fr")
        got = parse_number(reader, 0)
        if got is None or got.value != number or got.last != reader.n - 1:
            found.append((number, words))
    return found


def test_small_numbers() -> None:
    assert misread(list(SMALL), "fr") == []


def test_large_numbers() -> None:
    chosen = random.Random(20241118)
    assert misread([chosen.randrange(SMALL.stop, LARGE) for _ in range(SAMPLE)], "fr") == []


@pytest.mark.parametrize("way", ["fr_BE", "fr_CH"])
def test_seventy_and_ninety_by_other_names(way: str) -> None:
    assert misread(list(range(60, 1100)), way) == []
