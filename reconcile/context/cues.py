"""Cues of measures: whether one may speak for a figure, and what form of its word stands there."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from reconcile.context.lexicon import Mark
from reconcile.context.morphology import EXACT
from reconcile.context.reading import Reading
from reconcile.context.scene import Scene
from reconcile.rules.measures import Measure
from reconcile.text.fold import fold

CONTEXT_IN_ARTICLE = 3


class CueReader:
    """What the readers of measures ask of a cue."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.measures = scene.lexicon.measures
        self._silent: dict[tuple[str, int], bool] = {}

    def _is_participle(self, mark: Mark) -> bool:
        """A verb's form under a noun's stem: "arrested" is no arrest."""
        endings = self.scene.lexicon.participle_endings
        exact = mark.cue.phrase.startswith("=") or mark.last > mark.first
        return bool(endings) and not exact and self.scene.passage.keys[mark.last].endswith(endings)

    def _is_definite(self, mark: Mark) -> bool:
        """An act with an article governs nothing directly: "رجال الإنقاذ" are no rescue of somebody."""
        if mark.last > mark.first:
            return False
        articles = self.scene.lexicon.articles
        key = self.scene.passage.keys[mark.first]
        return (
            bool(articles)
            and key.startswith(articles)
            and not fold(mark.cue.phrase.lstrip(EXACT)).startswith(articles)
        )

    def _is_measured(self, token: int) -> bool:
        """Whether a token is of a figure other than a date or clock time."""
        other = self.scene.figure_at.get(token)
        return other is not None and self.scene.figures[other].kind not in ("date", "time")

    def _spans_figure(self, mark: Mark) -> bool:
        """A cue that stands around another figure ("left 19 people dead") is that figure's."""
        return any(self._is_measured(t) for t in range(mark.first, mark.last + 1))

    def _and_glued(self, index: int) -> bool:
        first = self.scene.spans[index][0]
        prefixes = self.scene.lexicon.coordinating
        return bool(prefixes) and self.scene.passage.keys[first].startswith(prefixes)

    def _outranks(self, measure: Measure, best: Reading) -> bool:
        return best.measure in measure.over

    def _speaks(self, mark: Mark, index: int) -> bool:
        """Whether the context that a cue asks for is there, and no word beside which its measure is silent."""
        measure = self.measures[mark.cue.name]
        language = self.scene.lexicon.language
        number = self.scene.sentence_number(self.scene.spans[index][0])
        if measure.unless.get(language) and self._stands(measure, "measure.unless", number):
            return False
        if not measure.context.get(language) or (measure.asks_of_some and not mark.cue.conditional):
            return True
        key = (measure.id, number)
        if key not in self._silent:
            near = self._stands(measure, "measure.context", number)
            near = near or (measure.asks_of_some and self._stands(measure, "measure.context", number - 1))
            self._silent[key] = not (near or self._contexts[measure.id] >= CONTEXT_IN_ARTICLE)
        return not self._silent[key]

    def _stands(self, measure: Measure, group: str, number: int) -> bool:
        """Whether a sentence holds a word of a measure's context."""
        if number < 0:
            return False
        sentence = self.scene.sentences[number]
        return any(m.cue.name == measure.id for m in self.scene.of(group, sentence.first, sentence.last))

    @cached_property
    def _contexts(self) -> Counter[str]:
        return Counter(m.cue.name for m in self.scene.of("measure.context"))
