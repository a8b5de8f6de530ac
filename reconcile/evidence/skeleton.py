"""Skeletons: what a name keeps when it is written in another script, so that it is known again.

Vowels are written or left out as the script has it, and one letter of the one stands for several of the other; the
order of the consonants stays. Names with one skeleton may be one name, names with two are not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reconcile.rules.files import load_rules
from reconcile.text.fold import fold

DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The consonants of a name in the classes that both scripts have, without article, vowels and doubling.

    >>> skeleton("Nuseirat"), skeleton("Al-Fashir"), skeleton("Xylo")
    ('nsrt', 'fsr', 'ksl')
    """
    _, _, classes = _letters()
    return DOUBLED.sub(r"\1", "".join(classes.get(letter, "") for letter in _plain(name)))


@lru_cache(maxsize=65536)
def is_spelt(name: str, other: str) -> bool:
    """Whether a word of the Arabic script may be a Latin name: the same consonants, and no long vowel where the name
    has none of its kind. What a word begins and ends with is spelt too freely to tell.

    >>> is_spelt("Sadeem", "السديم"), is_spelt("Sadeem", "صدام"), is_spelt("Nouadhibou", "نواذيبو")
    (True, False, True)
    """
    if skeleton(name) != skeleton(other):
        return False
    room, long = _slots(name), _slots(other)
    return all(said <= allowed for allowed, said in zip(room[1:-1], long[1:-1], strict=True))


def _slots(name: str) -> list[frozenset[str]]:
    """The vowels before, between and after the consonants of a name; a doubled one is one consonant."""
    _, _, classes = _letters()
    slots: list[frozenset[str]] = [frozenset()]
    last = None
    for letter in _plain(name):
        if letter in classes and classes[letter] != last:
            last = classes[letter]
            slots.append(frozenset())
        else:
            slots[-1] |= frozenset(_vowels().get(letter, ""))
    return slots


def _plain(name: str) -> str:
    """A name without article, its digraphs as one letter each."""
    articles, digraphs, _ = _letters()
    plain = articles.sub("", fold(name).strip())
    for written, read in digraphs:
        plain = plain.replace(written, read)
    return plain


@lru_cache(maxsize=1)
def _vowels() -> dict[str, str]:
    vowels = load_rules("skeleton.yml")["vowels"]
    return {**vowels["long"], **vowels["short"]}


@lru_cache(maxsize=1)
def _letters() -> tuple[re.Pattern[str], tuple[tuple[str, str], ...], dict[str, str]]:
    rules = load_rules("skeleton.yml")
    apart, glued = ("|".join(map(re.escape, rules["articles"][name])) for name in ("apart", "glued"))
    articles = re.compile(rf"^(?:(?:{apart})[-\u2010\u2011 ]|(?:{glued})(?=..))")
    classes = {letter: name for name, letters in rules["classes"].items() for letter in letters}
    return articles, tuple(rules["digraphs"].items()), classes
