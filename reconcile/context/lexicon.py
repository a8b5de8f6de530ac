"""The lexicon of one language: every cue of measures and context, compiled to one lookup a token.

A cue is a phrase of lemmas. Its first word leads to it by the morphology's keys, the rest is checked in place;
"…" in a phrase lets a few words stand between. The longest cue at a token hides the shorter ones inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from reconcile.context.morphology import EXACT, PARTICIPLE, Morphology
from reconcile.rules.files import load_rules
from reconcile.rules.measures import ASKED, Measure, OwnRules, load_measures, rules_in_force
from reconcile.text import Passage
from reconcile.text.fold import fold
from reconcile.text.passage import EITHER_QUOTES, NUMBER, OPENING_QUOTES, WORD

GAP = "\N{HORIZONTAL ELLIPSIS}"
LONGEST_GAP = 7
SOFT_STOPS = frozenset(",\u060c")
LONGEST_ASIDE = 8
CURRENCIES = frozenset("$\u20ac\u00a3\u00a5")
# Families of cues in which a longer phrase hides the shorter ones inside it.
HIDING_FAMILIES = ("measure", "say", "event_types")
AROUND = ("measure.context", "measure.unless")

# The groups of context rules whose leaves are cue words, and the lemma kind under which each is derived.
VERB_GROUPS = {
    "say": ("verbs", "root", "told", "doubtful", "forecast", "continuing", "also_does"),
    "deny": ("verbs",),
    "refute": ("verbs",),
    "possible": ("adverbs",),
    "alleged": ("adverbs",),
    "cumulative": ("running", "levels", "fresh", "to_date"),
}
PARTICLE_GROUPS = {
    "say": ("according", "relay", "unnamed", "linking", "trailing", "silences"),
    "deny": ("unless",),
    "refute": ("phrases",),
    "alleged": ("about_persons", "suspects"),
    "scope": ("some", "each", "rates", "total", "not_each"),
    "parts": ("back", "of", "those", "breakdown", "leading", "alone", "more"),
}
NOUN_GROUPS = {"say": ("documents", "sources", "spokesmen"), "deny": ("nouns",), "scope": ("most",)}
FLAT_VERBS = ("origin", "value_links", "change_verbs", "light_verbs", "carrying_verbs")
FLAT_PARTICLES = (
    "complementizers",
    "resets",
    "relatives",
    "demonstratives",
    "negations",
    "locatives",
    "soft_links",
    "clause_words",
    "coordinators",
    "hedges",
    "change_links",
    "passive_auxiliaries",
    "reflexives",
    "determiners",
    "pronouns",
    "event_anaphora",
    "recording",
    "perfect_auxiliaries",
    "targets",
    "after_participle",
    "since",
    "directions",
    "elsewhere",
    "locating",
    "city_cues",
    "city_words",
    "area_words",
    "agents",
    "against",
    "journeys",
    "gap_links",
    "companions",
    "absolutes",
    "conversions",
    "comparisons",
    "worths",
    "free_relatives",
    "name_joiners",
    "belonging",
    "ages",
    "age_links",
    "indefinite",
    "formerly",
    "contrasts",
    "person_pronouns",
    "inverting",
)
FLAT_CONTENT = ("claims", "figure_words", "authorities", "titles", "event_head", "number_nouns", "rate_nouns")
MAPS = ("bare_titles", "collective_speakers", "event_types", "occasions")
MEASURE_LEMMAS = {
    "counted": "noun",
    "verbs": "verb",
    "does": "verb",
    "acts": "noun",
    "subjects": "noun",
    "persons": "noun",
    "stocks": "noun",
    "context": "noun",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase of the rules: `group` is where it stands there (`measure.verbs`), `name` what it means.

    A `conditional` one (written with a leading "?") speaks only in the context that its measure lists.
    """

    group: str
    name: str
    phrase: str
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A cue found in a passage, from token `first` to token `last`, both included."""

    cue: Cue
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Entry:
    rest: tuple[frozenset[str] | None, ...]
    cue: Cue


class Lexicon:
    """All cues of one language, ready to be found in a passage.

    >>> lexicon = lexicon_for("en")
    >>> marks = lexicon.marks(Passage("Police arrested 83 people"))
    >>> [(m.cue.name, m.first) for m in marks if m.cue.group == "measure.verbs"]
    [('people_arrested', 1)]
    """

    def __init__(self, language: str, rules: Mapping[str, Any], measures: Mapping[str, Measure]) -> None:
        self.language = language
        self.rules = rules
        self.measures = measures
        self.morphology = Morphology.from_rules(rules.get("morphology", {}))
        self.proclitics: tuple[str, ...] = tuple(fold(p) for p in rules.get("proclitics", ()))
        self.articles: tuple[str, ...] = tuple(fold(p) for p in rules.get("articles", ()))
        self.coordinating: tuple[str, ...] = tuple(fold(p) for p in rules.get("coordinating_prefixes", ()))
        self.joined_articles: tuple[tuple[str, str], ...] = tuple(
            (fold(joined), article) for joined, article in rules.get("joined_articles", {}).items()
        )
        self.belonging: tuple[str, ...] = tuple(fold(p) for p in rules.get("belonging_prefixes", ()))
        self.source_nouns = frozenset(fold(w) for w in rules.get("say", {}).get("sources", ()))
        self.active_endings: tuple[str, ...] = tuple(rules.get("active_endings", ()))
        self.object_endings: tuple[str, ...] = tuple(fold(e) for e in rules.get("object_endings", ()))
        self.participle_endings: tuple[str, ...] = tuple(rules.get("participle_endings", ()))
        self._entries: dict[str, list[_Entry]] = {}
        for cue, lemma_kind in _cues(language, rules, measures):
            self._add(cue, lemma_kind)
        for entries in self._entries.values():
            entries.sort(key=lambda e: -len(e.rest))
        self._found: dict[str, tuple[_Entry, ...]] = {}

    def marks(self, passage: Passage) -> list[Mark]:
        """Every cue in the passage, in order; inside a contiguous phrase, only the phrase itself."""
        found: list[Mark] = []
        hidden_to: dict[str, int] = {}
        for i, kind in enumerate(passage.kinds):
            if kind != WORD and kind != NUMBER:
                continue
            entries = self._at(passage.keys[i])
            if not entries:
                continue
            longest: dict[str, int] = {}
            for entry in entries:
                family = entry.cue.group.partition(".")[0]
                last = self._match(passage, i, entry.rest)
                if last is None:
                    continue
                gapped = None in entry.rest
                length = last - i if not gapped else 0
                shorter = last <= hidden_to.get(family, -1) or (
                    length < longest.get(family, 0) and not gapped
                )
                if shorter and family in HIDING_FAMILIES and entry.cue.group not in AROUND:
                    continue
                found.append(Mark(entry.cue, i, last))
                if entry.cue.group in AROUND:
                    continue
                longest[family] = max(longest.get(family, 0), length)
            for family, length in longest.items():
                if length:
                    hidden_to[family] = max(hidden_to.get(family, -1), i + length)
        return found

    def _add(self, cue: Cue, lemma_kind: str) -> None:
        words = cue.phrase.split()
        exact = cue.phrase.startswith(EXACT)
        slots: list[frozenset[str] | None] = []
        for position, word in enumerate(words):
            if word == GAP:
                slots.append(None)
            elif exact:
                slots.append(self.morphology.derive(EXACT + word.removeprefix(EXACT), lemma_kind))
            else:
                leading = position == 0 or bool(self.morphology.irregular)
                slots.append(self.morphology.derive(word, lemma_kind if leading else "noun"))
        first = slots[0]
        if first is None:
            return
        for key in first:
            self._entries.setdefault(key, []).append(_Entry(tuple(slots[1:]), cue))

    def _at(self, key: str) -> tuple[_Entry, ...]:
        known = self._found.get(key)
        if known is None:
            entries: dict[tuple[Cue, int], _Entry] = {}
            for k in self.morphology.keys(key):
                for entry in self._entries.get(k, ()):
                    entries.setdefault((entry.cue, len(entry.rest)), entry)
            known = self._found[key] = tuple(sorted(entries.values(), key=lambda e: -len(e.rest)))
        return known

    def _match(self, passage: Passage, i: int, rest: tuple[frozenset[str] | None, ...]) -> int | None:
        at = i
        gap = aside = False
        for slot in rest:
            if slot is None:
                gap = True
                continue
            reach = LONGEST_GAP + 1 if gap else 1
            j = at
            for _ in range(reach):
                j += 1
                if gap and j < len(passage) and passage.keys[j] in SOFT_STOPS:
                    after = _after_aside(passage, j)
                    j, aside = (j + 1, False) if after == j and aside else (after, True)
                if gap and j < len(passage) and passage.keys[j] in CURRENCIES:
                    j += 1
                if j < len(passage) and passage.keys[j] in OPENING_QUOTES | EITHER_QUOTES:
                    j += 1  # qualifié de « mensonge »
                if j >= len(passage) or passage.kinds[j] not in (WORD, NUMBER):
                    return None
                if any(k in slot for k in self.morphology.keys(passage.keys[j])):
                    at, gap = j, False
                    break
            else:
                return None
        return at


def _after_aside(passage: Passage, comma: int) -> int:
    """The token after an aside between commas ("seized, on Monday, …"); the comma itself where it opens none."""
    for j in range(comma + 1, min(comma + 2 + LONGEST_ASIDE, len(passage) - 1)):
        if passage.keys[j] in SOFT_STOPS:
            return j + 1
        if passage.kinds[j] not in (WORD, NUMBER):
            break
    return comma


def lexicon_for(language: str) -> Lexicon:
    """The lexicon of a language that the rules hold, with the measures that are in force."""
    return _lexicon(language, rules_in_force())


@lru_cache(maxsize=8)
def _lexicon(language: str, own: OwnRules) -> Lexicon:
    return Lexicon(language, load_rules(f"context/{language}.yml"), load_measures())


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages whose context rules exist."""
    folder = Path(__file__).parents[1] / "rules" / "context"
    return tuple(sorted(p.stem for p in folder.glob("*.yml")))


def _cues(
    language: str, rules: Mapping[str, Any], measures: Mapping[str, Measure]
) -> Iterator[tuple[Cue, str]]:
    participles = PARTICIPLE in rules.get("morphology", {}).get("derive", {})
    for measure in measures.values():
        for role, phrases in measure.cues.get(language, {}).items():
            for phrase in phrases:
                cue = Cue(f"measure.{role}", measure.id, phrase.lstrip(ASKED), phrase.startswith(ASKED))
                yield cue, MEASURE_LEMMAS[role]
                if role == "verbs" and participles and phrase.isalpha():
                    yield Cue("measure.participles", measure.id, phrase), PARTICIPLE
        yield from _flat(measure.context.get(language), "measure.context", measure.id, "noun")
        yield from _flat(measure.unless.get(language), "measure.unless", measure.id, "noun")
    for groups, lemma_kind in ((VERB_GROUPS, "verb"), (PARTICLE_GROUPS, "particle"), (NOUN_GROUPS, "noun")):
        for group, names in groups.items():
            for name in names:
                yield from _flat(rules.get(group, {}).get(name), f"{group}.{name}", name, lemma_kind)
    for names, lemma_kind in ((FLAT_VERBS, "verb"), (FLAT_PARTICLES, "particle"), (FLAT_CONTENT, "noun")):
        for name in names:
            yield from _flat(rules.get(name), name, name, lemma_kind)
    for group in MAPS:
        for name, phrases in rules.get(group, {}).items():
            yield from _flat(phrases, group, name, "noun")


def _flat(phrases: Iterable[Any] | None, group: str, name: str, lemma_kind: str) -> Iterator[tuple[Cue, str]]:
    for phrase in phrases or ():
        yield Cue(group, name, str(phrase)), lemma_kind
