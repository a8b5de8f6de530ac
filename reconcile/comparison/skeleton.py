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
    articles, digraphs, classes = _letters()
    plain = articles.sub("", fold(name).strip())
    for written, read in digraphs:
        plain = plain.replace(written, read)
    return DOUBLED.sub(r"\1", "".join(classes.get(letter, "") for letter in plain))


@lru_cache(maxsize=1)
def _letters() -> tuple[re.Pattern[str], tuple[tuple[str, str], ...], dict[str, str]]:
    rules = load_rules("skeleton.yml")
    apart, glued = ("|".join(map(re.escape, rules["articles"][name])) for name in ("apart", "glued"))
    articles = re.compile(rf"^(?:(?:{apart})[-\u2010\u2011 ]|(?:{glued})(?=..))")
    classes = {letter: name for name, letters in rules["classes"].items() for letter in letters}
    return articles, tuple(rules["digraphs"].items()), classes
