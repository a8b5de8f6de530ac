"""Place: the country or city where what a figure counts took place, as its clause says it.

A place is read only where the text puts something there: after a word of place, as the place that records a figure
("Angola accounted for 25"), in a list of such, or as one of the countries of the figure's event. Several that do not
lie in one another are no place: unknown is better than the wrong one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from reconcile.context.cities import CityReader
from reconcile.context.names import LONGEST_NAME, QUOTES, Mention, Mentions
from reconcile.context.reading import Reading, Relation
from reconcile.context.scene import Scene, Sentence
from reconcile.rules.countries import country_names

PLACE_REACH = 12
PAIR_REACH = 3


def country_of(mention: Mention) -> str | None:
    """The canonical name of the country that a place is or lies in."""
    return country_names().get(mention.entity.country or "")


class PlaceReader:
    """Reads the place of every figure of a scene.

    `wholes` is for each figure the one that it is a part of; `beside` the places of figures whose clause has no verb.
    """

    def __init__(self, scene: Scene, mentions: Mentions, wholes: Sequence[int | None]) -> None:
        self.scene = scene
        self.wholes = wholes
        countries = (m for m in mentions if m.entity.kind == "country" and m.first not in scene.figure_at)
        reader = CityReader(scene, mentions)
        cities = list(reader.mentions_of_cities())
        self.areas = frozenset(reader.mentions_of_areas(cities))
        self.places = Mentions([*filter(self.is_place, countries), *cities, *self.areas])
        self.beside: dict[int, Mention] = {}

    def place(self, index: int, reading: Reading, of_event: Collection[str]) -> str | None:
        """The place of a figure's clause: the first after it before the next figure, else the only one."""
        scene = self.scene
        figure = scene.figures[index]
        if figure.role != "claim" or reading.measure is None:
            return None
        if figure.kind == "duration" and reading.mark is None:
            return None
        if index in self.beside:
            return self.beside[index].entity.name
        first, last = scene.spans[index]
        sentence = scene.of_figure(index)
        inside = [
            m
            for m in self.places.between(max(sentence.first, scene.dateline_end), sentence.last)
            if self._locates(m, index, reading, of_event) and not self._is_of_a_part(m, index)
            if m not in self.areas or self._is_next(m, index)
        ]
        if not inside:
            return self._carried(sentence) if figure.kind != "duration" else None
        only = _narrowest(inside)
        if only is not None:
            return only
        following = scene.figures_in(last + 1, sentence.last)
        others = [scene.spans[i][0] for i in following if i != index and scene.figures[i].kind != "date"]
        stop = min([sentence.last + 1, *others])
        after = [m for m in inside if last < m.first < stop and not (others and self._parted(last, m.first))]
        located = [m for m in after if m.first - last <= PLACE_REACH]
        if located:
            return _narrowest(located)
        return self._place_before(inside, sentence, first)

    def _is_next(self, mention: Mention, index: int) -> bool:
        """Whether a place that nobody knows stands right after a figure, with no other figure between."""
        scene, last = self.scene, self.scene.spans[index][1]
        near = 0 < mention.first - last <= PLACE_REACH
        return near and not any(t in scene.figure_at for t in range(last + 1, mention.first))

    def _carried(self, sentence: Sentence) -> str | None:
        """The one place of the sentence before, where a pronoun goes on with who acted there ("They confiscated …")."""
        scene = self.scene
        number = scene.sentence_number(sentence.first)
        says = scene.has(min(sentence.first + 1, sentence.last), "say.verbs")
        if number == 0 or says or not scene.has(sentence.first, "pronouns"):
            return None
        before = scene.sentences[number - 1]
        if before.paragraph != sentence.paragraph:
            return None
        inside = self.places.between(max(before.first, scene.dateline_end), before.last)
        located = [m for m in inside if any(scene.has(t, "locating") for t in range(max(0, m.first - 2), m.first))]
        return _narrowest(located) if located and len(located) == len(inside) else None

    def _is_of_a_part(self, mention: Mention, index: int) -> bool:
        """Whether a place belongs to a part of the figure: "Angola made 25 of the 83", "83, of them 25 in …"."""
        scene = self.scene
        number = scene.sentence_number(scene.spans[index][0])
        first = scene.spans[index][0]
        return any(
            scene.sentence_number(scene.spans[part][0]) == number
            and (scene.spans[part][0] < first or scene.spans[part][0] < mention.first)
            for part in self._parts_of.get(index, ())
        )

    @cached_property
    def _parts_of(self) -> dict[int, list[int]]:
        """The parts of each whole, by their numbers among the figures."""
        parts: dict[int, list[int]] = {}
        for part, whole in enumerate(self.wholes):
            if whole is not None:
                parts.setdefault(whole, []).append(part)
        return parts

    def _locates(self, mention: Mention, index: int, reading: Reading, of_event: Collection[str]) -> bool:
        """Whether a country is where something is, not who acts: after a word of place, or the frame of a value."""
        scene = self.scene
        if mention.first > 0 and scene.has(mention.first - 1, "journeys"):
            return False
        near = range(max(0, mention.first - 2), mention.first)
        if any(scene.has(t, "locating") and not scene.is_hard(t) for t in near):
            return True
        if mention.clitic in self._locating_prefixes:
            return True
        if mention.entity.kind == "city" or country_of(mention) in of_event:
            return True
        if mention.first > 0 and scene.has(mention.first - 1, "directions"):
            between = range(scene.spans[index][1] + 1, mention.first)
            return not any(scene.is_soft(t) or scene.is_hard(t) for t in between)
        after = mention.last + 1
        if after < len(scene.passage) and scene.has(after, "recording"):
            return True
        if mention.first > 0 and scene.has(mention.first - 1, "recording"):
            return True
        if self._is_listed(mention):
            return True
        return reading.relation is Relation.SUBJECT and not self._has_office(mention)

    def _has_office(self, mention: Mention) -> bool:
        """Whether a country only says whose office speaks or acts ("Iran's president")."""
        near = range(mention.last + 1, min(mention.last + 5, len(self.scene.passage)))
        return any(self.scene.has(t, "authorities", "bare_titles", "titles") for t in near)

    def _is_listed(self, mention: Mention) -> bool:
        """A further country of a list whose first is located."""
        near = self.places.between(mention.first - LONGEST_NAME, mention.first - 1)
        near = [m for m in near if mention.first - m.last <= 2]
        return any(self.scene.has(t, "locating") for m in near for t in range(max(0, m.first - 2), m.first))

    @cached_property
    def _locating_prefixes(self) -> tuple[str, ...]:
        return tuple(self.scene.lexicon.rules.get("locating_prefixes") or ())

    def _parted(self, first: int, last: int) -> bool:
        """Whether a comma or more stands between two tokens."""
        return any(self.scene.is_soft(t) or self.scene.is_hard(t) for t in range(first + 1, last))

    def _place_before(self, inside: Sequence[Mention], sentence: Sentence, first: int) -> str | None:
        """The nearest country before a figure with no other figure between, if it is the sentence's frame or close."""
        before = [m for m in inside if m.first < first]
        if not before:
            return None
        nearest = before[-1]
        listed = [m for m in before[-2:] if nearest.first - m.last <= 2]
        if nearest.first - sentence.first <= 2:
            return _narrowest(listed)
        between = [
            i for i in self.scene.figures_in(nearest.last, first - 1) if self.scene.figures[i].kind != "date"
        ]
        close = first - nearest.last <= PLACE_REACH
        return _narrowest(listed) if close and not between else None

    def is_place(self, mention: Mention) -> bool:
        """Ambiguous names count only after a word of place; what an operation is called is none."""
        scene = self.scene
        head = mention.first - 1 - (mention.first > 0 and scene.passage.keys[mention.first - 1] in QUOTES)
        if head >= 0 and scene.has(head, "event_head"):
            return False
        ambiguous = scene.lexicon.rules.get("ambiguous_places") or ()
        key = scene.passage.keys[mention.first]
        if mention.first != mention.last or not any(key.endswith(str(a)) for a in ambiguous):
            return True
        if key not in ambiguous:
            return any(key == p + str(a) for a in ambiguous for p in scene.lexicon.proclitics)
        return mention.first > 0 and scene.has(mention.first - 1, "locating", "directions")


def _narrowest(places: Sequence[Mention]) -> str | None:
    """The one name of several mentions, or the city of a pair that names its country beside it ("Aleppo, Syria")."""
    names = {m.entity.name for m in places}
    if len(names) == 1:
        return names.pop()
    cities = [m for m in places if m.entity.kind == "city"]
    wider = [m for m in places if m.entity.kind != "city"]
    if len({m.entity.name for m in cities}) != 1 or {country_of(m) for m in wider} != {country_of(cities[0])}:
        return None
    beside = all(any(0 < abs(w.first - c.last) <= PAIR_REACH for c in cities) for w in wider)
    return cities[0].entity.name if beside else None
