"""Names: organisations, persons, countries and events as texts write them, found by one lookup a token.

A name is matched by folded words, past clitics and articles that the language writes on to it, and past quotation
marks; a name that is written with capitals must begin with one in the text, and one in all capitals must match as
written ("US" is not "us"). Sources: the organisation rules, CLDR territories, the place rules, `events.yml`.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

from reconcile.context.lexicon import languages
from reconcile.errors import InputError
from reconcile.resources import data_dir
from reconcile.rules.countries import country_names
from reconcile.rules.files import load_rules, parse_rules
from reconcile.text import Passage
from reconcile.text.passage import CLOSING_QUOTES, EITHER_QUOTES, OPENING_QUOTES, SYMBOL, WORD

QUOTES = OPENING_QUOTES | CLOSING_QUOTES | EITHER_QUOTES
SHORTEST_BARE_NAME = 3
LONGEST_NAME = 14


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something with a name. `kind`: person, agency, ministry, …, country, people, event, event_cue."""

    id: str
    name: str
    kind: str
    country: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in a passage, from token `first` to token `last`, both included."""

    entity: Entity
    first: int
    last: int
    clitic: str = ""


def of_country(entity: Entity, country: str) -> Entity:
    """The body of one country, of those that every country has."""
    return Entity(f"{entity.id}-{country}", f"{country} {entity.name}", "body", country)


class Mentions:
    """Mentions in the order of the text, found by tokens in logarithmic time."""

    def __init__(self, items: Iterable[Mention]) -> None:
        self.items = sorted(items, key=lambda m: (m.first, m.last))
        self._firsts = [m.first for m in self.items]

    def __iter__(self) -> Iterator[Mention]:
        return iter(self.items)

    def between(self, first: int, last: int) -> list[Mention]:
        """Those that begin and end between two tokens, both included."""
        low, high = bisect_left(self._firsts, first), bisect_right(self._firsts, last)
        return [m for m in self.items[low:high] if m.last <= last]

    def around(self, token: int) -> Mention | None:
        """The one that a token lies in."""
        return next(
            (
                m
                for m in self.between(token - LONGEST_NAME, token + LONGEST_NAME)
                if m.first <= token <= m.last
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of `events.yml`: how an event is recognised, and what holds of it."""

    id: str
    period_start: date | None
    period_end: date | None
    places: tuple[str, ...]
    actors: tuple[str, ...]
    needs: tuple[str, ...]
    published_within_days: int | None


@dataclass(frozen=True, slots=True)
class _Alias:
    rest: tuple[str, ...]
    entity: Entity
    written: str
    cased: bool
    exact: bool


class NameBook:
    """All names, in every language at once: an Arabic article may write a Latin name."""

    def __init__(
        self, articles: Iterable[str], proclitics: Iterable[str], otherwise: Iterable[str] = ()
    ) -> None:
        self._otherwise = tuple(otherwise)
        self._articles = tuple(sorted(set(articles), key=len, reverse=True))
        self._proclitics = tuple(sorted(set(proclitics), key=len, reverse=True))
        self._aliases: dict[str, list[_Alias]] = {}
        self._cache: dict[str, tuple[str, ...]] = {}

    def add(self, entity: Entity, alias: str) -> None:
        """Make `alias` a way to write `entity`."""
        passage = Passage(alias)
        keys = [k for k, kind in zip(passage.keys, passage.kinds, strict=True) if k not in QUOTES]
        if not keys:
            return
        letters = [c for c in alias if c.isalpha()]
        cased = any(c.isupper() for c in letters) and alias[0].isupper()
        exact = bool(letters) and all(c.isupper() for c in letters) and len(letters) <= 4
        bare = [self._bare(k) for k in keys]
        self._aliases.setdefault(bare[0], []).append(_Alias(tuple(bare[1:]), entity, alias, cased, exact))

    def seal(self) -> None:
        """Put the longest alias of every first word first; call once when all are added."""
        for aliases in self._aliases.values():
            aliases.sort(key=lambda a: -len(a.rest))

    def mentions(self, passage: Passage) -> list[Mention]:
        """Every name in a passage, in order, the longest at each place; event cues may lie inside other names."""
        found: list[Mention] = []
        covered = -1
        for i, kind in enumerate(passage.kinds):
            if kind != WORD:
                continue
            for mention in self._at(passage, i):
                if mention.entity.kind == "event_cue":
                    found.append(mention)
                elif i > covered:
                    found.append(mention)
                    covered = mention.last
        return found

    def _at(self, passage: Passage, i: int) -> list[Mention]:
        found: list[Mention] = []
        named = False
        for key in self._forms(passage.keys[i]):
            for alias in self._aliases.get(key, ()):
                if named and alias.entity.kind != "event_cue":
                    continue
                match = self._match(passage, i, alias)
                if match is not None:
                    last, entity = match
                    found.append(Mention(entity, i, last, self._clitic(passage.keys[i], key)))
                    named = named or entity.kind != "event_cue"
        found.sort(key=lambda m: m.first - m.last)
        return found

    def _match(self, passage: Passage, i: int, alias: _Alias) -> tuple[int, Entity] | None:
        """The last token of an alias that begins at a token, and whom it names; a body may hold whose it is."""
        at, entity = i, alias.entity
        for wanted in alias.rest:
            at += 1
            while at < len(passage) and passage.kinds[at] == SYMBOL and passage.keys[at] in QUOTES:
                at += 1
            if entity.kind == "body" and entity is alias.entity and at < len(passage):
                people = self._people(passage.keys[at])
                if people is not None:
                    entity, at = of_country(entity, people.name), at + 1
            if at >= len(passage) or (
                wanted != passage.keys[at] and wanted not in self._forms(passage.keys[at])
            ):
                return None
        written = passage.written(i, at)
        if written.endswith(self._otherwise):
            return None
        if alias.exact and "".join(c for c in written if c.isalpha()) != "".join(
            c for c in alias.written if c.isalpha()
        ):
            return None
        if alias.cased and not written[0].isupper():
            return None
        return at, entity

    def _people(self, key: str) -> Entity | None:
        """Whose a word that begins no longer name says that something is ("Afghan")."""
        return next(
            (
                a.entity
                for a in self._aliases.get(self._bare(key), ())
                if a.entity.kind == "people" and not a.rest
            ),
            None,
        )

    def _forms(self, key: str) -> tuple[str, ...]:
        """A word as written and without the clitics and articles that may be written on to it."""
        known = self._cache.get(key)
        if known is None:
            forms = [key, self._bare(key)]
            for proclitic in self._proclitics:
                if key.startswith(proclitic) and len(key) - len(proclitic) >= SHORTEST_BARE_NAME:
                    forms += [key[len(proclitic) :], self._bare(key[len(proclitic) :])]
            known = self._cache[key] = tuple(dict.fromkeys(forms))
        return known

    def _clitic(self, key: str, form: str) -> str:
        """What is written on to a name before it and before its article."""
        whole = form if key.endswith(form) else ""
        return next(
            (p for p in self._proclitics if whole and key != whole and self._strips(key, p, form)), ""
        )

    def _strips(self, key: str, proclitic: str, form: str) -> bool:
        rest = key.removeprefix(proclitic)
        return rest != key and form in (rest, self._bare(rest))

    def _bare(self, key: str) -> str:
        for article in self._articles:
            if key.startswith(article) and len(key) - len(article) >= SHORTEST_BARE_NAME:
                return key[len(article) :]
        return key


@lru_cache(maxsize=4)
def name_book(events_path: Path | None = None) -> NameBook:
    """The book of every name that the rules, CLDR and the events hold."""
    rules = [load_rules(f"context/{language}.yml") for language in languages()]
    fold_all = Passage
    articles = [fold_all(a).keys[0] for r in rules for a in r.get("articles", ())]
    proclitics = [fold_all(p).keys[0] for r in rules for p in r.get("proclitics", ())]
    otherwise = [str(word) for r in rules for word in r.get("spelt_otherwise", ())]
    book = NameBook(articles, proclitics, otherwise)
    for entity, alias in _organisations():
        book.add(entity, alias)
    for entity, alias in _places():
        book.add(entity, alias)
    for spec in _event_specs(events_path):
        event = str(spec["id"])
        for aliases in (spec.get("names") or {}).values():
            for alias in aliases or ():
                book.add(Entity(event, event, "event"), alias)
        for group, by_language in (spec.get("cues") or {}).items():
            for aliases in by_language.values():
                for alias in aliases or ():
                    book.add(Entity(event, event, "event_cue", group=group), alias)
    book.seal()
    return book


@lru_cache(maxsize=4)
def load_events(events_path: Path | None = None) -> Mapping[str, Event]:
    """The known events by id, from `events.yml` of the data folder, RECONCILE_EVENTS, or a path."""
    return {str(s["id"]): _event(s) for s in _event_specs(events_path)}


def _event(spec: Mapping[str, Any]) -> Event:
    period = spec.get("period") or {}
    return Event(
        id=str(spec["id"]),
        period_start=period.get("start"),
        period_end=period.get("end"),
        places=tuple(spec.get("places") or ()),
        actors=tuple(spec.get("actors") or ()),
        needs=tuple(spec.get("needs") or ()),
        published_within_days=spec.get("published_within_days"),
    )


@lru_cache(maxsize=4)
def _event_specs(events_path: Path | None) -> tuple[Mapping[str, Any], ...]:
    override = os.environ.get("RECONCILE_EVENTS")
    path = events_path or (Path(override) if override else data_dir() / "events.yml")
    if not path.is_file():
        if events_path is not None or override:
            raise InputError(str(path), "the events file is missing", "name a file that exists")
        return ()
    found = parse_rules(path.read_text(encoding="utf8"), path.name)
    return tuple(found.get("events") or ())


def _organisations() -> Iterable[tuple[Entity, str]]:
    rules = load_rules("organisations.yml")
    spellings: Mapping[str, tuple[str, ...]] = rules.get("spellings") or {}
    for section in ("organisations", "persons", "bodies"):
        for spec in rules.get(section) or ():
            kind = spec.get("type") or {"persons": "person", "bodies": "body"}.get(section, "organisation")
            entity = Entity(spec["id"], spec["name"], kind, spec.get("country"))
            aliases = {spec["name"], *(a for group in (spec.get("names") or {}).values() for a in group)}
            for alias in sorted(aliases):
                yield entity, alias
                first, _, rest = alias.partition(" ")
                for spelling in spellings.get(first, ()) if rest else ():
                    yield entity, f"{spelling} {rest}"


def _places() -> Iterable[tuple[Entity, str]]:
    canonical = country_names()
    for language in languages():
        own = load_rules(f"context/{language}.yml")
        territories = Locale.parse(language).territories
        for code, name in territories.items():
            if code in canonical:
                yield Entity(code, canonical[code], "country", code), str(name)
        for code, aliases in (own.get("place_names") or {}).items():
            for alias in aliases:
                yield Entity(str(code), canonical.get(str(code), str(code)), "country", str(code)), str(alias)
        for code, aliases in (own.get("capitals") or {}).items():
            for alias in aliases:
                yield Entity(str(code), canonical[str(code)], "government", str(code)), str(alias)
        yield from _demonyms(language, canonical)


def _demonyms(language: str, canonical: Mapping[str, str]) -> Iterable[tuple[Entity, str]]:
    """Further names, regions and peoples of the place rules, but for what two countries share or is another word."""
    rules = load_rules(f"places/{language}.yml")
    left_out = {str(w) for w in (*(rules.get("shared") or ()), *(rules.get("other_words") or ()))}
    for code, forms in rules.items():
        if code not in canonical or not isinstance(forms, Mapping):
            continue
        for field, kind in (
            ("names", "country"),
            ("parts", "country"),
            ("adjectives", "people"),
            ("people", "people"),
        ):
            for form in forms.get(field) or ():
                if form not in left_out:
                    yield Entity(code, canonical[code], kind, code), str(form)
