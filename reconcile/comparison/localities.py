"""Localities: the countries, provinces, villages, camps and schools that two sentences name, and whether these can be
the same.

No gazetteer has them all, and each script spells them its own way. Here two names of one kind of place are compared by
their skeletons: where neither sentence has the other's name at all, they speak of two places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from reconcile.comparison.skeleton import skeleton
from reconcile.context.names import name_book
from reconcile.rules.files import load_rules
from reconcile.text import Passage
from reconcile.text.fold import fold

WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
LONGEST_NAME = 3
LONGEST_UNCASED = 2
SHORTEST = 2  # consonants of a name by which it is known among other words


@dataclass(frozen=True)
class Localities:
    """The names of each kind of place in a sentence, each with its readings; and the codes of the countries that it
    names, by whatever name, people or body of theirs."""

    sentence: str
    names: dict[str, tuple[frozenset[str], ...]]
    countries: frozenset[str]


@dataclass(frozen=True)
class _Rules:
    kinds: dict[str, str]
    links: frozenset[str]
    fillers: frozenset[str]
    no_names: frozenset[str]
    clitics: tuple[str, ...]


def with_localities(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add `locality_differs` (the sentences name two localities of one kind), `same_country` and `country_differs`
    (each sentence names one country) to pairs of different articles, one measure, and no event by name.

    >>> pairs = pl.DataFrame({"article_id_code_a": 1, "article_id_code_b": 2, "measure_code_a": 1, "measure_code_b": 1,
    ...     "nameless_a": True, "nameless_b": True,
    ...     "sentence_a": "A raid on the Nuseirat refugee camp killed 22.", "sentence_b": "قتل تسعة في مخيم البريج."})
    >>> with_localities(pairs).select("locality_differs", "same_country").row(0)
    (True, False)
    """
    asked = (
        pl.col("nameless_a")
        & pl.col("nameless_b")
        & (pl.col("article_id_code_a") != pl.col("article_id_code_b"))
        & (pl.col("measure_code_a") == pl.col("measure_code_b"))
    )
    found: list[tuple[bool, bool, bool]] = []
    for wanted, a, b in pairs.select(asked.fill_null(False), "sentence_a", "sentence_b").iter_rows():
        found.append(_between(localities(a), localities(b)) if wanted and a and b else (False, False, False))
    columns = ("locality_differs", "same_country", "country_differs")
    return pairs.hstack(pl.DataFrame(found, schema=dict.fromkeys(columns, pl.Boolean()), orient="row"))


def _between(one: Localities, other: Localities) -> tuple[bool, bool, bool]:
    single = len(one.countries) == 1 == len(other.countries)
    same = single and one.countries == other.countries
    return differ(one, other), same, single and not same


def differ(one: Localities, other: Localities) -> bool:
    """Whether both name a place of one kind, and neither has the other's name.

    >>> differ(localities("in Sohag province"), localities("في محافظة سوهاج"))
    False
    """
    return any(
        kind in other.names and not _named(names, other, kind) and not _named(other.names[kind], one, kind)
        for kind, names in one.names.items()
    )


def _named(names: tuple[frozenset[str], ...], place: Localities, kind: str) -> bool:
    """Whether a sentence has one of these names; one of a single consonant (Ouaddaï) only as a name of the kind."""
    words = _words(place.sentence)
    others = place.names.get(kind, ())
    return any(
        any(len(reading) >= SHORTEST and reading in words for reading in name)
        or any(name & other for other in others if not (_is_long(name) and _is_long(other)))
        for name in names
    )


def _is_long(name: frozenset[str]) -> bool:
    return any(len(reading) >= SHORTEST for reading in name)


@lru_cache(maxsize=16384)
def localities(sentence: str) -> Localities:
    """What a sentence says of places by name and kind."""
    rules = _rules()
    passage = Passage(sentence)
    known = [m for m in name_book().mentions(passage) if m.entity.country is not None]
    countries = frozenset(str(m.entity.country) for m in known)
    barred = rules.no_names.union(*(passage.keys[m.first : m.last + 1] for m in known))
    written = WORD.findall(sentence)
    keys = [fold(word) for word in written]
    names: dict[str, list[frozenset[str]]] = {}
    for at, key in enumerate(keys):
        kind = rules.kinds.get(key)
        if kind is not None:
            name = _name(written, keys, at, barred)
            if name:
                names.setdefault(kind, []).append(name)
    return Localities(sentence, {kind: tuple(found) for kind, found in names.items()}, countries)


def _name(written: list[str], keys: list[str], at: int, barred: frozenset[str]) -> frozenset[str]:
    """The skeletons of the name beside the word for a kind of place: after its "of" or before it, else after it."""
    after = at + 1
    while after < len(keys) and keys[after] in _rules().links:
        after += 1
    runs = [_run_before(written, keys, at, barred)]
    if after > at + 1 or not runs[0]:
        runs.append(_run(written, keys, after, barred))
    readings: set[str] = set()
    for run in runs:
        parts = [skeleton(word) for word in run]
        readings.update("".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1))
    return frozenset(filter(None, readings))


def _run(written: list[str], keys: list[str], first: int, barred: frozenset[str]) -> list[str]:
    """The name that begins at a word: words in capitals; in a script without them the next word, or the next two."""
    rules = _rules()
    run: list[str] = []
    for key, word in zip(keys[first : first + LONGEST_NAME], written[first:], strict=False):
        if word[0].islower() or key in barred or key in rules.kinds:
            break
        if not word[0].isupper() and len(run) == LONGEST_UNCASED:
            break
        run.append(key)
    return run


def _run_before(written: list[str], keys: list[str], at: int, barred: frozenset[str]) -> list[str]:
    """The words in capitals before a word, past what may stand between: the Nuseirat refugee camp."""
    rules = _rules()
    last = at - 1
    while last >= 0 and keys[last] in rules.fillers:
        last -= 1
    first = last
    while (
        first > last - LONGEST_NAME
        and first >= 0
        and written[first][0].isupper()
        and keys[first] not in rules.links
    ):
        first -= 1
    return [key for key in keys[first + 1 : last + 1] if key not in barred]


@lru_cache(maxsize=1024)
def _words(sentence: str) -> frozenset[str]:
    """The skeletons of every word and every run of words, each also without what may be written on to it."""
    keys = [fold(word) for word in WORD.findall(sentence)]
    found: set[str] = set()
    for at, key in enumerate(keys):
        for form in (key, *(key[len(c) :] for c in _rules().clitics if key.startswith(c))):
            parts = [skeleton(word) for word in (form, *keys[at + 1 : at + LONGEST_NAME])]
            found.update("".join(parts[:n]) for n in range(1, len(parts) + 1))
    return frozenset(found)


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    rules = load_rules("localities.yml")
    clitics = tuple(fold(str(c)) for c in rules["clitics"])
    kinds = {fold(str(word)): kind for kind, words in rules["kinds"].items() for word in words}
    glued = {clitic + word: kind for word, kind in kinds.items() if not word.isascii() for clitic in clitics}
    return _Rules(
        kinds={**glued, **kinds},
        links=frozenset(fold(str(w)) for w in rules["links"]),
        fillers=frozenset(fold(str(w)) for w in rules["fillers"]),
        no_names=frozenset(fold(str(w)) for w in rules["no_names"]),
        clitics=clitics,
    )
