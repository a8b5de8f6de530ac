"""Senses: what a word or phrase can mean to the grammar, and the entry that holds all senses of a token."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

# The words of a phrase after its first, its category and what it stands for.
Phrase = tuple[tuple[str, ...], str, Any]
Phrases = Mapping[str, tuple[Phrase, ...]]  # by the second word
NO_PHRASES: Phrases = MappingProxyType({})

# A token with a sense of one of these can begin a figure; of the others it can only surround one.
SEED_CATEGORIES = """
    num mult dual vague few fraction pair minus minus_of_degrees article ordinal ordinal_definite month weekday
    decade season part holiday money money_before relative_day date_last date_next date_this date_ago
    date_year_words date_years_dual date_quarter_words date_half_words quarter_short half_short
    date_century_words date_decade_words date_clock_words date_day_words ratio_out_of date_same date_previous
    date_following told_day date_final date_by_end date_first_day date_weekend_words fraction_of multiple
    noun_construct
"""
SEEDS = frozenset(SEED_CATEGORIES.split())
# A word that is a seed by these alone begins a figure only right before a number, a word of time or another seed.
LEADS = frozenset(
    (
        *("date_day_words", "date_last", "date_next", "date_this"),
        *("date_same", "date_previous", "date_following", "date_final"),
    )
)
TWOS = ("time", "money", "unit", "noun", "people_of")


class Sense(NamedTuple):
    """One meaning of a word or phrase: what it stands for, and how many tokens it takes."""

    value: Any
    length: int = 1


class Mult(NamedTuple):
    """A word that multiplies (hundred, million, dozen); `form` is one, accusative, two, many or about.

    A word of the form `about` only estimates: a French dizaine is about ten.
    """

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
    """What a token can mean: senses by category, the particles taken off it, and whether an article was.

    `phrases` are the phrases that may begin with it, by their second word, and `cased` the forms that count only as
    written, the longest last. `seed` says whether it can begin a figure, `may_begin` whether it can at least
    before a word like "next", `lead` whether only before a token that is `followed`,
    `marked` whether more than its own senses and phrases must be looked at, `tells` whether anything of all this.
    """

    __slots__ = (
        "senses",
        "particle",
        "article",
        "preposition",
        "seed",
        "lead",
        "followed",
        "may_begin",
        "marked",
        "tells",
        "phrases",
        "cased",
    )

    def __init__(
        self,
        senses: dict[str, Sense],
        particle: str = "",
        article: bool = False,
        preposition: str = "",
        phrases: Phrases = NO_PHRASES,
        cased: tuple[Phrase, ...] = (),
    ) -> None:
        self.senses = senses
        self.particle = particle
        self.article = article
        self.preposition = preposition
        self.phrases = phrases
        self.cased = cased
        seeds = SEEDS.intersection(senses)
        if article:
            seeds -= {"noun_construct"}  # what stands in construct has no article
        dual = any(c in senses and senses[c].value.number == "two" for c in TWOS)
        self.seed = bool(seeds) or dual
        self.lead = bool(seeds) and not dual and seeds <= LEADS
        self.followed = self.seed or "time" in senses or any(c.startswith("date_") for c in senses)
        self.may_begin = self.seed or "time" in senses
        self.marked = bool(cased) or "idiom" in senses or "hedge" in senses
        self.tells = self.marked or self.may_begin or bool(phrases)

    def with_senses(self, senses: dict[str, Sense]) -> Entry:
        return Entry(senses, self.particle, self.article, self.preposition)

    def get(self, category: str) -> Sense | None:
        return self.senses.get(category)

    def __contains__(self, category: str) -> bool:
        return category in self.senses

    def __repr__(self) -> str:
        return f"Entry({self.senses}, {self.particle!r}, {self.article})"


UNKNOWN = Entry({})  # of every token that the rules do not know
