"""Skeletons: what a name keeps when it is written in another script, so that it is known again.

Vowels are written or left out as the script has it, and one letter of the one stands for several of the other; the
order of the consonants stays. Names with one skeleton may be one name, names with two are not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reconcile.text.fold import fold

# Letters that stand for one another across Arabic and Latin spelling; the digraphs are read first.
_DIGRAPHS = (("kh", ""), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("ck", "k"),
             ("qu", "k"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("tch", "s"), ("x", "ks"))  # fmt: skip
_CLASSES = {
    "b": "بپbp", "t": "تطثt", "g": "جغگgj", "d": "دذضظd", "r": "رr", "s": "سشصزچsz", "f": "فڤfv", "k": "قكkqc",
    "l": "لl", "m": "مm", "n": "نn",
}  # fmt: skip
_CLASS_OF = {letter: name for name, letters in _CLASSES.items() for letter in letters}
_ARTICLES = re.compile(r"^(?:al|el|an|ar|as|ash|at|ad|az|ath)[-\u2010\u2011 ]|^ال(?=..)")


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The consonants of a name in the classes that both scripts have, without article, vowels and doubling.

    >>> skeleton("Nuseirat"), skeleton("النصيرات"), skeleton("Kerkennah") == skeleton("قرقنة")
    ('nsrt', 'nsrt', True)
    """
    plain = _ARTICLES.sub("", fold(name).strip())
    for written, read in _DIGRAPHS:
        plain = plain.replace(written, read)
    classes = (_CLASS_OF.get(letter, "") for letter in plain)
    return re.sub(r"(.)\1+", r"\1", "".join(classes))
