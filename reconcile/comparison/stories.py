"""Stories: whether two reports that name no event tell of one, by the names and days that both sentences give.

Each script spells a name its own way, so it is known again by its consonants and long vowels. What any report may
name is no sign: countries, peoples, institutions, whoever speaks or acts, titles and the other words of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import Any

import polars as pl
from babel import Locale

from reconcile.comparison.skeleton import is_spelt, skeleton
from reconcile.context.names import QUOTES, name_book
from reconcile.rules.cities import gazetteer
from reconcile.rules.files import load_rules
from reconcile.text import Passage
from reconcile.text.fold import fold
from reconcile.text.passage import WORD

LANGUAGES = ("en", "fr")  # those that write names with capitals
DATELINE = re.compile(r"^[^.:]{1,60}? [-\u2013\u2014] ")
LONGEST_JOINED = 3
LONGEST_QUOTED = 4
SHORTEST_WORD = 3
MONTH = timedelta(days=31)
HYPHENS = frozenset("-\u2010\u2011")
SPLIT = re.compile(r"[\W_]+")
NAMING = ("place_names", "capitals", "not_cities", "ambiguous_places")  # groups of the rules that hold names


@dataclass(frozen=True)
class Name:
    """A name as a sentence writes it, in folded words, and whether it is no more than a city's."""

    words: tuple[str, ...]
    is_city: bool

    def words_meet(self, others: frozenset[str]) -> bool:
        """Whether one of its words is among others."""
        return not others.isdisjoint(self.words)


@dataclass(frozen=True)
class Said:
    """The names of a sentence; the words that may spell a name of another one, by their skeletons; those of its names,
    each alone; and the cities that any word may mean."""

    names: tuple[Name, ...]
    words: dict[str, frozenset[str]]
    in_names: frozenset[str]
    cities: frozenset[str]


class When(Enum):
    """What two reports say of the time: one day; one month; a day long past that both name; nothing, but they are of
    nearly one date; nothing that would join them."""

    DAY = auto()
    MONTH = auto()
    OLD_DAY = auto()
    NEAR = auto()
    APART = auto()


@dataclass(frozen=True)
class _Side:
    """What is asked of one side of a pair."""

    sentence: str
    who: tuple[str | None, ...]
    days: frozenset[str]
    period: tuple[date, date] | None
    published: date | None


def with_stories(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add `same_story` to pairs of different articles and one measure, of which one at least names no event.

    >>> one = {"article_id_code": 1, "measure_code": 1, "nameless": True, "measure": "funds_stolen",
    ...     "speaker": "the firm", "actor": None, "published": date(2024, 3, 5),
    ...     "from_day": date(2024, 3, 2), "to_day": date(2024, 3, 2),
    ...     "days_said": [], "sentence": "Hackers took $3 million from Orbitas on Saturday."}
    >>> other = one | {"article_id_code": 2, "sentence": "خسرت أوربيتاس أربعة ملايين دولار يوم السبت."}
    >>> sides = {f"{name}_{side}": [value] for side, row in zip("ab", (one, other)) for name, value in row.items()}
    >>> with_stories(pl.DataFrame(sides | {"same_country": [False]})).get_column("same_story").item()
    True
    """
    asked = (
        (pl.col("nameless_a") | pl.col("nameless_b"))
        & (pl.col("article_id_code_a") != pl.col("article_id_code_b"))
        & (pl.col("measure_code_a") == pl.col("measure_code_b"))
        & pl.col("sentence_a").is_not_null()
        & pl.col("sentence_b").is_not_null()
    )
    once = pl.col("measure_a").is_in(_rules()["worth"]["told_once"]).fill_null(False)
    fields = ("sentence", "speaker", "actor", "days_said", "from_day", "to_day", "published")
    columns = [pl.col(f"{name}_{side}") for side in "ab" for name in fields]
    found = [
        wanted and _is_one(_side(row[: len(fields)]), _side(row[len(fields) :]), told_once, one_country)
        for wanted, told_once, one_country, *row in pairs.select(
            asked.fill_null(False), once, "same_country", *columns
        ).iter_rows()
    ]
    return pairs.with_columns(pl.Series("same_story", found, dtype=pl.Boolean))


def _side(fields: Sequence[Any]) -> _Side:
    sentence, speaker, actor, days, begins, ends, published = fields
    period = None if begins is None or ends is None else (begins, ends)
    return _Side(sentence, (speaker, actor), frozenset(days or ()), period, published)


def _is_one(one: _Side, other: _Side, told_once: bool, one_country: bool) -> bool:
    """Whether two sentences share enough: more, where no day that they share tells when it was."""
    worth, when = _rules()["worth"], _when(one, other)
    if when is When.APART:
        return False
    shared, unmatched = _shared(one, other)
    shared += worth["country"] * one_country + worth["old_day"] * (when is When.OLD_DAY)
    least = worth["least"]["day"] if when is When.DAY else worth["least"]["once" if told_once else "other"]
    if when is When.MONTH:
        least = worth["least"]["month" if told_once else "other"]
    return bool(shared >= least + unmatched * worth["own"])


def _when(one: _Side, other: _Side) -> When:
    """What the times of two sides say of their being one story."""
    worth = _rules()["worth"]
    longest, near = timedelta(days=worth["longest_days"]), _is_near(one, other)
    if one.period and other.period:
        (begins, ends), (other_begins, other_ends) = one.period, other.period
        if begins > other_ends or other_begins > ends:
            return When.APART
        if max(ends - begins, other_ends - other_begins) <= longest:
            return When.DAY
        return When.MONTH if one.period == other.period and near and ends - begins <= MONTH else When.APART
    for side, counterpart in ((one, other), (other, one)):
        if (
            side.period
            and side.period[1] - side.period[0] <= longest
            and _text(side.period) in counterpart.days
        ):
            return When.DAY if near else When.APART
    if not near or one.published is None or other.published is None:
        return When.APART
    spoken = min(one.published, other.published) - timedelta(days=worth["spoken_within"])
    old = any(_is_old(days, spoken, longest) for days in one.days & other.days)
    return When.OLD_DAY if old else When.NEAR


def _is_near(one: _Side, other: _Side) -> bool:
    """Published within the days in which one thing is news."""
    if one.published is None or other.published is None:
        return False
    return abs(one.published - other.published) <= timedelta(days=_rules()["worth"]["days_apart"])


def _is_old(days: str, spoken: date, longest: timedelta) -> bool:
    """Whether a time is short, and too far back for anyone in the news to have spoken then."""
    begins, ends = map(date.fromisoformat, days.split("/"))
    return ends < spoken and ends - begins <= longest


def _text(period: tuple[date, date]) -> str:
    return "/".join(day.isoformat() for day in period)


def _shared(one: _Side, other: _Side) -> tuple[int, int]:
    """What the names are worth that both sentences have, and how many names of its own each has besides."""
    points, missing = [], []
    whom = _words_of(one.who), _words_of(other.who)
    for here, there in ((one, other), (other, one)):
        place = said(there.sentence)
        names = [name for name in said(here.sentence).names if not all(map(name.words_meet, whom))]
        found = [name for name in names if _is_in(name, place)]
        points.append(sum({name.is_city: _worth(name, whom) for name in found if name.is_city}.values())
                      + sum(_worth(name, whom) for name in found if not name.is_city))  # fmt: skip
        rest = [name for name in names if not name.is_city and not any(map(name.words_meet, whom))]
        missing.append(sum(not any(_word_in(word, place) for word in name.words) for name in rest))
    return max(points), min(missing)


def _worth(name: Name, whom: tuple[frozenset[str], frozenset[str]]) -> int:
    """What it tells that two sentences share a name; little, if it is that of a speaker. In a script without capitals
    only things have names."""
    worth = _rules()["worth"]
    if name.words[0].isascii() and any(map(name.words_meet, whom)):
        return int(worth["speaker"])
    return int(worth["city"] if name.is_city else worth["full"] if len(name.words) > 1 else worth["own"])


def _is_in(name: Name, place: Said) -> bool:
    """Whether a sentence has a name: all of its words, or all as one; a city by any of its names."""
    if name.is_city and not place.cities.isdisjoint(_cities_of(" ".join(name.words))):
        return True
    return _word_in("".join(name.words), place) or all(_word_in(word, place) for word in name.words)


def _word_in(word: str, place: Said) -> bool:
    """Whether a sentence has a word; one of few consonants counts in another script only within a name."""
    key = skeleton(word)
    candidates = place.words.get(key, frozenset())
    if word in candidates:
        return True
    if len(key) < _rules()["worth"]["shortest_skeleton"]:
        candidates = candidates & place.in_names if len(key) > 1 else frozenset()
    latin = word.isascii()
    return any(
        is_spelt(word, other) if latin else is_spelt(other, word)
        for other in candidates
        if other.isascii() != latin
    )


def _cities_of(name: str) -> frozenset[str]:
    least = _rules()["worth"]["least_people"]
    return frozenset(city.name for city in gazetteer().get(name, ()) if city.population >= least)


@lru_cache(maxsize=16384)
def said(sentence: str) -> Said:
    """What a sentence names, past its dateline.

    >>> [name.words for name in said("PARIS - Police in Lyon on Monday searched Santelia Group.").names]
    [('lyon',), ('santelia',)]
    """
    passage = Passage(DATELINE.sub("", sentence, count=1))
    known = {
        at
        for mention in name_book().mentions(passage)
        if mention.entity.kind not in ("event_cue", "city")
        for at in range(mention.first, mention.last + 1)
    }
    names = [
        *_capitalised(passage, known),
        *_quoted(passage, known),
        *_behind_heads(passage, known),
        *_cities(passage, known),
    ]
    words = _spellings(passage)
    cities = frozenset(city for spelt in words.values() for word in spelt for city in _cities_of(word))
    in_names = frozenset(word for name in names for word in name.words)
    return Said(tuple(dict.fromkeys(names)), words, in_names, cities)


def _capitalised(passage: Passage, known: set[int]) -> Iterator[Name]:
    """Runs of words in capitals, but for the first word and what the rules know."""
    run: list[str] = []
    titled = False
    for at, kind in enumerate(passage.kinds):
        if kind != WORD and passage.keys[at] in HYPHENS:
            continue
        if _is_name_word(passage, at, kind) and at not in known:
            run.append(passage.keys[at])
            continue
        if run and not titled:
            yield _name(run)
        run, titled = [], kind == WORD and passage.keys[at] in _titles()
    if run and not titled:
        yield _name(run)


def _is_name_word(passage: Passage, at: int, kind: str) -> bool:
    if kind != WORD or at == 0:
        return False
    written, key = passage.written(at, at), passage.keys[at]
    return (
        written[0].isupper()
        and not written.isupper()
        and len(key) >= SHORTEST_WORD
        and key not in _vocabulary()
    )


def _quoted(passage: Passage, known: set[int]) -> Iterator[Name]:
    """Short quotations in a script without capitals: what is put in quotes is called so."""
    first: int | None = None
    for at, key in enumerate(passage.keys):
        if key not in QUOTES:
            continue
        if first is not None and 0 < at - first - 1 <= LONGEST_QUOTED:
            inside = range(first + 1, at)
            words = [passage.keys[t] for t in inside if passage.kinds[t] == WORD and t not in known]
            if len(words) == len(inside) and not any(word.isascii() for word in words):
                yield _name(words)
        first = at
    return


def _behind_heads(passage: Passage, known: set[int]) -> Iterator[Name]:
    """In a script without capitals the word behind what a thing with a name is called: شركة السديم."""
    heads = _rules()["heads"]
    for at in range(len(passage) - 1):
        key = passage.keys[at + 1]
        plain = passage.kinds[at + 1] == WORD and at + 1 not in known and not key.isascii()
        if (
            plain
            and passage.keys[at] in heads
            and key not in heads
            and skeleton(key)
            and key not in _vocabulary()
        ):
            yield _name([key])


def _cities(passage: Passage, known: set[int]) -> Iterator[Name]:
    """In a script without capitals the cities that are no other word."""
    for at, key in enumerate(passage.keys):
        if passage.kinds[at] != WORD or at in known or key.isascii() or key in _vocabulary():
            continue
        if _cities_of(key) and len(key) > SHORTEST_WORD:
            yield Name((key,), True)


def _name(words: Sequence[str]) -> Name:
    return Name(tuple(words), " ".join(words) in gazetteer())


def _spellings(passage: Passage) -> dict[str, frozenset[str]]:
    """The words with capitals, and those of a script without them, alone and together with the next ones, as written
    and without what is written on to them; by their skeletons."""
    clitics = _rules()["clitics"]
    found: dict[str, set[str]] = {}
    for at, kind in enumerate(passage.kinds):
        key = passage.keys[at]
        if kind != WORD or (key.isascii() and not passage.written(at, at)[0].isupper()):
            continue
        forms = [key] if key.isascii() else [key, *(key[len(c) :] for c in clitics if key.startswith(c))]
        following = [k for k in passage.keys[at + 1 : at + LONGEST_JOINED] if k.isascii() == key.isascii()]
        for form in forms:
            for more in range(len(following) + 1):
                joined = "".join((form, *following[:more]))
                found.setdefault(skeleton(joined), set()).add(joined)
    return {key: frozenset(words) for key, words in found.items()}


def _words_of(people: Sequence[str | None]) -> frozenset[str]:
    return frozenset(key for name in people if name for key in Passage(name).keys)


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """What stands before the name of a person who speaks or acts."""
    rules = [load_rules(f"context/{language}.yml") for language in LANGUAGES]
    listed = [word for r in rules for group in ("titles", "bare_titles") for word in _strings(r[group])]
    return frozenset(fold(part) for text in listed for part in text.removeprefix("=").split())


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Words that are no names of their own: those of the rules, of nouns, of institutions, of the calendar."""
    found = [*_strings(_rules()["no_names"])]
    for language in ("ar", *LANGUAGES):
        rules = load_rules(f"context/{language}.yml")
        found += _strings({group: words for group, words in rules.items() if group not in NAMING})
        found += _strings(load_rules(f"nouns/{language}.yml"))
        calendar = Locale.parse(language)
        found += [*calendar.months["format"]["wide"].values(), *calendar.days["format"]["wide"].values()]
    found += _strings(load_rules("organisations.yml"))
    found += _strings(
        {group: load_rules("localities.yml")[group] for group in ("kinds", "fillers", "no_names")}
    )
    return frozenset(fold(part) for text in found for part in SPLIT.split(text) if part)


def _strings(rules: Any) -> Iterator[str]:
    """Every text in a part of the rules, keys and all."""
    if isinstance(rules, str):
        yield rules
    elif isinstance(rules, dict):
        for key, value in rules.items():
            yield from _strings(key)
            yield from _strings(value)
    elif isinstance(rules, list | tuple | set | frozenset):
        for value in rules:
            yield from _strings(value)


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    rules, places = load_rules("occasions.yml"), load_rules("localities.yml")
    clitics = tuple(fold(str(c)) for c in places["clitics"])
    heads = {fold(str(word)) for words in (rules["heads"], *places["kinds"].values()) for word in words}
    uncased = {head for head in heads if not head.isascii()}
    return {
        "worth": rules["story"],
        "clitics": clitics,
        "heads": frozenset(uncased | {clitic + head for head in uncased for clitic in clitics}),
        "no_names": rules["no_names"],
    }
