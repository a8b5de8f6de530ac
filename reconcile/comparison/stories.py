"""Stories: whether two reports that name no event tell of one, by the names and days that both sentences give.

Each script spells a name its own way, so it is known again by its consonants and long vowels. What any report may
name is no sign: countries, peoples, institutions, whoever speaks or acts, titles and the other words of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import Any

import polars as pl
from babel import Locale

from reconcile.comparison.localities import localities
from reconcile.comparison.occasions import classes_of_kinds
from reconcile.comparison.skeleton import is_spelt, skeleton
from reconcile.context.lexicon import Mark, languages, lexicon_for
from reconcile.context.names import QUOTES, name_book
from reconcile.rules.cities import gazetteer
from reconcile.rules.files import load_rules
from reconcile.text import Passage
from reconcile.text.fold import fold
from reconcile.text.passage import HYPHENS, WORD

LANGUAGES = ("en", "fr")  # those that write names with capitals
DATELINE = re.compile(r"^[^.:]{1,60}? [-\u2013\u2014] ")
LONGEST_JOINED = 3
LONGEST_QUOTED = 4
SHORTEST_WORD = 3
MAY_NAME = r".\p{Lu}\p{L}*\p{Ll}|[^\x00-\x7F]"  # a capital past the first letter, or another script
NOT_ASKED = (False, False)
MONTH = timedelta(days=31)
SPEAKING = ("say.verbs", "say.according", "deny.verbs")
SPEAKER_REACH = 3
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
class Words:
    """Words that may spell a name of another sentence, by their skeletons; `in_names` those that stand in a name."""

    spelt: dict[str, frozenset[str]]
    in_names: frozenset[str]


class Said:
    """What a sentence says past its dateline, each part worked out when it is asked for: most name nothing."""

    def __init__(self, sentence: str, language: str) -> None:
        self._sentence, self._language = sentence, language
        self._passage = Passage(DATELINE.sub("", sentence, count=1))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names, each once."""
        if not any(_names(self._passage, set())):
            return ()
        return tuple(dict.fromkeys(_names(self._passage, self._known)))

    @cached_property
    def words(self) -> Words:
        """Its words, as they may spell a name of another sentence."""
        return self._spelt(range(len(self._passage)))

    @cached_property
    def speaking(self) -> Words:
        """The words beside those for saying."""
        return self._spelt(_beside(self._marks, SPEAKING))

    @cached_property
    def acting(self) -> Words:
        """The words beside those for who acts under a name."""
        return self._spelt(_acting(self._passage))

    @cached_property
    def cities(self) -> frozenset[str]:
        """The cities that any word may mean."""
        spelt = self.words.spelt.values()
        return frozenset(city for words in spelt for word in words for city in _cities_of(word))

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that it names."""
        return localities(self._sentence).countries

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The classes of events that it names."""
        classes = classes_of_kinds()
        types = (m.cue.name for m in self._marks if m.cue.group == "event_types")
        return frozenset(classes.get(name, name) for name in types)

    @cached_property
    def _marks(self) -> Sequence[Mark]:
        return lexicon_for(self._language).marks(self._passage) if self._language in languages() else []

    @cached_property
    def _known(self) -> set[int]:
        """The tokens of names that the rules know."""
        mentions = (
            m for m in name_book().mentions(self._passage) if m.entity.kind not in ("event_cue", "city")
        )
        return {at for mention in mentions for at in range(mention.first, mention.last + 1)}

    def _spelt(self, tokens: Iterable[int]) -> Words:
        in_names = frozenset(word for name in self.names for word in name.words)
        return Words(_spellings(self._passage, tokens), in_names)


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

    said: Said
    who: frozenset[str]
    days: frozenset[str]
    period: tuple[date, date] | None
    published: date | None


@dataclass(frozen=True)
class _Shared:
    """The names of each sentence that the other has, and how many more each has of its own at least."""

    found: Sequence[Sequence[Name]]
    unmatched: int

    def worth(self, city: int) -> int:
        """What these names tell, where the first city tells so much."""
        return max(_worth(names, city) for names in self.found)


def with_stories(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add `same_story`, and `names_apart` (each sentence has names of its own, and none of them is the other's), to
    pairs of different articles and one measure, of which one at least names no event.

    >>> one = {"article_id_code": 1, "measure_code": 1, "nameless": True, "measure": "funds_stolen", "language": "en",
    ...     "speaker": "the firm", "actor": None, "published": date(2024, 3, 5),
    ...     "from_day": date(2024, 3, 2), "to_day": date(2024, 3, 2),
    ...     "days_said": [], "sentence": "Hackers took $3 million from Orbitas on Saturday."}
    >>> other = one | {"article_id_code": 2, "language": "ar", "sentence": "خسرت أوربيتاس مليوني دولار السبت."}
    >>> sides = {f"{name}_{side}": [value] for side, row in zip("ab", (one, other)) for name, value in row.items()}
    >>> with_stories(pl.DataFrame(sides | {"same_country": [False]})).get_column("same_story").item()
    True
    """
    disjoint = (pl.col("from_day_a") > pl.col("to_day_b")) | (pl.col("from_day_b") > pl.col("to_day_a"))
    named = [pl.col(f"sentence_{side}").str.contains(MAY_NAME) for side in "ab"]
    asked = (
        ~disjoint.fill_null(False)
        & (named[0] | named[1])
        & (pl.col("nameless_a") | pl.col("nameless_b"))
        & (pl.col("article_id_code_a") != pl.col("article_id_code_b"))
        & (pl.col("measure_code_a") == pl.col("measure_code_b"))
        & pl.col("sentence_a").is_not_null()
        & pl.col("sentence_b").is_not_null()
    )
    once = pl.col("measure_a").is_in(_rules()["worth"]["told_once"]).fill_null(False)
    fields = ("sentence", "language", "speaker", "actor", "days_said", "from_day", "to_day", "published")
    columns = [pl.col(f"{name}_{side}") for side in "ab" for name in fields]
    found = [
        _told(_side(row[: len(fields)]), _side(row[len(fields) :]), told_once, one_country)
        if wanted
        else NOT_ASKED
        for wanted, told_once, one_country, *row in pairs.select(
            asked.fill_null(False).alias("asked"), once, "same_country", *columns
        ).iter_rows()
    ]
    told = dict.fromkeys(("same_story", "names_apart"), pl.Boolean())
    return pairs.hstack(pl.DataFrame(found, schema=told, orient="row"))


def _told(one: _Side, other: _Side, told_once: bool, one_country: bool) -> tuple[bool, bool]:
    """Whether two sentences tell of one story; and whether each names what the other does not, and nothing of its own
    that the other does."""
    if not (one.said.names or other.said.names):
        return NOT_ASKED
    shared = _shared(one, other)
    names_apart = shared.worth(city=0) <= 0 < shared.unmatched
    return _is_one(one, other, shared, told_once, one_country), names_apart


def _side(fields: Sequence[Any]) -> _Side:
    sentence, language, speaker, actor, days, begins, ends, published = fields
    period = None if begins is None or ends is None else (begins, ends)
    who = _keys(speaker) | _keys(actor)
    return _Side(said(sentence, language or "en"), who, frozenset(days or ()), period, published)


@lru_cache(maxsize=16384)
def _keys(name: str | None) -> frozenset[str]:
    """The words of a name, folded."""
    return frozenset(Passage(name).keys) if name else frozenset()


def _is_one(one: _Side, other: _Side, shared: _Shared, told_once: bool, one_country: bool) -> bool:
    """Whether two sentences share enough: more, where no day that they share tells when it was."""
    worth, when = _rules()["worth"], _when(one, other)
    if when is When.APART:
        return False
    points = shared.worth(worth["city"] if when is When.DAY else worth["further_city"])
    kinds = one.said.kinds, other.said.kinds
    if not points or (all(kinds) and kinds[0].isdisjoint(kinds[1])):
        return False
    one_country = one_country or not one.said.countries.isdisjoint(other.said.countries)
    points += worth["country"] * one_country + worth["kind"] * bool(kinds[0] & kinds[1])
    points += worth["old_day"] * (when is When.OLD_DAY)
    least = worth["least"]["once" if told_once else "many"]
    known = when.name.lower() if when in (When.DAY, When.MONTH) else "near"
    return bool(points >= least[known] + shared.unmatched * worth["own"])


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


def _shared(one: _Side, other: _Side) -> _Shared:
    """What the sentences of two sides share, and how many names of its own each has besides."""
    found, missing = [], []
    for here, there in ((one, other), (other, one)):
        names = [name for name in here.said.names if not _tells_nothing(name, here, there)]
        told = [name for name in names if _is_in(name, there.said)]
        found.append(told)
        rest = [name for name in names if not name.is_city and not _speaks(name, here) and name not in told]
        missing.append(sum(not any(_word_in(word, there.said.words) for word in name.words) for name in rest))
    return _Shared(found, min(missing))


def _worth(names: Sequence[Name], city: int) -> int:
    """What names tell that two sentences share: one of several words most, further cities little."""
    worth = _rules()["worth"]
    cities = sum(name.is_city for name in names)
    own = sum(worth["full" if len(name.words) > 1 else "own"] for name in names if not name.is_city)
    return int(own + (city if cities else 0) + worth["further_city"] * max(0, cities - 1))


def _tells_nothing(name: Name, here: _Side, there: _Side) -> bool:
    """Whether a name is only that of who speaks in both sentences, or of who acts in one: they do so every day."""
    acts = any(_word_in(word, side.said.acting) for side in (here, there) for word in name.words)
    return acts or (_speaks(name, here) and _speaks(name, there))


def _speaks(name: Name, side: _Side) -> bool:
    return any(word in side.who or _word_in(word, side.said.speaking) for word in name.words)


def _is_in(name: Name, place: Said) -> bool:
    """Whether a sentence has a name: all of its words, or all as one; a city by any of its names."""
    if name.is_city and not place.cities.isdisjoint(_cities_of(" ".join(name.words))):
        return True
    whole = _word_in("".join(name.words), place.words)
    return whole or all(_word_in(word, place.words) for word in name.words)


def _word_in(word: str, place: Words) -> bool:
    """Whether a word is among others; one of few consonants counts in another script only within a name."""
    key = skeleton(word)
    candidates = place.spelt.get(key, frozenset())
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
def said(sentence: str, language: str) -> Said:
    """What a sentence says, read once.

    >>> [name.words for name in said("PARIS - Police in Lyon on Monday searched Santelia Group.", "en").names]
    [('lyon',), ('santelia',)]
    """
    return Said(sentence, language)


def _names(passage: Passage, known: set[int]) -> Iterator[Name]:
    """The names of a passage, but for tokens that are known."""
    yield from _capitalised(passage, known)
    yield from _quoted(passage, known)
    yield from _behind_heads(passage, known)
    yield from _cities(passage, known)


def _beside(marks: Sequence[Mark], groups: tuple[str, ...]) -> set[int]:
    """The tokens near marks of some groups: who says it stands beside the word that says so."""
    near = [m for m in marks if m.cue.group in groups]
    return {t for m in near for t in range(m.first - SPEAKER_REACH, m.last + SPEAKER_REACH + 1) if t >= 0}


def _acting(passage: Passage) -> set[int]:
    """The words before or after one for those who act under a name ("the Vandari militia"), or behind a title."""
    found: set[int] = set()
    for at, key in enumerate(passage.keys):
        if key in _rules()["agents"]:
            found |= {at - 3, at - 2, at - 1, at + 1}
        elif key in _titles():
            found |= {at + 1, at + 2, at + 3}
    return {t for t in found if 0 <= t < len(passage)}


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


def _spellings(passage: Passage, tokens: Iterable[int]) -> dict[str, frozenset[str]]:
    """The words with capitals, and those of a script without them, alone and together with the next ones, as written
    and without what is written on to them; by their skeletons."""
    clitics = _rules()["clitics"]
    found: dict[str, set[str]] = {}
    for at in tokens:
        if at >= len(passage):
            continue
        key = passage.keys[at]
        if passage.kinds[at] != WORD or (key.isascii() and not passage.written(at, at)[0].isupper()):
            continue
        forms = [key] if key.isascii() else [key, *(key[len(c) :] for c in clitics if key.startswith(c))]
        following = [k for k in passage.keys[at + 1 : at + LONGEST_JOINED] if k.isascii() == key.isascii()]
        for form in forms:
            for more in range(len(following) + 1):
                joined = "".join((form, *following[:more]))
                found.setdefault(skeleton(joined), set()).add(joined)
    return {key: frozenset(words) for key, words in found.items()}


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
        "agents": frozenset(fold(str(word)) for word in rules["agents"]),
    }
