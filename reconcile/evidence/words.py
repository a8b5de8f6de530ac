"""Words as evidence: a key that is one for every way of writing a word, and how much it tells that two texts share it.

A word that every tenth report has tells nothing; the name of a village tells nearly all. How frequent words are comes
from a table of the language (`rules/linking/words.tsv`); what it does not hold is rare.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from reconcile.rules.files import load_rules
from reconcile.text.fold import fold

TABLE = Path(__file__).parents[1] / "rules" / "linking" / "words.tsv"
RARE_ZIPF = 3.0  # of a word that the table does not hold
COMMON_ZIPF = 4.6  # above, a word is none's name by itself, unless it is written with a capital
SHORTEST = 3


def is_arabic(key: str) -> bool:
    """Whether a word is of the script that has no capitals."""
    return "\u0600" <= key[:1] <= "\u06ff"


def bare(key: str) -> str:
    """A folded word without the article written on to it.

    >>> bare("الخرطوم") == "خرطوم", bare("gary")
    (True, 'gary')
    """
    for article in _clitics()[0]:
        if key.startswith(article) and len(key) - len(article) >= SHORTEST:
            return key[len(article) :]
    return key


def with_article(key: str) -> str:
    """A bare word with the article written on to it, as many names of places are."""
    return str(load_rules("linking/evidence.yml")["articles"][0]) + key


def unjoined(key: str, known: Collection[str]) -> str:
    """A folded word without conjunction, preposition and article, where what is left is a word that is known.

    >>> unjoined("وببيروت", {"بيروت"}) == "بيروت"
    True
    """
    plain = bare(key)
    if plain in known or not is_arabic(key):
        return plain
    for clitic in _clitics()[1]:
        if plain.startswith(clitic) and len(plain) - len(clitic) >= SHORTEST:
            rest = bare(plain[len(clitic) :])
            if rest in known:
                return rest
    return plain


@lru_cache(maxsize=1)
def frequencies() -> dict[str, float]:
    """The Zipf frequency of every word of the table: of one that several languages have the highest.

    >>> frequencies()["people"] > 5, "nuseirat" in frequencies()
    (True, False)
    """
    found: dict[str, float] = {}
    for line in TABLE.read_text(encoding="utf8").splitlines():
        if line.startswith("#"):
            continue
        _, zipf, words = line.split("\t")
        value = float(zipf)
        for word in words.split(" "):
            if found.get(word, 0.0) < value:
                found[word] = value
    return found


def zipf(key: str) -> float:
    """The Zipf frequency of a word, `RARE_ZIPF` where the table does not hold it."""
    return frequencies().get(key, RARE_ZIPF)


@lru_cache(maxsize=1)
def _clitics() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Articles with what may stand before them on the same word, the longest first; and what else may stand there."""
    rules = load_rules("linking/evidence.yml")
    by_length = [
        tuple(sorted((fold(str(w)) for w in rules[name]), key=lambda w: (-len(w), w)))
        for name in ("articles", "clitics")
    ]
    return by_length[0], by_length[1]
