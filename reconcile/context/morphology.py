"""Morphology: from a written word to the lemmas that it may be a form of, by affixes and patterns that are data.

A language's rules name a Snowball stemmer, or list affix classes (what may stand before and after a stem) and
derivations (from a lemma to the stems under which it is met: past, present, passive, action noun), or both: then the
kinds of lemma that have derivations are not stemmed. Looking a word up strips the affixes of each class and keeps
only stems that some cue derived, so nothing is stemmed blindly.
Source of the affix approach: light stemming (Larkey, Ballesteros and Connell 2002), here against a known lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import snowballstemmer

from reconcile.text.fold import fold

EXACT = "="
STEMMED = "stem"
VERB = "verb"
PARTICIPLE = "participle"
SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class AffixClass:
    """One class of word forms: what may be written before and after its stems."""

    name: str
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """A lemma of this shape is also met as this stem, in this class."""

    shape: re.Pattern[str]
    stem: str
    affixes: str


@dataclass
class Morphology:
    """Derives the keys of a lemma, and finds the known keys of a written word.

    >>> m = Morphology.from_rules({"snowball": "english"})
    >>> sorted(m.derive("arrest", "verb")), m.keys("arrested")
    (['stem:arrest'], ('stem:arrest',))
    """

    classes: tuple[AffixClass, ...] = ()
    derivations: Mapping[str, tuple[Derivation, ...]] = field(default_factory=dict)
    stemmer: Any = None
    shapes: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    written_on: tuple[str, ...] = ()
    irregular: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)
    _cache: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _stems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_rules(cls, rules: Mapping[str, Any]) -> Morphology:
        """Read the `morphology:` section of a language's rules."""
        classes = tuple(
            AffixClass(name, _affixes(spec["prefixes"]), _affixes(spec["suffixes"]))
            for name, spec in rules.get("classes", {}).items()
        )
        derivations = {
            lemma_kind: tuple(Derivation(re.compile(shape), stem, name) for shape, stem, name in rows)
            for lemma_kind, rows in rules.get("derive", {}).items()
        }
        name = rules.get("snowball")
        shapes = {f"<{shape}>": re.compile(pattern) for shape, pattern in rules.get("shapes", {}).items()}
        stemmer = None if name is None else snowballstemmer.stemmer(name)
        irregular = {fold(lemma): _affixes(forms) for lemma, forms in rules.get("irregular", {}).items()}
        return cls(classes, derivations, stemmer, shapes, _affixes(rules.get("written_on", ())), irregular)

    def derive(self, word: str, lemma_kind: str) -> frozenset[str]:
        """All keys under which a lemma is met; a leading `=` asks for the written form alone."""
        if word.removeprefix(EXACT) in self.shapes:
            keys = {word.removeprefix(EXACT)}
        elif word.startswith(EXACT):
            keys = {EXACT + fold(word[1:])}
        else:
            key = fold(word)
            keys = {
                f"{d.affixes}:{d.shape.sub(d.stem, key)}" for d in self._of(lemma_kind) if d.shape.search(key)
            }
            if self.stemmer is not None and not self._of(lemma_kind):
                keys.add(f"{STEMMED}:{self.stem(key)}")
            if lemma_kind == VERB:
                keys |= {EXACT + form for form in self.irregular.get(key, ())}
            if not keys and lemma_kind != PARTICIPLE:
                keys = {EXACT + key}
        self._known |= keys
        self._cache.clear()
        return frozenset(keys)

    def keys(self, word: str) -> tuple[str, ...]:
        """The known keys of a folded word, the most literal first; empty for a word that no cue uses."""
        found = self._cache.get(word)
        if found is None:
            found = self._cache[word] = tuple(
                dict.fromkeys(k for k in self._candidates(word) if k in self._known)
            )
        return found

    def stem(self, word: str) -> str:
        """One readable stem of a folded word, for signatures: the Snowball stem, or the shortest noun stem."""
        known = self._stems.get(word)
        if known is None:
            known = self.stemmer.stemWord(word) if self.stemmer is not None else self._bare(word)
            self._stems[word] = known
        return known

    def _of(self, lemma_kind: str) -> tuple[Derivation, ...]:
        return tuple(self.derivations.get(lemma_kind, ()))

    def _candidates(self, word: str) -> list[str]:
        found = [EXACT + word, *(shape for shape, pattern in self.shapes.items() if pattern.search(word))]
        found += [
            EXACT + word[len(p) :] for p in self.written_on if word.startswith(p) and len(word) > len(p) + 1
        ]
        if self.stemmer is not None:
            found.append(f"{STEMMED}:{self.stem(word)}")
        for affixes in self.classes:
            for prefix in affixes.prefixes:
                if not word.startswith(prefix):
                    continue
                rest = word[len(prefix) :]
                for suffix in affixes.suffixes:
                    if rest.endswith(suffix) and len(rest) - len(suffix) >= SHORTEST_STEM:
                        found.append(f"{affixes.name}:{rest[: len(rest) - len(suffix)]}")
        return found

    def _bare(self, word: str) -> str:
        """The word without the longest prefix and suffix of the first class (nouns) that leave three letters."""
        if not self.classes:
            return word
        affixes = self.classes[0]
        for prefix in sorted(affixes.prefixes, key=len, reverse=True):
            if len(prefix) > 1 and word.startswith(prefix) and len(word) - len(prefix) > SHORTEST_STEM:
                word = word[len(prefix) :]
                break
        return word


def _affixes(given: Sequence[str | None]) -> tuple[str, ...]:
    return tuple("" if a is None else fold(a) for a in given)
