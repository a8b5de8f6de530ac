"""Parts and repeats: the figure that another is a part of, and the earlier statement that a figure only repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reconcile.context.model import Context, FigureLike
from reconcile.context.scene import Scene, Sentence
from reconcile.text.passage import NUMBER, WORD

PARTED_KINDS = ("count", "money", "quantity")
OF_REACH = 3
BACK_REACH = 3
AFTER_REACH = 4
WHOLE_SENTENCES_BACK = 2
SAME_WORDS = 0.5


class PartReader:
    """Finds wholes and repeats among the figures of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._breakdowns = self._find_breakdowns()

    def whole(self, index: int) -> int | None:
        """The index of the figure that this one is stated to be a part of."""
        figure = self.scene.figures[index]
        if figure.kind not in PARTED_KINDS or figure.role != "claim":
            return None
        for found in (self._of_the(index), self._of_it(index), self._breakdowns.get(index)):
            if found is not None:
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
            return self._nearest_whole(index, mark.first if before else first)
        return self._listed_with(index)

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
        """The second part of a list: "83 people, among them 12 women and 3 children"."""
        scene = self.scene
        first = scene.spans[index][0]
        inside = scene.figures_in(scene.of_figure(index).first, first - 1)
        if not inside:
            return None
        before = inside[-1]
        gap = range(scene.spans[before][1] + 1, first)
        glued = bool(scene.lexicon.coordinating) and scene.passage.keys[first].startswith(
            scene.lexicon.coordinating
        )
        joined = glued or any(scene.has(t, "coordinators") for t in gap)
        if len(gap) > 3 or not joined or not self._only_between(gap.start, gap.stop):
            return None
        if any(scene.has(t, "measure.verbs", "measure.acts", "measure.counted", "measure.does") for t in gap):
            return None
        marks = list(scene.of("parts.back", scene.of_figure(index).first, scene.spans[before][0] - 1))
        if not marks or scene.spans[before][0] - marks[-1].last > BACK_REACH + 2:
            return None
        whole = self._nearest_whole(before, marks[-1].first)
        return whole if whole is not None and self._can_hold(whole, index) else None

    # ---- "of the 83, 21 were …, 28 …"

    def _find_breakdowns(self) -> dict[int, int]:
        scene = self.scene
        found: dict[int, int] = {}
        for number, sentence in enumerate(scene.sentences):
            inside = [
                i
                for i in scene.figures_in(sentence.first, sentence.last)
                if scene.figures[i].kind in PARTED_KINDS and scene.figures[i].value is not None
            ]
            back = self._opening_whole(sentence, inside)
            if back is not None:
                found.update(dict.fromkeys((i for i in inside if self._can_hold(back, i)), back))
                continue
            if len(inside) < 2:
                continue
            whole, parts = inside[0], inside[1:]
            introduced = any(
                m.cue.group == "parts.breakdown" and m.last < scene.spans[whole][0]
                for m in scene.within(("parts.breakdown",), sentence.first, scene.spans[whole][0] - 1)
                if scene.spans[whole][0] - m.last <= OF_REACH
                and (m.last > m.first or m.first == sentence.first)
            )
            held = [p for p in parts if self._can_hold(whole, p)]
            total = sum(scene.figures[p].value or 0.0 for p in held)
            size = scene.figures[whole].value or 0.0
            if (
                introduced
                and held
                and total <= size
                or len(held) >= 2
                and len(held) == len(parts)
                and total == size
            ):
                found.update(dict.fromkeys(held, whole))
            elif number and not introduced:
                self._sums_to_earlier(number, inside, found)
        return found

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

    # ---- repeats

    def with_duplicates(self, contexts: Sequence[Context]) -> list[Context]:
        """The contexts with `duplicate_of` set where a figure only repeats an earlier statement."""
        done: list[Context] = []
        groups: dict[tuple[object, ...], list[int]] = {}
        for index, context in enumerate(contexts):
            figure = self.scene.figures[index]
            if figure.role == "boilerplate" or figure.kind == "time":
                done.append(context)
                continue
            key = _statement(figure)
            earlier = next(
                (o for o in groups.get(key, ()) if self._repeats(index, o, context, contexts[o])), None
            )
            groups.setdefault(key, []).append(index)
            if earlier is None:
                done.append(context)
            else:
                done.append(replace(context, duplicate_of=earlier, rules=(*context.rules, "duplicate_of")))
        return done

    def _repeats(self, index: int, other: int, mine: Context, theirs: Context) -> bool:
        if mine.measure != theirs.measure and self.scene.figures[index].kind != "ordinal":
            return False
        if (
            mine.stance != theirs.stance
            or _differs(mine.event, theirs.event)
            or _differs(mine.place, theirs.place)
        ):
            return False
        if self.scene.figures[index].kind == "ordinal":
            return self._ordinal_noun(index) == self._ordinal_noun(other)
        if mine.speaker != theirs.speaker:
            return False
        return self._shared_words(index, other) >= SAME_WORDS

    def _ordinal_noun(self, index: int) -> str | None:
        figure = self.scene.figures[index]
        return figure.noun or figure.unit

    def _shared_words(self, index: int, other: int) -> float:
        """How much of the shorter clause's content words the longer has too."""
        mine, theirs = self._clause_words(index), self._clause_words(other)
        smaller = min(len(mine), len(theirs))
        return len(mine & theirs) / smaller if smaller >= 2 else 0.0

    def _clause_words(self, index: int) -> frozenset[str]:
        scene = self.scene
        first, last = scene.spans[index]
        sentence = scene.of_figure(index)
        window = range(max(sentence.first, first - 10), min(sentence.last, last + 6) + 1)
        return frozenset(
            scene.lexicon.morphology.stem(scene.passage.keys[t])
            for t in window
            if scene.passage.kinds[t] in (WORD, NUMBER)
            and not first <= t <= last
            and not scene.is_function_word(t)
        )


def _differs(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b


def _statement(figure: FigureLike) -> tuple[object, ...]:
    return (
        figure.kind,
        figure.qualifier,
        figure.value,
        figure.low,
        figure.high,
        figure.unit,
        figure.date_start,
        figure.date_end,
    )
