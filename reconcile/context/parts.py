"""Parts: the figure that another is stated to be a part of.

A word says so ("12 of the 83", "among them 12 women, 3 children", "eleven of the suspects"), or an explicit breakdown
does ("of the 83 arrests, 21 …, 28 …"; "83 arrests: 21 …, 28 …"). So is what was added to a total ("five more, taking
the toll to 73") and one place's share of it ("in Ghana alone 216 …"). Stated parts are linked whatever they add up to:
that they do not is news. Figures that nothing introduces are parts only where they add up to the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reconcile.context.lexicon import Mark
from reconcile.context.reading import Reading
from reconcile.context.scene import Scene, Sentence

NAMING = ("measure.persons", "measure.counted", "measure.stocks", "measure.participles", "measure.verbs")
PARTED_KINDS = ("count", "money", "quantity")
OF_REACH = 3
BACK_REACH = 3
AFTER_REACH = 4
WHOLE_SENTENCES_BACK = 2
THOSE_SENTENCES_BACK = 3
LIST_REACH = 12
LIST_OPENERS = frozenset(":(\u2013\u2014")
RELATIVE_REACH = 12
AMONG_REACH = 6
SUM_SENTENCES_BACK = 3
NAMED_SENTENCES_BACK = 6
ALONE_REACH = 8
RUNNING_REACH = 8
LEAST_SUM_OF_TWO = 20
HOUSEHOLDS = ("family", "household")
CLAUSE_CUES = ("passive_auxiliaries", "say.verbs")


class PartReader:
    """Finds wholes among the figures of a scene."""

    def __init__(self, scene: Scene, readings: Sequence[Reading]) -> None:
        self.scene = scene
        self.readings = readings
        # Parts that a word points back from, and those that go on a list of them; filled in the order of the text.
        self._listed: dict[int, int] = {}
        self._wholes: dict[int, int] = {}
        self._breakdowns = self._find_breakdowns()

    def whole(self, index: int) -> int | None:
        """The index of the figure that this one is stated to be a part of."""
        figure = self.scene.figures[index]
        if figure.kind not in PARTED_KINDS or figure.role != "claim":
            return None
        for reader in (
            self._of_the,
            self._among_those,
            self._of_it,
            self._breakdowns.get,
            self._of_those,
            self._added,
            self._alone,
        ):
            found = reader(index)
            if found is not None:
                self._wholes[index] = found
                if reader in (self._among_those, self._of_those):
                    self._listed[index] = found
                return found
        return None

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
        nameless = figure.noun is None and (figure.kind == "count" or not scene.lexicon.articles)
        pointing = [
            mark.last + 1
            for token in range(first + 1, last + 2 if nameless else last + 1)
            for mark in scene.starting.get(token, ())
            if mark.cue.group == "parts.those"
            and self._is_definite(mark.last + 1)
            and (token <= last or figure.kind != "count" or self._naming(mark.last + 1))
        ]
        told = {mark.cue.name for noun in pointing for mark in self._naming(noun)}
        if not pointing or (figure.unit is None and not told):
            return None
        number = scene.sentence_number(first)
        low = scene.sentences[max(0, number - NAMED_SENTENCES_BACK)].first
        named = self._of_measure(index, self._holding(index, low), told)
        if named is not None:
            return named
        earlier = self._holding(index, scene.sentences[max(0, number - THOSE_SENTENCES_BACK)].first)
        alike = [other for other in earlier if figure.noun and scene.figures[other].noun == figure.noun]
        if alike:
            return alike[-1]
        counted = any(self.readings[other].measure in told for other in earlier)
        return earlier[0] if len(earlier) == 1 and not counted else None

    def _holding(self, index: int, low: int) -> list[int]:
        """The figures from a token on that are larger than this one and may hold it."""
        scene = self.scene
        value = scene.figures[index].value
        before = scene.figures_in(low, scene.spans[index][0] - 1)
        return [o for o in before if self._can_hold(o, index) and scene.figures[o].value != value]

    def _of_measure(self, index: int, earlier: Sequence[int], told: set[str]) -> int | None:
        """The figure of those who are named; none where two were told: "20 of the dead" are of neither toll then."""
        counted = [o for o in earlier if self.readings[o].measure in told and o not in self._wholes]
        apart = len({self.scene.figures[o].value for o in counted}) > 1
        return counted[-1] if counted and not apart and self.scene.figures[index].value is not None else None

    def _among_those(self, index: int) -> int | None:
        """The figure of those whom the words before point at: "among the dead are 43 women", "of the injured, 12"."""
        scene = self.scene
        first = scene.spans[index][0]
        sentence = scene.of_figure(index)
        for mark in scene.of("parts.breakdown", sentence.first, first - 1):
            told = {m.cue.name for m in (*self._naming(mark.last + 1), *self._naming(mark.first))}
            if not told or not self._is_definite(mark.last + 1):
                continue
            if not self._only_between(mark.last + 1, first):
                return self._goes_on_among(mark, index)
            if first - mark.last > AMONG_REACH:
                continue
            low = scene.sentences[max(0, scene.sentence_number(first) - NAMED_SENTENCES_BACK)].first
            earlier = [o for o in scene.figures_in(low, mark.first - 1) if self._can_hold(o, index)]
            return self._of_measure(index, earlier, told)
        return None

    def _goes_on_among(self, mark: Mark, index: int) -> int | None:
        """A further part after "of the dead, 14 …, and six …", where these words open the sentence."""
        scene = self.scene
        first = scene.spans[index][0]
        inside = scene.figures_in(mark.last, first - 1)
        opener = scene.before_hedges(index)
        joined = scene.is_soft(opener) or scene.has(opener, "coordinators")
        if not inside or mark.first != scene.of_figure(index).first or not joined:
            return None
        whole = self._wholes.get(inside[-1])
        bare = whole is not None and (self._is_bare(index) or self._can_hold(whole, index))
        return whole if bare else None

    def _naming(self, token: int) -> list[Mark]:
        """The cues that say what the people of a noun have met: "the detainees", "the dead", "the injured"."""
        marks = self.scene.starting.get(token, ())
        return [mark for mark in marks if mark.cue.group in NAMING]

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
        first = scene.spans[index][0]
        sentence = scene.of_figure(index)
        for mark in scene.of("parts.back", sentence.first, sentence.last):
            before = self._is_led(mark, index)
            after = self._is_pointed_at(mark, index)
            if not before and not after:
                continue
            if after and not before and self._introduces_next(index, mark.last, sentence.last):
                continue
            whole = self._nearest_whole(index, mark.first if before else first)
            if before and whole is not None:
                self._listed[index] = whole
            return whole
        whole = self._listed_with(index)
        if whole is not None:
            self._listed[index] = whole
        return whole

    def _is_led(self, mark: Mark, index: int) -> bool:
        """Whether the figure follows "among them", or stands in the clause of an "of which" right after a figure."""
        scene = self.scene
        first = scene.spans[index][0]
        gap = range(mark.last + 1, first)
        if not first - mark.last > 0 or not self._only_between(mark.last + 1, first):
            return False
        hedged = scene.before_hedges(index) <= mark.last
        other = scene.figure_at.get(mark.first - 1)
        if other is not None and other != index and not hedged:
            bare = scene.figures[other].unit is None
            if bare or any(scene.is_soft(t) or scene.has(t, "coordinators") for t in gap):
                return False  # "62 per cent of them girls, and paid 39,000": it points back from the figure before
        if len(gap) < BACK_REACH + 2:
            return True
        near = range(mark.first - AFTER_REACH, mark.first)
        return (
            mark.cue.group == "parts.back"
            and len(gap) < RELATIVE_REACH
            and scene.has(mark.last, "relatives", "free_relatives")
            and not any(scene.is_soft(t) for t in gap)
            and any(t in scene.figure_at for t in near)
        )

    def _is_pointed_at(self, mark: Mark, index: int) -> bool:
        """Whether the figure has "of them" after it or within it; not where a word leads on ("12, including …")."""
        scene = self.scene
        first, last = scene.spans[index]
        if first < mark.first <= last:
            return True
        leads = any(m.cue.group == "parts.leading" for m in scene.starting.get(mark.first, ()))
        leads = leads or any(scene.is_soft(t) for t in range(last + 1, mark.first))
        return not leads and 0 < mark.first - last <= AFTER_REACH and self._only_between(last + 1, mark.first)

    def _introduces_next(self, index: int, token: int, end: int) -> bool:
        """ "83 people, including 12 …": the word belongs to the figure that follows it."""
        following = range(token + 1, min(end, token + BACK_REACH) + 1)
        return any(self.scene.figure_at.get(t, index) != index for t in following)

    def _only_between(self, low: int, high: int) -> bool:
        return not any(self.scene.is_hard(t) or t in self.scene.figure_at for t in range(low, high))

    def _nearest_whole(self, index: int, before: int) -> int | None:
        """The nearest figure before a token that may hold this one; else one that holds it in another unit."""
        strict = self._nearest(index, before, self._can_hold)
        if strict is not None:
            return strict
        other = self._nearest(index, before, self._may_hold)
        apart = other is None or self.scene.of_figure(other) != self.scene.of_figure(index)
        return None if apart and self.scene.figures[index].kind == "money" else other

    def _nearest(self, index: int, before: int, holds: Callable[[int, int], bool]) -> int | None:
        scene = self.scene
        number = scene.sentence_number(scene.spans[index][0])
        for back in range(WHOLE_SENTENCES_BACK):
            if number - back < 0:
                return None
            sentence = scene.sentences[number - back]
            if sentence.paragraph < scene.sentences[number].paragraph - 1:
                return None
            for other in reversed(scene.figures_in(sentence.first, min(before - 1, sentence.last))):
                if other != index and holds(other, index):
                    return self._nearer_part(other, index)
        return None

    def _nearer_part(self, whole: int, index: int) -> int:
        """ "31 of 138 seats, including 17 …": the 17 are of the 31."""
        begin = self.scene.spans[whole][0]
        for other in self.scene.figures_in(max(0, begin - AMONG_REACH), begin - 1):
            if other != index and self._of_the(other) == whole and self._can_hold(other, index):
                return other
        return whole

    def _may_hold(self, whole: int, part: int) -> bool:
        """What a word says to be a part though its unit is another: families of people, a sum in another currency."""
        a, b = self.scene.figures[whole], self.scene.figures[part]
        if a.kind != b.kind or a.role != "claim" or whole == part:
            return False
        return (a.kind == "money" and a.unit != b.unit) or (a.unit == "person" and b.unit in HOUSEHOLDS)

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

    # ---- "five more, taking the toll to 73", "in Ghana alone 216"

    def _added(self, index: int) -> int | None:
        """The running total of the sentence that further ones were added to."""
        scene = self.scene
        first, last = scene.spans[index]
        sentence = scene.of_figure(index)
        if scene.figures[index].qualifier == "more_than" or not any(
            scene.has(t, "parts.more") for t in range(first, min(last + 1, sentence.last) + 1)
        ):
            return None
        for other in scene.figures_in(sentence.first, sentence.last):
            begin = scene.spans[other][0]
            running = scene.of("cumulative.running", max(sentence.first, begin - RUNNING_REACH), begin)
            if not any(self._only_between(m.last + 1, begin) for m in running):
                continue
            own, total = self.readings[index], self.readings[other]
            alike = own.mark is not None and own.measure == total.measure and self._is_smaller(index, other)
            if alike or (own.mark is None and self._can_hold(other, index)):
                return other
        return None

    def _is_smaller(self, index: int, other: int) -> bool:
        part, whole = self.scene.figures[index].value, self.scene.figures[other].value
        return part is not None and whole is not None and part < whole

    def _alone(self, index: int) -> int | None:
        """The larger figure of the same measure of which one place or day has this much "alone"."""
        scene = self.scene
        own = self.readings[index]
        first, last = scene.spans[index]
        sentence = scene.of_figure(index)
        low, high = max(sentence.first, first - ALONE_REACH), min(sentence.last, last + ALONE_REACH)
        near = [
            m
            for m in scene.of("parts.alone", low, high)
            if self._only_between(m.last + 1, first) and self._only_between(last + 1, m.first)
        ]
        if own.mark is None or not near:
            return None
        number = scene.sentence_number(first)
        earlier = scene.figures_in(scene.sentences[max(0, number - WHOLE_SENTENCES_BACK)].first, first - 1)
        alike = [o for o in earlier if self.readings[o].measure == own.measure and self._can_hold(o, index)]
        return alike[-1] if alike and scene.figures[alike[-1]].value != scene.figures[index].value else None

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
        adds_up = len(held) >= 2 and len(held) == len(parts) and total == size
        if introduced and total <= size or adds_up and all(map(self._is_joined, held, held[1:])):
            return held
        return []

    def _is_joined(self, before: int, index: int) -> bool:
        """Whether a comma, a mark or "and" stands between two figures: not in "$3m above the limit of $7m"."""
        scene = self.scene
        first = scene.spans[index][0]
        gap = range(scene.spans[before][1] + 1, first)
        glued = scene.passage.keys[first].startswith(scene.lexicon.coordinating or ("\0",))
        return glued or any(scene.is_soft(t) or scene.is_hard(t) or scene.has(t, "coordinators") for t in gap)

    def _is_introduced(self, sentence: Sentence, whole: int) -> bool:
        """Whether "of the" stands before a figure, at the start of the sentence or as words that mean nothing else."""
        first = self.scene.spans[whole][0]
        return any(
            m.last < first
            and first - m.last <= OF_REACH
            and (m.last > m.first or m.first == sentence.first)
            and not any(self.scene.is_soft(t) for t in range(m.last + 1, first))
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
        """Three or more figures of one sentence, or two large ones, that add up to one of the sentence before."""
        scene = self.scene
        total = sum(scene.figures[i].value or 0.0 for i in inside)
        large = total >= LEAST_SUM_OF_TWO
        if len(inside) < (2 if large else 3) or not all(map(self._is_joined, inside, inside[1:])):
            return
        for back in range(1, 1 + min(number, SUM_SENTENCES_BACK if large else 1)):
            before = scene.sentences[number - back]
            if scene.sentences[number].paragraph > before.paragraph + back:
                return
            for whole in scene.figures_in(before.first, before.last):
                if scene.figures[whole].value == total and all(self._can_hold(whole, i) for i in inside):
                    found.update(dict.fromkeys(inside, whole))
                    return

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
