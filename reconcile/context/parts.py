"""Parts: the figure that another is stated to be a part of.

A word says so ("12 of the 83", "among them 12 women, 3 children", "eleven of the suspects"), or an explicit breakdown
does ("of the 83 arrests, 21 …, 28 …"; "83 arrests: 21 …, 28 …"). Stated parts are linked whatever they add up to: that
they do not is news. Figures that nothing introduces are parts only where they add up to the whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.context.scene import Scene, Sentence

PARTED_KINDS = ("count", "money", "quantity")
OF_REACH = 3
BACK_REACH = 3
AFTER_REACH = 4
WHOLE_SENTENCES_BACK = 2
THOSE_SENTENCES_BACK = 3
LIST_REACH = 12
LIST_OPENERS = frozenset(":(\u2013\u2014")
CLAUSE_CUES = ("passive_auxiliaries", "say.verbs")


class PartReader:
    """Finds wholes among the figures of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        # Parts that a word points back from, and those that go on a list of them; filled in the order of the text.
        self._listed: dict[int, int] = {}
        self._breakdowns = self._find_breakdowns()

    def whole(self, index: int) -> int | None:
        """The index of the figure that this one is stated to be a part of."""
        figure = self.scene.figures[index]
        if figure.kind not in PARTED_KINDS or figure.role != "claim":
            return None
        for found in (self._of_the(index), self._of_it(index), self._breakdowns.get(index)):
            if found is not None:
                return found
        return self._of_those(index)

    # ---- "12 of the 83"

    def _of_the(self, index: int) -> int | None:
        scene = self.scene
        last = scene.spans[index][1]
        for step in range(1, OF_REACH + 1):
            token = last + step
            if token >= len(scene.passage) or scene.is_hard(token) or scene.is_soft(token):
                return None
            for mark in scene.starting.get(token, ()):
                if mark.cue.group != "parts.of":
                    continue
                for after in range(mark.last + 1, mark.last + 1 + OF_REACH):
                    other = scene.figure_at.get(after)
                    if other is not None:
                        return other if self._can_hold(other, index) else None
        return None

    # ---- "eleven of the suspects"

    def _of_those(self, index: int) -> int | None:
        """The earlier figure that "of the suspects" points at: the nearest of its noun, else the only larger one."""
        scene = self.scene
        figure = scene.figures[index]
        first, last = scene.spans[index]
        # What counts nouns has its noun behind the word: "1,500 people from the camps" are no part of camps.
        end = last + 2 if figure.kind != "count" and not scene.lexicon.articles else last + 1
        if figure.unit is None or not any(
            mark.cue.group == "parts.those" and self._is_definite(mark.last + 1)
            for token in range(first + 1, end)
            for mark in scene.starting.get(token, ())
        ):
            return None
        number = scene.sentence_number(first)
        low = scene.sentences[max(0, number - THOSE_SENTENCES_BACK)].first
        earlier = [
            other
            for other in scene.figures_in(low, first - 1)
            if self._can_hold(other, index) and scene.figures[other].value != figure.value
        ]
        alike = [other for other in earlier if figure.noun and scene.figures[other].noun == figure.noun]
        if alike:
            return alike[-1]
        return earlier[0] if len(earlier) == 1 else None

    def _is_definite(self, token: int) -> bool:
        """Whether a word is a noun and no number; in a language that writes its article on to it, one with it."""
        scene = self.scene
        if token >= len(scene.passage) or not scene.is_word(token) or scene.is_function_word(token):
            return False
        articles = scene.lexicon.articles
        return not articles or scene.passage.keys[token].startswith(articles)

    # ---- "600 thousand of it", "including 12 children"

    def _of_it(self, index: int) -> int | None:
        scene = self.scene
        first, last = scene.spans[index]
        sentence = scene.of_figure(index)
        for mark in scene.of("parts.back", sentence.first, sentence.last):
            before = 0 < first - mark.last <= BACK_REACH + 2 and self._only_between(mark.last + 1, first)
            after = 0 < mark.first - last <= AFTER_REACH and self._only_between(last + 1, mark.first)
            if not before and not after:
                continue
            if after and not before and self._introduces_next(mark.last, sentence.last):
                continue
            whole = self._nearest_whole(index, mark.first if before else first)
            if before and whole is not None:
                self._listed[index] = whole
            return whole
        whole = self._listed_with(index)
        if whole is not None:
            self._listed[index] = whole
        return whole

    def _introduces_next(self, token: int, end: int) -> bool:
        """ "83 people, including 12 …": the word belongs to the figure that follows it."""
        return any(t in self.scene.figure_at for t in range(token + 1, min(end, token + BACK_REACH) + 1))

    def _only_between(self, low: int, high: int) -> bool:
        return not any(self.scene.is_hard(t) or t in self.scene.figure_at for t in range(low, high))

    def _nearest_whole(self, index: int, before: int) -> int | None:
        scene = self.scene
        number = scene.sentence_number(scene.spans[index][0])
        for back in range(WHOLE_SENTENCES_BACK):
            if number - back < 0:
                return None
            sentence = scene.sentences[number - back]
            if sentence.paragraph < scene.sentences[number].paragraph - 1:
                return None
            for other in reversed(scene.figures_in(sentence.first, min(before - 1, sentence.last))):
                if other != index and self._can_hold(other, index):
                    return other
        return None

    def _listed_with(self, index: int) -> int | None:
        """A further part of a list that began "among them 12 women": the whole of the part before it."""
        scene = self.scene
        first = scene.spans[index][0]
        inside = scene.figures_in(scene.of_figure(index).first, first - 1)
        if not inside or scene.figures[inside[-1]].kind not in PARTED_KINDS:
            return None
        before = inside[-1]
        if before not in self._listed or not self._goes_on(before, index):
            return None
        whole = self._listed[before]
        return whole if self._can_hold(whole, index) or self._is_bare(index) else None

    def _goes_on(self, before: int, index: int) -> bool:
        """Whether a figure follows another in one list: "… 21 for fraud, 28 for theft and 16 for …"."""
        scene = self.scene
        first, last = scene.spans[index]
        gap = range(scene.spans[before][1] + 1, first)
        if len(gap) > LIST_REACH or any(scene.is_hard(t) for t in gap):
            return False
        opener = scene.before_hedges(index)
        glued = scene.passage.keys[first].startswith(scene.lexicon.coordinating or ("\0",))
        if not (glued or opener in gap and (scene.has(opener, "coordinators") or scene.is_soft(opener))):
            return False
        if any(scene.has(t, *CLAUSE_CUES) for t in gap):
            return False
        return not self._has_own_verb(last + 1)

    def _has_own_verb(self, token: int) -> bool:
        """Whether a verb of its own follows a figure: "and 28 were released" begins a new clause."""
        scene = self.scene
        for at in range(token, min(token + OF_REACH, len(scene.passage))):
            if not scene.is_word(at) or scene.has(at, "relatives", "locatives") or at in scene.figure_at:
                return False
            if scene.has(at, "passive_auxiliaries", "measure.verbs", "measure.does"):
                return True
        return False

    # ---- "of the 83, 21 were …, 28 …"

    def _find_breakdowns(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for number, sentence in enumerate(self.scene.sentences):
            inside = [
                i
                for i in self.scene.figures_in(sentence.first, sentence.last)
                if self.scene.figures[i].kind in PARTED_KINDS and self.scene.figures[i].value is not None
            ]
            back = self._opening_whole(sentence, inside)
            if back is not None:
                found.update(dict.fromkeys((i for i in inside if self._can_hold(back, i)), back))
            elif len(inside) >= 2:
                parts = self._divided(sentence, inside)
                found.update(dict.fromkeys(parts, inside[0]))
                if not parts and number and not self._is_introduced(sentence, inside[0]):
                    self._sums_to_earlier(number, inside, found)
        return found

    def _divided(self, sentence: Sentence, inside: Sequence[int]) -> list[int]:
        """The parts of a sentence's first figure; what they add up to counts only where no word says that they are."""
        scene = self.scene
        whole, parts = inside[0], inside[1:]
        held = [p for p in parts if self._can_hold(whole, p)]
        stated = [p for p in parts if p in held or self._is_bare(p) and scene.figures[p].kind == "count"]
        between = range(scene.spans[whole][1] + 1, scene.spans[parts[0]][0])
        introduced = self._is_introduced(sentence, whole)
        if introduced and any(scene.is_soft(t) or scene.is_hard(t) for t in between):
            return stated
        opened = scene.before_hedges(parts[0])
        if opened in between and scene.passage.keys[opened] in LIST_OPENERS and self._is_list(whole, parts):
            return stated
        total = sum(scene.figures[p].value or 0.0 for p in held)
        size = scene.figures[whole].value or 0.0
        if introduced and total <= size or len(held) >= 2 and len(held) == len(parts) and total == size:
            return held
        return []

    def _is_introduced(self, sentence: Sentence, whole: int) -> bool:
        """Whether "of the" stands before a figure, at the start of the sentence or as words that mean nothing else."""
        first = self.scene.spans[whole][0]
        return any(
            m.last < first and first - m.last <= OF_REACH and (m.last > m.first or m.first == sentence.first)
            for m in self.scene.of("parts.breakdown", sentence.first, first - 1)
        )

    def _is_list(self, whole: int, parts: Sequence[int]) -> bool:
        """Two or more numbers that name no noun, or the whole's own, each after a comma or "and"."""
        unit = self.scene.figures[whole].unit
        alike = all(self._is_bare(p) or self.scene.figures[p].unit == unit for p in parts)
        return len(parts) >= 2 and alike and all(map(self._goes_on, parts, parts[1:]))

    def _is_bare(self, index: int) -> bool:
        """A number that names nothing of its own, so that it can only count what the list counts."""
        figure = self.scene.figures[index]
        return figure.kind == "count" and figure.unit is None and figure.value is not None

    def _opening_whole(self, sentence: Sentence, inside: Sequence[int]) -> int | None:
        """The earlier figure that a sentence which opens with "of these" divides."""
        for mark in self.scene.of("parts.back", sentence.first, sentence.first + 2):
            if inside and not self._only_between(mark.last + 1, self.scene.spans[inside[0]][0]):
                continue
            return self._nearest_whole(inside[0], mark.first) if inside else None
        return None

    def _sums_to_earlier(self, number: int, inside: Sequence[int], found: dict[int, int]) -> None:
        """Three or more figures of one sentence that add up to one of the sentence before."""
        scene = self.scene
        before = scene.sentences[number - 1]
        if len(inside) < 3 or scene.sentences[number].paragraph > before.paragraph + 1:
            return
        total = sum(scene.figures[i].value or 0.0 for i in inside)
        for whole in scene.figures_in(before.first, before.last):
            if scene.figures[whole].value == total and all(self._can_hold(whole, i) for i in inside):
                found.update(dict.fromkeys(inside, whole))

    def _can_hold(self, whole: int, part: int) -> bool:
        """Same kind, a unit that may be the same, and not smaller than the part."""
        a, b = self.scene.figures[whole], self.scene.figures[part]
        if a.kind != b.kind or a.role != "claim" or whole == part:
            return False
        if a.kind == "money" and a.unit != b.unit:
            return False
        if a.kind != "money" and a.unit is not None and b.unit is not None and a.unit != b.unit:
            return False
        size = a.value if a.value is not None else a.high if a.high is not None else a.low
        amount = b.value if b.value is not None else b.low
        return size is None or amount is None or size >= amount
