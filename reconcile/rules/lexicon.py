"""The lexicon of a language: from a folded word or phrase to what it can mean in the grammar.

A word has senses by category (`num`, `mult`, `noun`, `month`, `hedge`, …); the grammar asks a token for the category
that it expects, so one word may be several things and the rules need no order. Glued particles are taken off here, by
the lists under `clitics:` of the language file; the entry then says which particle and whether an article went.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from reconcile.errors import RuleError
from reconcile.rules.files import load_rules
from reconcile.text import Passage, fold
from reconcile.text.passage import NEWLINE, SYMBOL, WORD

LANGUAGES = ("ar", "en", "fr")
FALLBACK_LANGUAGE = "en"
MIN_STEM = 2


class Sense(NamedTuple):
    """One meaning of a word or phrase: what it stands for, and how many tokens it takes."""

    value: Any
    length: int = 1


class Mult(NamedTuple):
    """A word that multiplies (hundred, million, dozen); `form` is one, accusative, two or many."""

    value: float
    form: str


class Noun(NamedTuple):
    """A counted noun: English singular, the unit it is counted in, and the grammatical number of this form."""

    id: str
    unit: str
    number: str


class Unit(NamedTuple):
    """A unit of time or of physical quantity, and the grammatical number of this form."""

    id: str
    number: str


class Money(NamedTuple):
    """A word or sign for money: the code if it is decided, else the candidates; factor 0.01 for a cent."""

    code: str | None
    candidates: tuple[str, ...]
    factor: float
    number: str
    family: str | None


class Entry:
    """What a token can mean: senses by category, the particles taken off it, and whether an article was."""

    __slots__ = ("senses", "particle", "article", "preposition")

    def __init__(
        self, senses: dict[str, Sense], particle: str = "", article: bool = False, preposition: str = ""
    ) -> None:
        self.senses = senses
        self.particle = particle
        self.article = article
        self.preposition = preposition

    def with_senses(self, senses: dict[str, Sense]) -> Entry:
        return Entry(senses, self.particle, self.article, self.preposition)

    def get(self, category: str) -> Sense | None:
        return self.senses.get(category)

    def __contains__(self, category: str) -> bool:
        return category in self.senses

    def __repr__(self) -> str:
        return f"Entry({self.senses}, {self.particle!r}, {self.article})"


@dataclass
class Lexicon:
    """All words of one language, compiled from its rule files."""

    language: str
    rules: dict[str, Any]
    words: dict[str, dict[str, Sense]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], str, Any]]] = field(default_factory=dict)
    conjunctions: frozenset[str] = frozenset()
    prefixes: tuple[tuple[str, str, str, bool], ...] = ()
    fraction_added: frozenset[str] = frozenset()
    direct_hedges: frozenset[str] = frozenset()
    cased: dict[str, list[tuple[tuple[str, ...], str, Any]]] = field(default_factory=dict)
    clitic_forms: frozenset[str] = frozenset()
    to_prefixes: frozenset[str] = frozenset()
    _cache: dict[str, Entry | None] = field(default_factory=dict)

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
        self.clitic_forms = frozenset(found[0] for found in self.prefixes) | {
            fold(c) for c in self.conjunctions
        }

    def entry(self, key: str) -> Entry | None:
        """The entry of a folded word, its glued particles taken off if the whole word is unknown."""
        try:
            return self._cache[key]
        except KeyError:
            found = self._analyse(key)
            if len(self._cache) > 300_000:
                self._cache.clear()
            self._cache[key] = found
            return found

    def _analyse(self, key: str) -> Entry | None:
        if key in self.words:
            return self._with_article(key) or Entry(self.words[key])
        split = self._split(key)
        if split is not None:
            prefix, particle, preposition, article = split
            return Entry(self.words.get(key[len(prefix) :], {}), particle, article, preposition)
        return Entry({}) if key in self.phrases else None

    def _with_article(self, key: str) -> Entry | None:
        """A word listed with its article (اليوم) keeps what the bare word counts or names in time."""
        article = fold(self.rules["clitics"]["article"])
        stem = key[len(article) :]
        if not article or not key.startswith(article) or stem not in self.words:
            return None
        inherited = {
            c: s for c, s in self.words[stem].items() if c in ("time", "noun") or c.startswith("date_")
        }
        return Entry({**inherited, **self.words[key]}, article=True)

    def _split(self, key: str) -> tuple[str, str, str, bool] | None:
        """The longest glued beginning that leaves a known word."""
        for found in self.prefixes:
            stem = key[len(found[0]) :]
            if (
                len(stem) >= MIN_STEM
                and key.startswith(found[0])
                and (stem in self.words or stem in self.phrases)
            ):
                return found
        return None

    def bare(self, key: str) -> str:
        """The word without its glued particles, as far as the rest is known to the rules."""
        if key in self.words:
            return key
        split = self._split(key)
        return key[len(split[0]) :] if split is not None else key

    def annotate(self, passage: Passage) -> list[Entry | None]:
        """For each token the entry that the grammar reads, phrases included; None where the rules know nothing."""
        entry, phrases = self.entry, self.phrases
        kinds, keys = passage.kinds, passage.keys
        entries: list[Entry | None] = [
            entry(key) if kind == WORD or kind == SYMBOL else None
            for kind, key in zip(kinds, keys, strict=True)
        ]
        n = len(keys)
        for i, found in enumerate(entries):
            if found is None:
                continue
            bare = self.bare(keys[i])
            bucket = phrases.get(bare, ())
            if bare != keys[i] and keys[i] in phrases:
                bucket = [*bucket, *phrases[keys[i]]]
            if not bucket:
                continue
            senses = None
            for rest, category, value in bucket:
                length = len(rest) + 1
                if i + length <= n and all(keys[i + 1 + j] == k for j, k in enumerate(rest)):
                    if senses is None:
                        senses = dict(found.senses)
                    senses[category] = Sense(value, length)
            if senses is not None:
                entries[i] = found.with_senses(senses)
        cased = self.cased
        for i, key in enumerate(keys):
            bucket = cased.get(key)
            if bucket is not None:
                self._cased_at(passage, i, bucket, entries)
        return entries

    def _cased_at(
        self,
        passage: Passage,
        i: int,
        bucket: list[tuple[tuple[str, ...], str, Any]],
        entries: list[Entry | None],
    ) -> None:
        found = entries[i]
        senses = None
        for written, category, value in bucket:
            length = len(written)
            if i + length <= len(passage) and all(
                passage.written(i + j, i + j) == w for j, w in enumerate(written)
            ):
                if senses is None:
                    senses = dict(found.senses) if found is not None else {}
                senses[category] = Sense(value, length)
        if senses is not None:
            entries[i] = found.with_senses(senses) if found is not None else Entry(senses)


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


def forms_of(rules: dict[str, Any], spec: dict[str, Any], key: str) -> Iterator[tuple[str, str]]:
    """The (form, number) pairs of a noun: what is listed, else what the language's inflection rules derive."""
    ones = spec["one"] if "one" in spec else [key] if rules["script"] == "latin" else []
    many = spec.get("many")
    two = spec.get("two")
    inflection = rules["inflection"]
    for one in ones:
        yield one, "one"
        for form in _inflect(one, inflection["accusative"]):
            yield form, "one"
        if many is None:
            for form in _inflect(one, inflection["many"]):
                yield form, "many"
    for form in many or []:
        yield form, "many"
    listed = {fold(form) for form in many or []}
    for one in ones:
        for form in two if two is not None else _inflect(one, inflection["two"]):
            if fold(form) not in listed:
                yield form, "two"


def _inflect(term: str, suffix_rules: list[list[Any]]) -> list[str]:
    """The forms of a term: of its last word in Latin script; else of its first word, and of all words in step."""
    head, _, tail = term.partition(" ")
    if not tail:
        return _inflect_word(term, suffix_rules)
    if head[0].isascii():
        first, _, last = term.rpartition(" ")
        return [f"{first} {form}" for form in _inflect_word(last, suffix_rules)]
    heads = _inflect_word(head, suffix_rules)
    in_step = [_inflect_word(word, suffix_rules) or [word] for word in tail.split(" ")]
    forms = [f"{form} {tail}" for form in heads]
    for k, form in enumerate(heads or [head]):
        rest = " ".join(bent[min(k, len(bent) - 1)] for bent in in_step)
        forms.append(f"{form} {rest}")
    return [form for form in dict.fromkeys(forms) if form != term]


def _inflect_word(word: str, suffix_rules: list[list[Any]]) -> list[str]:
    for ending, forms in suffix_rules:
        if word.endswith(ending):
            base = word[: len(word) - len(ending)] if ending else word
            return [f"{base}{form}" for form in forms]
    return []


__all__ = ["Entry", "Lexicon", "Money", "Mult", "Noun", "Sense", "Unit", "known_languages", "lexicon"]
