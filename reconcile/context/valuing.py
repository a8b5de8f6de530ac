"""Value: the thing whose value a figure is ("the death toll rose to 12", "the number of those freed is 44")."""

from __future__ import annotations

from reconcile.context.cues import CueReader
from reconcile.context.lexicon import Mark
from reconcile.context.reading import Reading, Relation
from reconcile.rules.measures import Measure

SUBJECT_REACH = 28
NUMBERED_REACH = 4
REFINING_REACH = 20
SHORT_LINK = 3
NUMBERED = ("measure.counted", "measure.persons", "measure.stocks", "measure.participles", "measure.verbs")


class ValueReader(CueReader):
    """Reads the measure that a figure has as the value of a thing."""

    def _subject(self, index: int) -> Reading | None:
        scene = self.scene
        figure = scene.figures[index]
        at = scene.spans[index][0] - 1
        start = scene.of_figure(index).first
        linked = scene.has(scene.spans[index][0], "value_links")
        cost = 0
        located = scene.before_hedges(index)
        if scene.is_located(index) and not scene.has(located, "value_links", "comparisons"):
            return None
        while at >= start and cost <= SUBJECT_REACH:
            if scene.is_hard(at) and scene.passage.keys[at] != ":":
                return None
            if self._begins_another(index, at):
                return None
            linked = linked or scene.has(at, "value_links") or scene.passage.keys[at] == ":"
            reached = linked or self._follows_link(at, start)
            best: Reading | None = None
            for mark in scene.ending.get(at, ()):
                if not self._can_be_subject(mark, index, reached, at):
                    continue
                measure = self.measures[mark.cue.name]
                told = mark.cue.group == "measure.counted" and figure.kind in measure.kind
                if measure.refines is not None or not (
                    told or measure.fits(figure.kind, figure.unit, figure.noun)
                ):
                    continue
                if not self._speaks(mark, index) or not (reached or cost <= SHORT_LINK):
                    continue
                longer = best is not None and mark.last - mark.first > length(best)
                if best is None or longer or self._outranks(measure, best):
                    best = Reading(self._level(measure, index), mark, Relation.SUBJECT, cost, mark.first)
            if best is None and reached:
                best = self._numbered(index, at, cost)
            if best is not None:
                return best
            cost += 1
            at -= 1
        return None

    def _begins_another(self, index: int, at: int) -> bool:
        """Whether a clause with a subject of its own parts two figures ("growth of 3 %, and exports rose …")."""
        scene = self.scene
        if scene.figure_at.get(at, index) == index or not self._is_measured(at):
            return False
        gap = range(at + 1, scene.before_hedges(index))
        subject = next((t + 1 for t in gap if scene.has(t, "coordinators")), None)
        if subject is None or len(gap) <= SHORT_LINK:
            return False
        other = scene.figures[scene.figure_at[at]].kind != scene.figures[index].kind
        if other and scene.has(subject, "determiners"):
            return True
        named = (
            scene.is_word(subject) and subject not in scene.figure_at and not scene.is_function_word(subject)
        )
        verbs = ("value_links", "change_verbs")
        return named and not scene.has(subject, *verbs) and scene.has(subject + 1, *verbs)

    def _follows_link(self, at: int, start: int) -> bool:
        """Whether the verb of value stands before its subject ("بلغ وزن العاج المضبوط طنين")."""
        near = range(max(start, at - SHORT_LINK), at)
        return self.scene.verb_first and any(self.scene.has(t, "value_links") for t in near)

    def _numbered(self, index: int, noun: int, cost: int) -> Reading | None:
        """The measure of those whose number it is: "the number of hostages freed", "عدد الرهائن المحررين"."""
        scene = self.scene
        if not scene.has(noun, "number_nouns"):
            return None
        figure = scene.figures[index]
        best: Reading | None = None
        groups: tuple[str, ...] = NUMBERED
        end = noun + NUMBERED_REACH
        for token in range(noun + 1, min(noun + 2 * NUMBERED_REACH, len(scene.passage))):
            if token > end or not scene.is_word(token) or token in scene.figure_at:
                break
            if scene.has(token, "relatives"):  # "the number of those who were freed"
                groups, end = (*NUMBERED, "measure.does"), token + NUMBERED_REACH
            elif scene.has(token, "locatives"):
                break
            for mark in scene.starting.get(token, ()):
                measure = self.measures[mark.cue.name] if mark.cue.group in groups else None
                if measure is None or not measure.fits(figure.kind, figure.unit, figure.noun):
                    continue
                if mark.cue.group == "measure.verbs" and not (self.scene.verb_first or self._is_participle(mark)):
                    continue
                if self._speaks(mark, index) and not self._spans_figure(mark):
                    best = Reading(self._level(measure, index), mark, Relation.SUBJECT, cost, mark.first)
        return best

    def _inverted(self, index: int) -> Reading | None:
        """The thing after its value: "climbed to 44 the number of those freed", "ارتفع إلى 44 عدد المحررين"."""
        scene = self.scene
        figure = scene.figures[index]
        first, last = scene.spans[index]
        at, after = scene.before_hedges(index), last + 1
        low = max(scene.of_figure(index).first, at - SHORT_LINK)
        if after > scene.of_figure(index).last or not any(
            scene.has(t, "value_links") for t in range(low, first)
        ):
            return None
        after += after + 1 < len(scene.passage) and scene.has(after, "determiners")
        for mark in scene.starting.get(after, ()):
            if mark.cue.group != "measure.subjects":
                continue
            measure = self.measures[mark.cue.name]
            if measure.fits(figure.kind, figure.unit, figure.noun) and self._speaks(mark, index):
                return Reading(self._level(measure, index), mark, Relation.SUBJECT, 0, mark.first)
        return self._numbered(index, after, 0)

    def _can_be_subject(self, mark: Mark, index: int, linked: bool, at: int) -> bool:
        """A thing with a value; or a counted noun whose number is told ("deaths have climbed to 1,721")."""
        if mark.cue.group == "measure.subjects":
            return True
        if mark.cue.group in ("measure.verbs", "measure.participles"):
            return linked and (self._is_reduced(mark, index) or self._is_free(mark))
        if mark.cue.group == "measure.acts":  # "the cost of accidents is put at $2m"
            return linked and mark.last > mark.first and self.scene.has(mark.last, "soft_links")
        first, last = self.scene.spans[index]
        figure = self.scene.figures[index]
        bare = figure.unit is None or (first == last and figure.noun is None)
        return mark.cue.group == "measure.counted" and linked and bare and at not in self.scene.figure_at

    def _is_free(self, mark: Mark) -> bool:
        """A verb of the clause that is itself the subject, or whose object is: "what savers lost", "التي خسرها"."""
        scene = self.scene
        near = range(max(0, mark.first - SHORT_LINK), mark.first)
        if any(scene.has(t, "free_relatives") for t in near):
            return True
        resumed = scene.passage.keys[mark.last].endswith(scene.lexicon.object_endings or ("\0",))
        return resumed and mark.first > 0 and scene.has(mark.first - 1, "relatives")

    def _is_reduced(self, mark: Mark, index: int) -> bool:
        """A participle on the noun whose amount follows: "assets frozen abroad stood at $2m"."""
        scene = self.scene
        if scene.figures[index].kind not in ("money", "quantity") or mark.first != mark.last:
            return False
        if mark.cue.group == "measure.verbs" and not self._is_participle(mark):
            return False
        if mark.cue.group == "measure.participles" and not self._agrees(mark.first):
            return False
        return not any(
            scene.is_soft(t)
            or scene.has(t, "coordinators", "clause_words", "say.verbs")
            or t in scene.figure_at
            for t in range(mark.last + 1, scene.spans[index][0])
        )

    def _agrees(self, token: int) -> bool:
        """Whether a participle and the noun before it both have the article: "العاج المضبوط"."""
        keys, articles = self.scene.passage.keys, self.scene.lexicon.articles
        return token > 0 and all(keys[t].startswith(articles) for t in (token - 1, token))

    def _level(self, measure: Measure, index: int) -> str:
        """The measure, or its change: "rose by 3 %" is not a level of 3 %."""
        scene = self.scene
        at = scene.spans[index][0] - 1
        while at >= 0 and scene.has(at, "hedges") and not scene.has(at, "change_links"):
            at -= 1
        sentence = scene.of_figure(index)
        by = at >= sentence.first and scene.has(at, "change_links")
        if by and any(scene.has(t, "change_verbs") for t in range(max(sentence.first, at - 8), at)):
            return f"{measure.id}:change"
        return measure.id

    def _refined(self, index: int, reading: Reading) -> Reading:
        """A narrower measure whose subject stands in the clause: what a campaign raised is not what a group raised."""
        scene = self.scene
        figure = scene.figures[index]
        sentence = scene.of_figure(index)
        first = scene.spans[index][0]
        for mark in reversed(list(scene.of("measure.subjects", sentence.first, first - 1))):
            measure = self.measures[mark.cue.name]
            if measure.refines is None or not measure.fits(figure.kind, figure.unit, figure.noun):
                continue
            if reading.measure not in (None, measure.refines) or first - mark.last > REFINING_REACH:
                continue
            if not self._speaks(mark, index):
                continue
            if any(scene.is_hard(t) or self._is_measured(t) for t in range(mark.last, first)):
                continue
            if scene.has(mark.first - 1, "locatives") if mark.first > sentence.first else False:
                continue
            return Reading(measure.id, mark, Relation.SUBJECT, first - mark.last, mark.first)
        return reading


def length(reading: Reading) -> int:
    """How many words the cue of a reading has beyond the first."""
    return 0 if reading.mark is None else reading.mark.last - reading.mark.first
