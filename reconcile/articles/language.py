"""The language of a text from its script and its function words; null where neither decides."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from reconcile.text import fold

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")
OWN_WEIGHT, COMMON_WEIGHT = 2, 1


@dataclass(frozen=True)
class Profile:
    """What gives a language away: its script, its words, and the letters that it never uses."""

    code: str
    script: str
    own: frozenset[str]
    common: frozenset[str]
    foreign_letters: frozenset[str]


@dataclass(frozen=True)
class Profiles:
    """The languages of `languages.yml` and how much of a text is looked at."""

    languages: tuple[Profile, ...]
    sample: int
    foreign_share: float


@lru_cache(maxsize=1)
def load_profiles() -> Profiles:
    """The languages that can be told apart, from `languages.yml` beside this module."""
    rules = yaml.safe_load(files("reconcile.articles").joinpath("languages.yml").read_text(encoding="utf-8"))
    languages = tuple(
        Profile(
            code=code,
            script=entry["script"],
            own=frozenset(map(fold, entry["own"])),
            common=frozenset(map(fold, entry["common"])),
            foreign_letters=frozenset(entry["foreign_letters"]),
        )
        for code, entry in rules["languages"].items()
    )
    return Profiles(languages, rules["sample"], rules["foreign_share"])


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or null where the text does not say.

    >>> detect_language("Police said that 83 people were arrested."), detect_language("83")
    ('en', None)
    """
    profiles = load_profiles()
    sample = text[: profiles.sample].lower()
    letters = Counter(c for c in sample if c.isalpha())
    script = _main_script(letters)
    known = [p for p in profiles.languages if p.script == script]
    rivals = [p for p in known if not _is_foreign(letters, p, profiles.foreign_share)]
    if len(known) == 1:
        return rivals[0].code if rivals else None
    words = Counter(fold(word) for word in _WORD.findall(sample))
    scores = sorted(((_score(words, p), p.code) for p in rivals), reverse=True)
    if not scores or scores[0][0] == 0 or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return None
    return scores[0][1]


@lru_cache(maxsize=8)
def words_of(code: str) -> frozenset[str]:
    """The function words by which a language is known, as they are written; none for one that is not known."""
    rules = yaml.safe_load(files("reconcile.articles").joinpath("languages.yml").read_text(encoding="utf-8"))
    entry = rules["languages"].get(code) or {}
    return frozenset(word for word in (*entry.get("own", ()), *entry.get("common", ())) if len(word) > 1)


def language_code(tag: str) -> str | None:
    """The language of a BCP 47 tag, or null where it is none.

    >>> language_code("ar-EG"), language_code("fr_FR"), language_code("Arabic, mostly")
    ('ar', 'fr', None)
    """
    match = _TAG.fullmatch(tag.strip())
    return match[1].lower() if match is not None else None


def _main_script(letters: Counter[str]) -> str | None:
    scripts: Counter[str] = Counter()
    for letter, n in letters.items():
        scripts[unicodedata.name(letter, "?").split()[0]] += n
    return scripts.most_common(1)[0][0] if scripts else None


def _is_foreign(letters: Counter[str], profile: Profile, share: float) -> bool:
    foreign = sum(n for letter, n in letters.items() if letter in profile.foreign_letters)
    return foreign > share * letters.total()


def _score(words: Counter[str], profile: Profile) -> int:
    own = sum(words[word] for word in profile.own)
    common = sum(words[word] for word in profile.common)
    return OWN_WEIGHT * own + COMMON_WEIGHT * common if own else 0
