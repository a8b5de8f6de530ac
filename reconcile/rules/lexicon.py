"""The lexicon of a language: from a folded word or phrase to what it can mean in the grammar.

A word has senses by category (`num`, `mult`, `noun`, `month`, `hedge`, …); the grammar asks a token for the category
that it expects, so one word may be several things and the rules need no order. Glued particles are taken off here, by
the lists under `clitics:` of the language file; the entry then says which particle and whether an article went.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import compress
from operator import attrgetter
from typing import Any, NamedTuple

from reconcile.errors import RuleError
from reconcile.rules.files import load_rules
from reconcile.rules.senses import NO_PHRASES, UNKNOWN, Entry, Phrase, Phrases, Sense
from reconcile.text import Passage, fold
from reconcile.text.passage import NEWLINE, OPAQUE

LANGUAGES = ("ar", "en", "fr")
FALLBACK_LANGUAGE = "en"
MIN_STEM = 2
NUMERIC = frozenset(("num", "mult", "dual", "vague"))
LISTED_WITH_ARTICLE = frozenset(("weekday", "relative_day"))
CACHED_WORDS = 300_000  # distinct words kept; beyond, the cache begins anew


class Annotation(NamedTuple):
    """What the rules say of a passage: an entry a token, the tokens that may begin a figure, those of idioms, and where
    hedges end."""

    entries: list[Entry]
    beginnings: list[int]
    quiet: set[int]
    hedge_ends: dict[int, tuple[int, str]]


class _Cache(dict[str, Entry]):
    """Entries by word; what is missing is worked out."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, key: str) -> Entry:
        if len(self) > CACHED_WORDS:
            self.clear()
        found = self[key] = UNKNOWN if key[:1].isdecimal() else self._lexicon.analyse(key)
        return found


@dataclass
class Lexicon:
    """All words of one language, compiled from its rule files."""

    language: str
    rules: dict[str, Any]
    words: dict[str, dict[str, Sense]] = field(default_factory=dict)
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    conjunctions: frozenset[str] = frozenset()
    prefixes: tuple[tuple[str, str, str, bool], ...] = ()
    fraction_added: frozenset[str] = frozenset()
    direct_hedges: frozenset[str] = frozenset()
    cased: dict[str, list[Phrase]] = field(default_factory=dict)
    clitic_forms: frozenset[str] = frozenset()
    homographs: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    to_prefixes: frozenset[str] = frozenset()
    prefix_forms: dict[str, tuple[str, str, str, bool]] = field(default_factory=dict)
    prefix_lengths: tuple[int, ...] = ()
    _cache: _Cache = field(init=False)

    def __post_init__(self) -> None:
        self._cache = _Cache(self)

    def add(self, form: str, category: str, value: Any, *, keep: bool = False) -> None:
        """Enter a form as the text would have it; `keep` leaves an earlier sense of the category in place."""
        keys = phrase_keys(form)
        if not keys:
            raise RuleError(
                f"{self.language}.yml", f"{category}: {form!r} is empty when folded", "write the word out"
            )
        if len(keys) > 1:
            bucket = self.phrases.setdefault(keys[0], [])
            if not (keep and any(k == keys[1:] and c == category for k, c, _ in bucket)):
                bucket.append((keys[1:], category, value))
            return
        senses = self.words.setdefault(keys[0], {})
        if not (keep and category in senses):
            senses[category] = Sense(value)

    def add_cased(self, form: str, category: str, value: Any) -> None:
        """Enter a form that counts only as written: signs, codes, tickers (US is a country, us is not)."""
        passage = Passage(form)
        keys = tuple(passage.keys)
        written = tuple(passage.written(i, i) for i in range(len(passage)))
        self.cased.setdefault(keys[0], []).append((written, category, value))

    def finish(self) -> None:
        """Sort phrases, longest last (it wins), and keep what the grammar asks for often."""
        direct = self.rules.get("hedge_only_before_number", [])
        self.direct_hedges = frozenset(fold(word) for word in direct)
        self.fraction_added = frozenset(fold(word) for word in self.rules.get("fraction_added", []))
        for bucket in [*self.phrases.values(), *self.cased.values()]:
            bucket.sort(key=lambda item: len(item[0]))
        self.prefix_forms = {found[0]: found for found in self.prefixes}
        self.prefix_lengths = tuple(sorted({len(form) for form in self.prefix_forms}, reverse=True))
        self.clitic_forms = frozenset(found[0] for found in self.prefixes) | {
            fold(c) for c in self.conjunctions
        }

    def entry(self, key: str) -> Entry:
        """The entry of a folded word or sign, its glued particles taken off if the whole is unknown."""
        return self._cache[key]

    def analyse(self, key: str) -> Entry:
        """The same, worked out anew; the cache calls it once a word."""
        split = None if key in self.words else self._split(key)
        bare = key if split is None else key[len(split[0]) :]
        listed = self.phrases.get(bare, [])
        if bare != key:
            listed = [*listed, *self.phrases.get(key, [])]
        phrases, cased = _by_second_word(listed), tuple(self.cased.get(key, ()))
        if key in self.words:
            inherited = self._inherited(key)
            senses = self.words[key] if inherited is None else {**inherited, **self.words[key]}
            return Entry(senses, article=inherited is not None, phrases=phrases, cased=cased)
        if split is not None:
            prefix, particle, preposition, article = split
            stem = key[len(prefix) :]
            senses, inherited = self.words.get(stem, {}), self._inherited(stem)
            if inherited is not None:
                senses, article = {**inherited, **senses}, True
            return Entry(senses, particle, article, preposition, phrases, cased)
        return Entry({}, phrases=phrases, cased=cased) if phrases or cased else UNKNOWN

    def _inherited(self, key: str) -> dict[str, Sense] | None:
        """What a word listed with its article (اليوم) keeps of the bare word: what it counts or names in time."""
        article = fold(self.rules["clitics"]["article"])
        stem = key[len(article) :]
        if not article or not key.startswith(article) or key not in self.words or stem not in self.words:
            return None
        if not NUMERIC.isdisjoint(self.words[key]):
            return None  # the word only begins like an article (الف)
        return {c: s for c, s in self.words[stem].items() if c in ("time", "noun") or c.startswith("date_")}

    def _split(self, key: str) -> tuple[str, str, str, bool] | None:
        """The longest glued beginning that leaves a known word."""
        for length in self.prefix_lengths:
            found = self.prefix_forms.get(key[:length])
            if found is None or len(key) < length + MIN_STEM:
                continue
            stem = key[length:]
            if stem in self.words or stem in self.phrases:
                return self._before_listed(key, found) or self._before_number(key, found) or found
        return None

    def _before_listed(
        self, key: str, found: tuple[str, str, str, bool]
    ) -> tuple[str, str, str, bool] | None:
        """The particles without their article, where the rules list the word with it (والجمعة is "and Friday")."""
        article = fold(self.rules["clitics"]["article"])
        shorter = found[0].removesuffix(article) if found[3] else ""
        listed = self.words.get(key[len(shorter) :], {}) if shorter and shorter != found[0] else {}
        return self.prefix_forms.get(shorter) if listed.keys() & LISTED_WITH_ARTICLE else None

    def _before_number(
        self, key: str, found: tuple[str, str, str, bool]
    ) -> tuple[str, str, str, bool] | None:
        """The particles without their article, where this belongs to a number (وألفي is no "and the in")."""
        article = fold(self.rules["clitics"]["article"])
        shorter = found[0].removesuffix(article) if found[3] else ""
        if not shorter or NUMERIC.isdisjoint(self.words.get(key[len(shorter) :], {})):
            return None
        return self.prefix_forms.get(shorter)

    def bare(self, key: str) -> str:
        """The word without its glued particles, as far as the rest is known to the rules."""
        if key in self.words:
            return key
        split = self._split(key)
        return key[len(split[0]) :] if split is not None else key

    def annotate(self, passage: Passage) -> Annotation:
        """What the rules say of each token, phrases included."""
        keys = passage.keys
        entries = list(map(self._cache.__getitem__, keys))
        if OPAQUE in passage.kinds:
            entries = [
                UNKNOWN if kind == OPAQUE else e for kind, e in zip(passage.kinds, entries, strict=True)
            ]
        quiet: set[int] = set()
        hedge_ends: dict[int, tuple[int, str]] = {}
        beginnings: list[int] = []
        following = [*keys[1:], ""]
        for i in compress(range(len(entries)), map(_TELLS, entries)):
            found = entries[i]
            if found.marked or following[i] in found.phrases:
                senses = _with_phrases(passage, i, found)
                if senses is not found.senses:
                    found = entries[i] = found.with_senses(senses)
                if "idiom" in senses:
                    quiet.update(range(i, i + senses["idiom"].length))
                if "hedge" in senses:
                    value, length = senses["hedge"]
                    hedge_ends.setdefault(i + length, (i, value))
            if found.may_begin:
                beginnings.append(i)
        return Annotation(entries, beginnings, quiet, hedge_ends)


_TELLS: Callable[[Entry], bool] = attrgetter("tells")


def _by_second_word(phrases: list[Phrase]) -> Phrases:
    if not phrases:
        return NO_PHRASES
    seconds = dict.fromkeys(rest[0] for rest, _, _ in phrases)
    return {word: tuple(phrase for phrase in phrases if phrase[0][0] == word) for word in seconds}


def _with_phrases(passage: Passage, i: int, found: Entry) -> dict[str, Sense]:
    """The senses of token `i`, those of the phrases that begin with it included."""
    keys, senses = passage.keys, found.senses
    following = keys[i + 1] if i + 1 < len(keys) else ""
    for rest, category, value in found.phrases.get(following, ()):
        length = len(rest) + 1
        if length == 2 or tuple(keys[i + 1 : i + length]) == rest:
            senses = {**senses, category: Sense(value, length)}
    for written, category, value in found.cased:
        length = len(written)
        if i + length <= len(keys) and all(passage.written(i + j, i + j) == w for j, w in enumerate(written)):
            senses = {**senses, category: Sense(value, length)}
    return senses


def phrase_keys(form: str) -> tuple[str, ...]:
    """The folded tokens of a form, as a passage would have them.

    >>> phrase_keys("a.m.")
    ('a', '.', 'm', '.')
    """
    passage = Passage(form)
    return tuple(k for k, kind in zip(passage.keys, passage.kinds, strict=True) if kind != NEWLINE)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of `ar`, `en` or `fr`; RuleError if its rule file is missing or wrong."""
    from reconcile.rules.compile import compile_language

    rules = load_rules(f"{language}.yml")
    if not rules:
        raise RuleError(
            f"{language}.yml", "there is no such rule file", f"use one of {', '.join(known_languages())}"
        )
    return compile_language(language, rules)


@cache
def known_languages() -> tuple[str, ...]:
    """The languages that have a rule file, in a fixed order."""
    return tuple(lang for lang in LANGUAGES if load_rules(f"{lang}.yml"))
