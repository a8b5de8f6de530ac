"""Sites: the provinces, villages, camps, firms and ships that a sentence names by kind, as a reader tells them apart.

No gazetteer has them all, and each script spells them its own way: a name beside a word for such a thing is kept by its
consonants, whole and word by word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reconcile.evidence.skeleton import skeleton
from reconcile.evidence.words import is_arabic
from reconcile.rules.files import load_rules
from reconcile.text import Passage
from reconcile.text.fold import fold
from reconcile.text.passage import WORD

LONGEST_NAME = 3
LONGEST_UNCASED = 2
SHORTEST = 2  # consonants of a name by which it is known


@dataclass(frozen=True)
class _Rules:
    kinds: dict[str, str]
    links: frozenset[str]
    fillers: frozenset[str]
    no_names: frozenset[str]


def sites(passage: Passage, tokens: Sequence[int], barred: frozenset[int]) -> tuple[str, ...]:
    """The sites among some tokens, each as its kind and the consonants of a reading of its name; `barred` are tokens of
    names that are known otherwise.

    >>> text = Passage("a raid on the Nuseirat refugee camp")
    >>> sites(text, range(len(text)), frozenset())
    ('camp nsrt',)
    """
    rules = _rules()
    words = [t for t in tokens if passage.kinds[t] == WORD]
    found: dict[str, None] = {}
    for at, token in enumerate(words):
        kind = rules.kinds.get(passage.keys[token])
        if kind is None:
            continue
        for run in _names(passage, words, at, barred):
            parts = [skeleton(word) for word in run]
            for part in ("".join(parts), *parts):
                if len(part) >= SHORTEST:
                    found[f"{kind} {part}"] = None
    return tuple(found)


def _names(passage: Passage, words: Sequence[int], at: int, barred: frozenset[int]) -> list[list[str]]:
    """The names beside the word for a kind: after its "of" or before it, else after it."""
    rules = _rules()
    after = at + 1
    while after < len(words) and passage.keys[words[after]] in rules.links:
        after += 1
    runs = [_before(passage, words, at, barred)]
    if after > at + 1 or not runs[0]:
        runs.append(_after(passage, words, after, barred))
    return [run for run in runs if run]


def _after(passage: Passage, words: Sequence[int], first: int, barred: frozenset[int]) -> list[str]:
    """The name that begins at a word: words in capitals; in a script without them the next word, or the next two."""
    rules = _rules()
    run: list[str] = []
    for token in words[first : first + LONGEST_NAME]:
        key, written = passage.keys[token], passage.written(token, token)
        if written[0].islower() or token in barred or key in rules.no_names or key in rules.kinds:
            break
        if is_arabic(key) and len(run) == LONGEST_UNCASED:
            break
        run.append(key)
    return run[:1] if run and is_arabic(run[0]) else run


def _before(passage: Passage, words: Sequence[int], at: int, barred: frozenset[int]) -> list[str]:
    """The words in capitals before a word, past what may stand between: the Nuseirat refugee camp."""
    rules = _rules()
    last = at - 1
    while last >= 0 and passage.keys[words[last]] in rules.fillers:
        last -= 1
    first = last
    while first > last - LONGEST_NAME and first >= 0 and _is_cased(passage, words[first]):
        first -= 1
    run = words[first + 1 : last + 1]
    return [passage.keys[t] for t in run if t not in barred and passage.keys[t] not in rules.no_names]


def _is_cased(passage: Passage, token: int) -> bool:
    return passage.written(token, token)[0].isupper() and passage.keys[token] not in _rules().links


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    rules = load_rules("linking/sites.yml")
    clitics = tuple(fold(str(c)) for c in rules["clitics"])
    kinds = {fold(str(word)): kind for kind, words in rules["kinds"].items() for word in words}
    glued = {clitic + word: kind for word, kind in kinds.items() if is_arabic(word) for clitic in clitics}
    return _Rules(
        kinds={**glued, **kinds},
        links=frozenset(fold(str(w)) for w in rules["links"]),
        fillers=frozenset(fold(str(w)) for w in rules["fillers"]),
        no_names=frozenset(fold(str(w)) for w in rules["no_names"]),
    )
