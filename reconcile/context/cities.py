"""Cities: where a word of place is followed by the name of one, and which of its namesakes is meant.

A name counts only where the text puts something there ("in Aleppo", "شهدت الخرطوم"), never alone: too many cities share
their name with persons, firms and plain words. Of namesakes the one is taken that dwarfs the rest, else the one whose
country the passage names, else none. Source: GeoNames, in `rules/context/cities.tsv`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from reconcile.context.names import Entity, Mention, Mentions
from reconcile.context.scene import Scene
from reconcile.rules.cities import DWARFS, City, gazetteer, rivals
from reconcile.text.fold import fold

LONGEST_CITY = 4
# Under so many letters a name that a clitic is written on to is too likely another word, and so is one of few people.
SHORTEST_WITH_CLITIC = 4
LEAST_WITH_CLITIC = 300_000
SHORTEST_OF_FEW = 3
NAMED_KINDS = ("government", "city")


class CityReader:
    """Finds the cities that a scene places something in."""

    def __init__(self, scene: Scene, mentions: Mentions) -> None:
        self.scene = scene
        self.mentions = mentions
        self.countries = frozenset(
            m.entity.country for m in mentions if m.entity.country is not None and m.entity.kind == "country"
        )
        rules = scene.lexicon.rules
        self._no_cities = {fold(str(w)) for w in rules.get("not_cities") or ()}
        self._prefixes = tuple(rules.get("locating_prefixes") or ())
        self._capitals = bool(rules.get("city_capitals"))

    def mentions_of_cities(self) -> Iterator[Mention]:
        """Every city after a word of place or as the place that records a figure, with those listed after it."""
        done = -1
        for at in self._starts():
            if at <= done:
                continue
            found = self._city(at, at not in self._cued)
            while found is not None:
                yield found
                done = found.last
                found = self._listed(found)

    def mentions_of_areas(self, cities: Sequence[Mention]) -> Iterator[Mention]:
        """Provinces, towns and the like that their word names and the gazetteer does not know, under the name that the
        text writes ("in the province of Tinghir"): a figure there is at no city that is known nearby."""
        scene, passage = self.scene, self.scene.passage
        known = {t for m in (*cities, *self.mentions) for t in range(m.first, m.last + 1)}
        for mark in scene.by_group.get("area_words", ()):
            last = mark.last
            while last + 1 < len(passage) and last - mark.last < LONGEST_CITY and self._is_name(last + 1, known):
                last += 1
            if last > mark.last:
                name = passage.written(mark.last + 1, last)
                first = mark.first - (mark.first > 0 and scene.has(mark.first - 1, "determiners"))
                yield Mention(Entity(name, name, "city"), first, last)

    def _is_name(self, token: int, known: Collection[int]) -> bool:
        """Whether a capitalised word stands at a token of which nobody knows what it names."""
        passage = self.scene.passage
        if not self._capitals or token in known or not self.scene.is_word(token) or token in self.scene.figure_at:
            return False
        return passage.text[passage.starts[token]].isupper()

    def _starts(self) -> list[int]:
        scene = self.scene
        glued = {
            t for t, k in enumerate(scene.passage.keys) if self._prefixes and k.startswith(self._prefixes)
        }
        return sorted(t for t in self._cued | glued if 0 <= t < len(scene.passage))

    @cached_property
    def _cued(self) -> frozenset[int]:
        """Where a city may begin because of the words beside it, and where a dateline does."""
        scene = self.scene
        after = {m.last + 1 for g in ("city_cues", "city_words") for m in scene.by_group.get(g, ())}
        recorded = {m.first - 1 - n for m in scene.by_group.get("recording", ()) for n in range(LONGEST_CITY)}
        told = {m.last + 1 for m in scene.by_group.get("recording", ())}
        return frozenset(after | recorded | told | ({0} if scene.dateline_end else set()))

    def _listed(self, city: Mention) -> Mention | None:
        """The next of "in Aleppo, Homs and Hama"."""
        scene = self.scene
        at = city.last + 1
        while at < len(scene.passage) and (scene.is_soft(at) or scene.has(at, "coordinators")):
            at += 1
        glued = bool(scene.lexicon.coordinating)
        if at >= len(scene.passage) or (at == city.last + 1 and not glued):
            return None
        if at == city.last + 1 and not scene.passage.keys[at].startswith(scene.lexicon.coordinating):
            return None
        return self._city(at)

    def _city(self, at: int, glued: bool = False) -> Mention | None:
        scene = self.scene
        passage = scene.passage
        if not scene.is_word(at) or at in scene.figure_at:
            return None
        taken = self.mentions.around(at)
        if taken is not None and taken.entity.kind not in NAMED_KINDS:
            return None
        if self._capitals and not passage.text[passage.starts[at]].isupper():
            return None
        sure = at < scene.dateline_end or (at > 0 and scene.has(at - 1, "city_words"))
        for clitic, first in self._openings(at, sure):
            if (glued and not clitic) or (clitic and scene.tags[at]):
                continue
            for last in range(min(at + LONGEST_CITY, len(passage)) - 1, at - 1, -1):
                keys = (first, *passage.keys[at + 1 : last + 1])
                if not all(scene.is_word(t) for t in range(at, last + 1)):
                    continue
                known = gazetteer().get(" ".join(keys))
                if known is None or self._runs_on(last):
                    continue
                city = self._meant(known, " ".join(keys), last)
                if city is None or not (sure or self._is_likely(city, keys, at, clitic)):
                    return None
                return Mention(Entity(city.name, city.name, "city", city.country), at, last, clitic)
        return None

    def _openings(self, at: int, sure: bool) -> Iterator[tuple[str, str]]:
        """The word as written, and without what may be written on to it."""
        key = self.scene.passage.keys[at]
        yield "", key
        lexicon = self.scene.lexicon
        for clitic in (*self._prefixes, *lexicon.coordinating, *lexicon.articles):
            if key.startswith(clitic) and (sure or len(key) - len(clitic) >= SHORTEST_OF_FEW):
                yield clitic, key[len(clitic) :]

    def _runs_on(self, last: int) -> bool:
        """Whether a longer name goes on after this one, of something else: "London Bridge"."""
        passage = self.scene.passage
        after = last + 1
        if not self._capitals or after >= len(passage) or not self.scene.is_word(after):
            return False
        return passage.text[passage.starts[after]].isupper() and self.mentions.around(after) is None

    def _is_likely(self, city: City, keys: Sequence[str], at: int, clitic: str) -> bool:
        """Whether a single word is the city and no plain word of the language."""
        if len(keys) > 1:
            return True
        (key,) = keys
        if key in self._no_cities or any(not g.startswith(LOCATING) for g in self.scene.tags[at]):
            return False
        if self._capitals:
            return True
        if clitic and clitic not in self.scene.lexicon.coordinating:
            return len(key) >= SHORTEST_WITH_CLITIC and city.population >= LEAST_WITH_CLITIC
        return len(key) > SHORTEST_OF_FEW or city.population >= LEAST_WITH_CLITIC

    def _meant(self, known: Collection[City], key: str, last: int) -> City | None:
        """The one of several namesakes that is meant, if that can be told: "Tripoli, Lebanon" says it."""
        ordered = sorted(known, key=lambda c: -c.population)
        beside = [m for m in self.mentions.between(last + 1, last + 3) if m.entity.kind == "country"]
        if beside and self.scene.is_soft(last + 1):
            ordered = [c for c in ordered if c.country == beside[0].entity.country] or ordered
        named = [c for c in ordered if c.name_key == key]
        if named and named[0].population * DWARFS >= ordered[0].population:
            ordered = named
        left = rivals(ordered)
        if len(left) > 1:
            left = [c for c in left if c.country in self.countries]
        return left[0] if len(left) == 1 else None


LOCATING = ("locating", "directions")
