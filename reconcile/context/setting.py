"""Setting: the country in which a figure's matter lies, and which dates only say when somebody spoke.

A report says once where its matter lies, and goes on without: in the dateline, by whose police acted, by the people
who were hurt. One country is taken, where nothing of the same kind names another: that of the sentence's own place,
else of the article's places, else of whom the sentence names and of the dateline together, else of all whom the article
names. "Israeli strikes" under a dateline of Gaza are of two countries, and so of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from reconcile.context.names import Mention, Mentions
from reconcile.context.scene import Scene
from reconcile.context.voice import GOVERNING
from reconcile.rules.countries import countries_of_places, country_names

SPEECH = ("say.verbs", "deny.verbs")
ACTS = (*GOVERNING, "event_types", "event_head")
POSSESSIVE = re.compile("['\u2019]s\\b")  # "Tuesday's strike" is no day of speech
SPEECH_REACH = 3
SPEAKER_LENGTH = 14


class SettingReader:
    """Reads the country of a figure's matter."""

    def __init__(self, scene: Scene, mentions: Iterable[Mention], places: Mentions) -> None:
        self.scene = scene
        self.mentions = Mentions(
            m for m in mentions if m.entity.country is not None and not self._is_of_a_journey(m)
        )
        self.places = Mentions(m for m in places if not self._is_of_a_journey(m))

    def country(self, index: int, place: str | None) -> str | None:
        """The canonical name of the one country, or None; that of the figure's own place, if it has one."""
        if place is not None:
            return countries_of_places().get(place)
        scene, sentence = self.scene, self.scene.of_figure(index)
        inside = max(sentence.first, scene.dateline_end), sentence.last
        whole = scene.dateline_end, len(scene.passage)
        for found in (
            self.places.between(*inside),
            self.places.between(*whole),
            [*self.mentions.between(*inside), *self._dateline],
            [*self.mentions.between(*whole), *self._dateline],
        ):
            countries = _countries(found)
            if len(countries) == 1:
                return countries.pop()
        return None

    def _is_of_a_journey(self, mention: Mention) -> bool:
        """Whether somebody only came from there, or wanted to go there: "a boat bound for Italy"."""
        marks = self.scene.ending.get(mention.first - 1, ())
        return any(m.cue.group == "journeys" and not self.scene.has(m.first, "locating") for m in marks)

    @cached_property
    def _dateline(self) -> Sequence[Mention]:
        return [
            *self.places.between(0, self.scene.dateline_end - 1),
            *self.mentions.between(0, self.scene.dateline_end - 1),
        ]


def _countries(mentions: Iterable[Mention]) -> set[str]:
    names = country_names()
    return {names[code] for m in mentions if (code := m.entity.country or "") in names}


def is_day_of_speech(scene: Scene, index: int) -> bool:
    """Whether a date says when somebody spoke: "said on Tuesday", "the ministry announced Sunday that"."""
    first, last = scene.spans[index]
    sentence = scene.of_figure(index)
    verb = next(
        (
            t
            for t in range(first - 1, max(sentence.first, first - SPEAKER_LENGTH) - 1, -1)
            if scene.has(t, *SPEECH)
        ),
        None,
    )
    if verb is None or POSSESSIVE.match(scene.passage.text, scene.figures[index].end):
        return False
    between = _without_asides(scene, range(verb + 1, first))
    if any(scene.has(t, "complementizers") or t in scene.figure_at or scene.is_hard(t) for t in between):
        return False
    if first - verb <= SPEECH_REACH:
        return True
    if any(scene.has(t, *ACTS) for t in between):
        return False
    after = next((t for t in range(last + 1, sentence.last + 1) if not scene.is_soft(t)), None)
    return after is None or scene.is_hard(after) or scene.has(after, "complementizers", *ACTS)


def _without_asides(scene: Scene, tokens: Iterable[int]) -> list[int]:
    """The tokens but for what stands in parentheses: an office's short name."""
    depth, kept = 0, []
    for token in tokens:
        key = scene.passage.keys[token]
        depth += key == "("
        if not depth:
            kept.append(token)
        depth -= key == ")" and depth > 0
    return kept
