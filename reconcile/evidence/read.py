"""Evidence: what each sentence of an article names, as typed columns, so that reports can be weighed against
each other.

Nothing is decided here. A name is a word that a writer marks as one, or, in a script without capitals, any word that is
not common; `spellings` are its consonants, by which it is known again in another script.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from reconcile import schema
from reconcile.articles.language import detect_language
from reconcile.context.lexicon import Mark, languages, lexicon_for
from reconcile.context.names import name_book
from reconcile.evidence.sites import sites
from reconcile.evidence.skeleton import skeleton
from reconcile.evidence.words import COMMON_ZIPF, bare, is_arabic, unjoined, with_article, zipf
from reconcile.rules.cities import City, gazetteer
from reconcile.rules.files import load_rules
from reconcile.text import Passage
from reconcile.text.fold import fold
from reconcile.text.passage import WORD

TITLE, LEAD, BODY = "title", "lead", "body"
LEAD_SENTENCES = 3
LONGEST_PLACE = 3  # words of a city's name
SHORTEST_NAME = 3
SHORTEST_SPELLING = 3  # consonants
TITLE_CASE = 0.6  # of a heading's words in capitals: then capitals mark no names there
STEM = 5  # letters by which words of one text are known in another
EVIDENCE_COLUMNS = ("zone", "names", "spellings", "sites", "localities", "countries", "happenings", "words")
UNSPOKEN = -1  # where the sentence of a title begins that is not part of the text


@dataclass(frozen=True, slots=True)
class SentenceEvidence:
    """What one sentence names; `start` is its first code point."""

    start: int
    zone: str
    names: tuple[str, ...]
    spellings: tuple[str, ...]
    sites: tuple[str, ...]
    localities: tuple[str, ...]
    countries: tuple[str, ...]
    happenings: tuple[str, ...]
    words: tuple[int, ...]


def evidence(articles: pl.DataFrame) -> pl.DataFrame:
    """Every sentence of every article with what it names: a frame of schema.EVIDENCE, in the order of the texts.

    `articles` needs `article_id` and `text`; `title`, `language` and `story` are used where they are.

    >>> told = evidence(pl.DataFrame({"article_id": ["a"], "language": ["en"],
    ...     "text": ["A fire in Sfax, Tunisia, killed two."]}))
    >>> row = told.row(0, named=True)
    >>> row["localities"], row["countries"], row["happenings"]
    (['Sfax'], ['TN'], ['fire'])
    """
    rows: list[dict[str, Any]] = []
    for article in articles.iter_rows(named=True):
        text, title = article["text"], article.get("title")
        language = article.get("language")
        if language not in languages():
            language = detect_language(text)
        for found in read_sentences(Passage(text), language, title):
            rows.append(
                {"article_id": article["article_id"], "story": article.get("story"), "sentence_start": found.start,
                 **{name: getattr(found, name) for name in EVIDENCE_COLUMNS}}
            )  # fmt: skip
    return pl.DataFrame(rows, schema=schema.EVIDENCE, orient="row")


def read_sentences(
    passage: Passage, language: str | None, title: str | None = None, marks: Sequence[Mark] | None = None
) -> list[SentenceEvidence]:
    """What the sentences of a passage name, in order, a title that is not part of the text before them.

    `marks` are the cues of the lexicon where they are known already.
    """
    found: list[SentenceEvidence] = []
    heading = " ".join((title or "").split())
    is_told = bool(heading) and " ".join(passage.text[: len(title or "") * 2].split()).startswith(heading)
    if heading and not is_told:
        apart = read_sentences(Passage(heading), language)
        found += [
            SentenceEvidence(UNSPOKEN, TITLE, *(tuple(dict.fromkeys(v for s in apart for v in getattr(s, name)))
                                         for name in EVIDENCE_COLUMNS[1:]))
        ]  # fmt: skip
    reader = _Reader(passage, language, marks)
    body = 0
    for number, (start, end) in enumerate(passage.sentences):
        if is_told and number == 0:
            zone = TITLE
        else:
            zone, body = (LEAD if body < LEAD_SENTENCES else BODY), body + 1
        found.append(reader.sentence(start, end, zone))
    return found


class _Reader:
    def __init__(self, passage: Passage, language: str | None, marks: Sequence[Mark] | None) -> None:
        self.passage = passage
        self.keys = passage.keys
        self.words = [i for i, kind in enumerate(passage.kinds) if kind == WORD]
        self.caps = frozenset(i for i in self.words if passage.text[passage.starts[i]].isupper())
        self.lower = frozenset(self.keys[i] for i in self.words if passage.text[passage.starts[i]].islower())
        first = frozenset(bisect_left(passage.starts, start) for start, _ in passage.sentences)
        self.first = first
        self.seen = frozenset(
            self.keys[i] for i in self.caps if i not in first
        )  # with a capital that needs none
        self.forms = frozenset(bare(self.keys[i]) for i in self.words if is_arabic(self.keys[i]))
        mentions = name_book().mentions(passage)
        self.mentions = [(m.first, m.last, m.entity) for m in mentions if m.entity.country is not None]
        self.known = frozenset(t for first, last, _ in self.mentions for t in range(first, last + 1))
        self.language = language
        self._marks = marks

    def sentence(self, start: int, end: int, zone: str) -> SentenceEvidence:
        first = bisect_left(self.passage.starts, start)
        last = bisect_left(self.passage.starts, end) - 1
        tokens = range(first, last + 1)
        words = [i for i in tokens if self.passage.kinds[i] == WORD]
        shouted = len(words) > 2 and sum(i in self.caps for i in words) >= TITLE_CASE * len(words)
        names = [(i, key) for i in words if (key := self._name(i, shouted)) is not None]
        localities = dict(self._localities(words, shouted))
        named = [key for _, key in names]
        countries = [e.country for a, _, e in self.mentions if first <= a <= last and e.country is not None]
        return SentenceEvidence(
            start,
            zone,
            tuple(dict.fromkeys(named)),
            tuple(dict.fromkeys(s for s in map(skeleton, named) if len(s) >= SHORTEST_SPELLING)),
            sites(self.passage, words, self.known),
            tuple(localities),
            tuple(dict.fromkeys((*countries, *localities.values()))),
            tuple(dict.fromkeys(self._happenings(first, last)))
            if zone != BODY or self._marks is not None
            else (),
            tuple(dict.fromkeys(_hash(self.keys[i]) for i in words if len(self.keys[i]) > 2)),
        )

    def _name(self, i: int, shouted: bool) -> str | None:
        key: str = self.keys[i]
        if is_arabic(key):
            form = unjoined(key, self.forms)
            if (
                len(form) < SHORTEST_NAME
                or zipf(form) >= COMMON_ZIPF
                or form in _vocabulary()
                or key in _vocabulary()
            ):
                return None
            return form
        if i not in self.caps or len(key) < SHORTEST_NAME or key in _no_names():
            return None
        if (shouted or i in self.first) and (
            key in self.lower or (key not in self.seen and zipf(key) > COMMON_ZIPF - 1)
        ):
            return None
        if key in self.lower and zipf(key) > COMMON_ZIPF:
            return None
        return key

    def _localities(self, words: Sequence[int], shouted: bool) -> Iterator[tuple[str, str]]:
        """Cities, the longest name at each place, with their countries."""
        after = -1
        for at, i in enumerate(words):
            if i <= after:
                continue
            key = self.keys[i]
            arabic = is_arabic(key)
            if arabic:
                form = unjoined(key, self.forms)
                if zipf(form) >= COMMON_ZIPF + 0.4 and form not in self.passage.keys:
                    continue
                first: Iterable[str] = dict.fromkeys((form, key, with_article(form)))
            elif i in self.caps:
                first = (key,)
            else:
                continue
            for length in range(LONGEST_PLACE, 0, -1):
                run = words[at : at + length]
                if len(run) < length or run[-1] - i != length - 1:
                    continue
                rest = "".join(f" {self.keys[t]}" for t in run[1:])
                city = next((c for form in first if (c := _largest(form + rest)) is not None), None)
                if city is None or (length == 1 and not self._is_place(i, key, shouted)):
                    continue
                yield city.name, city.country
                after = run[-1]
                break

    def _is_place(self, i: int, key: str, shouted: bool) -> bool:
        """Whether a single word that is some city's name is one here: no word of the language, no person's first
        name."""
        if is_arabic(key):
            return bare(key) not in _vocabulary() and key not in _vocabulary()
        if key in _no_names() or key in self.lower:
            return False
        following = i + 1
        return not (following in self.caps and self.keys[following] not in _no_names() and not shouted)

    def _happenings(self, first: int, last: int) -> Iterator[str]:
        """The classes of the kinds of event that are named between two tokens."""
        if self._marks is None:
            if self.language not in languages():
                return
            text = (
                self.passage.text[self.passage.starts[first] : self.passage.ends[last]]
                if last >= first
                else ""
            )
            marks: Iterable[Mark] = lexicon_for(self.language).marks(Passage(text))
        else:
            marks = (m for m in self._marks if first <= m.first <= last)
        classes = _classes()
        for mark in marks:
            if mark.cue.group == "event_types":
                yield classes.get(mark.cue.name, mark.cue.name)
            elif mark.cue.group == "occasions":
                yield mark.cue.name


@lru_cache(maxsize=200_000)
def _hash(key: str) -> int:
    return zlib.crc32(bare(key)[:STEM].encode("utf8"))


@lru_cache(maxsize=50_000)
def _largest(name: str) -> City | None:
    namesakes = gazetteer().get(name)
    return max(namesakes, key=lambda city: city.population) if namesakes else None


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    return {kind: name for name, kinds in load_rules("occasions.yml")["classes"].items() for kind in kinds}


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return frozenset(fold(str(word)) for word in load_rules("linking/evidence.yml")["no_names"]) | _calendar()


@lru_cache(maxsize=1)
def _calendar() -> frozenset[str]:
    from babel import Locale

    found: set[str] = set()
    for language in ("ar", "en", "fr"):
        locale = Locale.parse(language)
        for field in (locale.months, locale.days):
            for width in ("wide", "abbreviated"):
                found |= {fold(str(name)).strip(".") for name in field["format"][width].values()}
    return frozenset(found)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Words of the script without capitals that are no names: those of the rules, nouns and calendar."""
    found: set[str] = set()
    for group, words in load_rules("context/ar.yml").items():
        if group not in ("place_names", "capitals", "not_cities", "ambiguous_places"):
            found.update(_strings(words))
    found.update(_strings(load_rules("nouns/ar.yml")))
    found.update(_strings(load_rules("ar.yml")))
    parts = {bare(fold(part.strip("=?"))) for text in found for part in text.split() if part}
    return frozenset(part for part in parts if is_arabic(part)) | _calendar()


def _strings(rules: Any) -> Iterator[str]:
    if isinstance(rules, str):
        yield rules
    elif isinstance(rules, dict):
        for key, value in rules.items():
            yield from _strings(key)
            yield from _strings(value)
    elif isinstance(rules, Collection):
        for value in rules:
            yield from _strings(value)
