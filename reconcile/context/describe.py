"""Describe: one `Context` for each figure of a passage, from the readers of all that surrounds it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reconcile.context.doubting import DoubtReader
from reconcile.context.events import EventReader
from reconcile.context.gapping import with_gaps
from reconcile.context.lexicon import languages, lexicon_for
from reconcile.context.measuring import MEASURED_KINDS, MeasureReader
from reconcile.context.model import ArticleFacts, Context, FigureLike
from reconcile.context.names import load_events, name_book
from reconcile.context.parts import PartReader
from reconcile.context.places import PlaceReader
from reconcile.context.reading import Reading, Relation
from reconcile.context.repeats import with_duplicates
from reconcile.context.scene import Scene
from reconcile.context.speaking import SpeakerReader
from reconcile.rules.measures import own_measures
from reconcile.text import Passage


def describe(
    passage: Passage,
    figures: Sequence[FigureLike],
    article: ArticleFacts | None = None,
    *,
    rules: Path | None = None,
    events: Path | None = None,
) -> list[Context]:
    """What each figure says, in the order of `figures`.

    `rules` is a folder of a user's own measures, `events` another events file. A language without context rules is
    described as far as names go; nothing raises on any text.

    Raises:
        RuleError: a file of `rules` breaks the schema; names file, key and mend.

    >>> from reconcile.figures.figure import Figure
    >>> text = "Police arrested 83 people, INTERPOL said."
    >>> [c] = describe(Passage(text), [Figure(16, 25, "count", value=83.0, low=83.0, high=83.0, unit="person")])
    >>> c.measure, c.speaker, c.stance
    ('people_arrested', 'INTERPOL', 'asserted')
    """
    with own_measures(rules):
        return _described(passage, figures, article or ArticleFacts(), events)


def _described(
    passage: Passage, figures: Sequence[FigureLike], facts: ArticleFacts, events: Path | None
) -> list[Context]:
    if not figures:
        return []
    language = facts.language if facts.language in languages() else _likeliest_language(passage)
    scene = Scene(passage, figures, facts, lexicon_for(language))
    if not scene.sentences:
        return [Context() for _ in figures]
    measuring = MeasureReader(scene)
    readings = [measuring.read(i) for i in range(len(figures))]
    speaking = SpeakerReader(scene, name_book(events).mentions(passage))
    doubting = DoubtReader(scene, speaking)
    parts = PartReader(scene, readings)
    wholes = [parts.whole(i) for i in range(len(figures))]
    readings = [_inherited(readings, figures, i, wholes[i]) for i in range(len(figures))]
    placing = PlaceReader(scene, speaking.mentions, wholes)
    readings, placing.beside = with_gaps(scene, readings, placing.places)
    happening = EventReader(scene, speaking.mentions, readings, load_events(events), placing)
    contexts: list[Context] = []
    for index, figure in enumerate(figures):
        if figure.role == "boilerplate" or figure.kind == "time":
            contexts.append(Context())
            continue
        contexts.append(_context(index, readings[index], wholes[index], speaking, doubting, happening))
    return with_duplicates(scene, contexts)


def _context(
    index: int,
    reading: Reading,
    whole: int | None,
    speaking: SpeakerReader,
    doubting: DoubtReader,
    happening: EventReader,
) -> Context:
    speaker, speaker_rule = speaking.speaker(index)
    doubt = doubting.read(index, reading)
    if doubt.speaker is not None or doubt.stance != "asserted":
        speaker = doubt.speaker
    period_start, period_end = happening.period(index)
    rules = (
        reading.rule if reading.measure is not None else None,
        speaker_rule,
        *doubt.rules,
        happening.rule(index),
        None if whole is None else "part_of",
    )
    return Context(
        measure=reading.measure,
        event=happening.event(index),
        place=happening.place(index),
        actor=happening.actor(index),
        period_start=period_start,
        period_end=period_end,
        speaker=speaker,
        stance=doubt.stance,
        refuted_by=doubt.refuted_by,
        epistemic=doubt.epistemic,
        scope=doubt.scope,
        cumulative=doubt.cumulative,
        part_of=whole,
        rules=tuple(r for r in rules if r is not None),
    )


def _inherited(
    readings: Sequence[Reading], figures: Sequence[FigureLike], index: int, whole: int | None
) -> Reading:
    """A part that says nothing of its own counts what its whole counts."""
    own = readings[index]
    if whole is None or (own.mark is not None and own.measure is not None):
        return own
    figure, of_whole = figures[index], readings[whole]
    if figure.kind not in MEASURED_KINDS or of_whole.mark is None:
        return own
    if of_whole.relation is Relation.PERSONS and figure.unit is not None:
        return own
    return of_whole


def _likeliest_language(passage: Passage) -> str:
    """The language whose grammar words the passage has most of."""
    return max(languages(), key=lambda language: len(lexicon_for(language).marks(passage)))
