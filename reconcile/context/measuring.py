"""Measure: which rule of what was counted a figure falls under, by the cue that grammar puts nearest to it.

In order: what the counted noun itself says ("83 arrests"); the verb or act that governs the figure from before
("seized $2m", "the arrest of 83"); a verb after it of which it is the subject ("83 people were arrested"); the thing
that it is the value of ("the death toll rose to 12"); its place among others ("in six countries"); what the counted
people are called ("40,000 refugees"). A cue beyond another figure, a clause boundary or a preposition of place does
not count. A figure that no rule knows gets a signature `noun:verb@language`, never the nearest id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reconcile.context.lexicon import GAP, Mark
from reconcile.context.phrases import content_before, noun_phrase, signature
from reconcile.context.predicating import COMMA_COST, COUNTED_REACH, LISTED_REACH, PredicateReader
from reconcile.context.reading import Reading, Relation
from reconcile.context.valuing import SHORT_LINK, length
from reconcile.context.voice import GOVERNING, has_verb_to_have, is_age, is_passive, is_reflexive

BEFORE_REACH = 14
LONGEST_LIST = 12
ASIDE_REACH = 10
COORDINATED_COST = 4
MEASURED_KINDS = ("money", "count", "percentage", "ratio", "quantity", "duration", "ordinal")


class MeasureReader(PredicateReader):
    """Reads the measure of every figure of a scene."""

    def read(self, index: int) -> Reading:
        """The reading of one figure; no measure for dates, clock times and bare numbers that nothing explains."""
        figure = self.scene.figures[index]
        if figure.kind not in MEASURED_KINDS or figure.role != "claim" or is_age(self.scene, index):
            return Reading(None)
        known = self._known(index)
        if known is not None:
            return self._refined(index, known)
        refined = self._refined(index, Reading(None))
        return refined if refined.measure is not None else Reading(signature(self.scene, index))

    def _known(self, index: int) -> Reading | None:
        told = self._by_itself(index) or self._carried(index) or self._accompanying(index)
        return told or self._of_unit(index)

    def _of_unit(self, index: int) -> Reading | None:
        """The measure that a unit alone tells: degrees of heat are a temperature."""
        figure = self.scene.figures[index]
        for measure in self.measures.values():
            if figure.unit in measure.of_unit and figure.kind in measure.kind:
                return Reading(self._level(measure, index), None, Relation.COUNTED, 0)
        return None

    def _by_itself(self, index: int) -> Reading | None:
        counted = self._counted(index) or self._whole_counted(index)
        around = self._around(index)
        if counted is not None:
            return self._over(index, counted, around) or counted
        if self._told_part(index) is not None:
            of_whole = self._named(index, "measure.persons", Relation.PERSONS) or self._participle(index)
            if of_whole is not None:
                return of_whole  # "19 of the 34 injured have left": who left are the 19
        stock = self._named(index, "measure.stocks", Relation.PERSONS)
        if around is not None:
            return around
        before = self._governed(index)
        if before is not None and before.crossed and stock is not None:
            return stock
        after = self._after(index) or self._after_whole(index)
        if before is not None and before.crossed and after is not None and after.distance < SHORT_LINK:
            return after
        if before is not None and (
            after is None or before.distance <= SHORT_LINK or before.distance <= after.distance + 2
        ):
            return self._joined(index, before)
        if after is not None:
            return after
        subject = self._inverted(index) or self._subject(index)
        if subject is not None:
            return subject
        placed = self._placed(index)
        if placed is not None:
            return placed
        return stock or self._persons(index)

    def _part_of_whole(self, index: int) -> int | None:
        """The figure right before this one of which it is the whole: 19 of the 34 injured."""
        told = self._told_part(index)
        before = self.scene.figure_at.get(self.scene.spans[index][0] - 1) if told is None else told
        return before if before is not None and before != index else None

    def _told_part(self, index: int) -> int | None:
        """The same, where words say that it is one (of the, des, من أصل)."""
        scene = self.scene
        first = scene.spans[index][0]
        marks = [m for t in range(max(0, scene.before_hedges(index)), first) for m in scene.ending.get(t, ())]
        parts = (scene.figure_at.get(m.first - 1) for m in marks if m.cue.group in ("parts.of", "parts.those"))
        return next((part for part in parts if part is not None and part != index), None)

    def _after_whole(self, index: int) -> Reading | None:
        """The verb behind the whole of a part, which is the part's: 19 of the 34 injured have left."""
        scene = self.scene
        last = scene.spans[index][1]
        following = scene.figures_in(last + 1, min(last + SHORT_LINK + 1, scene.of_figure(index).last))
        if not following or self._told_part(following[0]) != index:
            return None
        whole = following[0]
        return self._after(whole) if scene.figures[whole].kind == scene.figures[index].kind else None

    def _whole_counted(self, index: int) -> Reading | None:
        """What the noun of a part says of the bare whole behind it: 19 مصابا من أصل 34."""
        part = self._part_of_whole(index)
        figure = self.scene.figures[index]
        if part is None or figure.noun is None or figure.noun != self.scene.figures[part].noun:
            return None
        return self._counted(part)

    def _over(self, index: int, counted: Reading, around: Reading | None) -> Reading | None:
        """What happened to those whom the counted noun names, where its measure stands over theirs: 12 of the injured
        left hospital."""
        over = [m.id for m in self.measures.values() if counted.measure in m.over]
        if not over or self._part_of_whole(index) is not None:
            return None
        told = (around, self._governed(index), self._after(index))
        return next((one for one in told if one is not None and one.measure in over), None)

    def _participle(self, index: int) -> Reading | None:
        """The participle that stands for people right behind a whole: the 34 injured."""
        _, last = self.scene.spans[index]
        for token in (last, last + 1):
            for mark in self.scene.starting.get(token, ()):
                if mark.cue.group == "measure.verbs" and mark.first == mark.last and self._is_participle(mark):
                    return Reading(self._level(self.measures[mark.cue.name], index), mark, Relation.PERSONS, 0)
        return None

    # ---- the counted noun

    def _counted(self, index: int) -> Reading | None:
        return self._named(index, "measure.counted", Relation.COUNTED)

    def _persons(self, index: int) -> Reading | None:
        found = self._named(index, "measure.persons", Relation.PERSONS)
        if found is None or content_before(self.scene, index) is not None:
            return None
        after = found.mark.last + 1 if found.mark is not None else 0
        sentence = self.scene.of_figure(index)
        if after <= sentence.last and self.scene.is_word(after) and not self.scene.is_function_word(after):
            return None
        return found

    def _named(self, index: int, group: str, relation: Relation) -> Reading | None:
        scene = self.scene
        figure = scene.figures[index]
        first, last = scene.spans[index]
        best: Reading | None = None
        for token in noun_phrase(self.scene, index, COUNTED_REACH):
            for mark in self._overlapping(token, first):
                if mark.cue.group != group or self._is_participle(mark):
                    continue
                measure = self.measures[mark.cue.name]
                if figure.kind not in measure.kind or not self._speaks(mark, index):
                    continue
                if mark.first > last > first and not measure.fits(figure.kind, figure.unit, figure.noun):
                    continue  # "87 elephants dead": the noun within the figure is what is counted
                if best is None or self._outranks(measure, best) or mark.last - mark.first > length(best):
                    best = Reading(measure.id, mark, relation, token - first)
        return best

    def _overlapping(self, token: int, first: int) -> list[Mark]:
        """The cues that begin at a token of the noun phrase, or lead into the figure ("حالة وفاة واحدة")."""
        begun = self.scene.starting.get(token, [])
        if token != first:
            return begun
        into = [m for m in self.scene.ending.get(token, ()) if m.first < first and GAP not in m.cue.phrase]
        return begun + into

    # ---- the governing verb or act before

    def _around(self, index: int) -> Reading | None:
        """A cue whose parts stand on both sides of the figure ("left 19 people dead", "لقي 19 مهاجرا مصرعهم")."""
        scene = self.scene
        first, _ = scene.spans[index]
        marks = []
        for start in range(max(scene.of_figure(index).first, first - BEFORE_REACH), first):
            for mark in scene.starting.get(start, ()):
                if mark.cue.group in GOVERNING and mark.last >= first and GAP in mark.cue.phrase:
                    inside = {
                        scene.figure_at[t] for t in range(mark.first, mark.last + 1) if t in scene.figure_at
                    }
                    wholes = {i for i in inside if self._part_of_whole(i) == index}
                    if inside - wholes == {index}:
                        marks.append(mark)
        return self._fitting(index, marks, 0) if marks else None

    def _governed(self, index: int) -> Reading | None:
        """The verb or act that governs the figure from before; None also where a verb of something else does."""
        scene = self.scene
        start = scene.of_figure(index).first
        at, cost = self._before_aside(scene.before_hedges(index), start)
        right = scene.spans[index][0]
        over_aside = at >= start and scene.has(scene.before_hedges(index), "coordinators") and cost > 0
        crossed = joined = parted = False
        direct = not scene.is_located(index) and not (
            at >= 0 and scene.has(at, "targets") and scene.figures[index].kind != "duration"
        )
        if at >= start and has_verb_to_have(scene, at):
            return None
        while at >= start and cost <= BEFORE_REACH:
            if scene.is_hard(at):
                return None
            other = scene.figure_at.get(at)
            parted = (parted or scene.has(at, "parts.back")) and not self._is_measured(at)
            marks = self._governors(at, index, parted)
            if any(self._is_saturated(m) for m in marks):
                at, cost = at - 2, cost + 1
                continue
            if marks and other is None and (direct or self._covers_link(marks, index)):
                found = self._fitting(index, marks, cost)
                if found is not None:
                    taken = joined and self._has_subject(found)
                    if taken and self.scene.lexicon.participle_endings:
                        return None  # "40 injured and 3,000 homeless": the participle is the other figure's
                    return replace(found, crossed=crossed or taken)
                if cost <= 1 or any(m.cue.group != "measure.acts" for m in marks):
                    return None
            if other is not None and other != index:
                if not over_aside and not self._passable(other, index, right):
                    return None
                over_aside = False
                if self._is_measured(at) and not scene.is_located(other):
                    cost = min(cost, COORDINATED_COST)
                    if scene.figures[other].kind == scene.figures[index].kind:
                        cost, crossed = COORDINATED_COST, True
                at = right = scene.spans[other][0]
            elif scene.is_soft(at):
                cost += COMMA_COST
            elif self._closes(at, index):
                return None
            joined = joined or scene.has(at, "coordinators") or (
                scene.is_soft(at) and at == scene.before_hedges(index)
            )
            cost += 1
            at -= 1
        return None

    def _governors(self, at: int, index: int, parted: bool) -> list[Mark]:
        """The cues that end at a token and may govern the figure; fewer where a part's "including" stands between."""
        marks = [m for m in self.scene.ending.get(at, ()) if self._may_govern(m, index)]
        if not self.scene.verb_first and self.scene.has(at + 1, "coordinators"):
            marks = [m for m in marks if m.cue.group != "measure.acts"]  # "32 sont morts et neuf …"
        if not parted:
            return marks
        # "arrested 163 on fire charges, including 24 for arson"; but a verb may stand before its part (توفي منهم خمسون)
        return [m for m in marks if self.scene.verb_first and m.cue.group != "measure.acts"]

    def _before_aside(self, at: int, start: int) -> tuple[int, int]:
        """The token to search back from, and its cost: before an aside between commas ("fined X, a firm, $2m")."""
        scene = self.scene
        if at > start and scene.has(at, "coordinators") and scene.is_soft(at - 1):
            closed, cost = self._before_aside(at - 1, start)
            return (closed, cost) if cost else (at, 0)  # "seized $3m, with more to come, and 200 accounts"
        if at < start or not scene.is_soft(at):
            return at, 0
        for token in range(at - 1, max(start, at - ASIDE_REACH), -1):
            if scene.is_hard(token) or self._is_measured(token) or scene.has(token, "say.verbs"):
                break
            if scene.is_soft(token):
                aside = scene.has(token + 1, "determiners", "relatives", "locatives", "absolutes")
                return (token - 1, COMMA_COST) if aside or token + 1 in scene.figure_at else (at, 0)
        return at, 0

    def _may_govern(self, mark: Mark, index: int) -> bool:
        """A verb or act with no figure of its own; an act with an article governs nothing directly."""
        if mark.cue.group not in GOVERNING:
            return False
        if self._spans_figure(mark) and not self._leads_past_another(mark, index):
            return False
        return self.scene.figures[index].kind == "duration" or not self._is_definite(mark)

    def _closes(self, at: int, index: int) -> bool:
        """Whether a clause ends: at a conjunction, or at "and" before a verb that nobody knows ("and sickened 40")."""
        scene = self.scene
        if scene.has(at, "clause_words", "say.verbs"):
            return at < scene.spans[index][0] - 1
        if self.scene.verb_first or not scene.has(at, "coordinators"):
            return False
        for token in range(at + 1, scene.before_hedges(index) + 1):
            if token in scene.figure_at:
                return False
            if scene.passage.keys[token].endswith(scene.lexicon.participle_endings):
                return True
        return False

    def _leads_past_another(self, mark: Mark, index: int) -> bool:
        """A cue right before the figure that stands around one of another kind: "cheat 900 savers out of $4m"."""
        scene = self.scene
        inside = {scene.figure_at[t] for t in range(mark.first, mark.last + 1) if self._is_measured(t)}
        kinds = {scene.figures[other].kind for other in inside}
        return mark.last == scene.before_hedges(index) and scene.figures[index].kind not in kinds

    def _is_saturated(self, mark: Mark) -> bool:
        """A verb of a relative clause that has its object: "the strike that hit a bus" governs nothing after it."""
        scene = self.scene
        after = mark.last + 1
        if not self.scene.verb_first or mark.first == 0 or after >= len(scene.passage):
            return False
        if not scene.has(mark.first - 1, "relatives"):
            return False
        if scene.has(
            mark.first - 1, "free_relatives"
        ):  # "what they lost came to $2m" has no object of its own
            return False
        verb = mark.cue.group == "measure.verbs" and mark.first == mark.last
        return (
            verb
            and after not in scene.figure_at
            and scene.is_word(after)
            and not scene.is_function_word(after)
        )

    def _has_subject(self, reading: Reading) -> bool:
        """Whether the governor stands right after another figure, whose verb it is then."""
        other = None if reading.governor is None else self.scene.figure_at.get(reading.governor - 1)
        return other is not None and self.scene.figures[other].kind not in ("date", "time")

    def _covers_link(self, marks: list[Mark], index: int) -> bool:
        """A cue that itself ends in the preposition before the figure ("استولى على")."""
        return any(m.last == self.scene.before_hedges(index) for m in marks)

    def _passable(self, other: int, index: int, right: int) -> bool:
        """A figure that a governor reaches across: a date, a located one, or a coordinated one of the same kind."""
        scene = self.scene
        figure, mine = scene.figures[other], scene.figures[index]
        if figure.kind in ("date", "time", "ordinal", "duration") or scene.is_located(other):
            return True
        if figure.kind == "count" and (
            mine.kind == "duration"
            or mine.kind == "money"
            and scene.before_hedges(index) == scene.spans[other][1]  # "cost 400 families $2m"
        ):
            return True
        between = range(scene.spans[other][1] + 1, right)
        return (
            len(between) <= LISTED_REACH
            and any(scene.has(t, "coordinators") or scene.is_soft(t) for t in between)
            or self._and_glued(index)
            or self._and_glued(self.scene.figure_at.get(right, index))
        )

    def _fitting(self, index: int, marks: list[Mark], cost: int) -> Reading | None:
        scene = self.scene
        figure = scene.figures[index]
        best: Reading | None = None
        for mark in sorted(marks, key=lambda m: m.first):
            measure = self.measures[mark.cue.name]
            if not measure.fits(figure.kind, figure.unit, figure.noun) or not self._speaks(mark, index):
                continue
            if mark.cue.group == "measure.acts" and self._is_participle(mark):
                continue
            verb = mark.cue.group in ("measure.verbs", "measure.does")
            leads = mark.last > mark.first and mark.last == scene.before_hedges(index)  # "licensed to carry 60"
            passive = is_passive(scene, mark) and not is_reflexive(scene, mark) and not leads
            if verb and figure.kind != "duration" and passive:
                continue
            if mark.cue.group != "measure.verbs" and self._has_own_noun(mark, index):
                continue
            if mark.cue.group == "measure.does" and self._stands_after_its_subject(mark):
                continue
            if scene.has(mark.first, "perfect_auxiliaries") and mark.last != scene.before_hedges(index):
                continue
            if (
                mark.cue.group == "measure.does"
                and scene.lexicon.participle_endings
                and GAP not in mark.cue.phrase
                and not self._is_inverted(mark, index)
            ):
                continue
            if best is None or self._outranks(measure, best):
                act = mark.cue.group == "measure.acts"
                level = self._level(measure, index) if act else measure.id
                best = Reading(level, mark, Relation.GOVERNED, cost, mark.first)
        return best

    def _has_own_noun(self, mark: Mark, index: int) -> bool:
        """Whether a verb or act of a verb-first language has a definite noun after it: it is the boat that sank."""
        scene = self.scene
        after = mark.last + 1
        articles = scene.lexicon.articles
        before = scene.before_hedges(index)
        if not articles or after >= before or not scene.is_word(after):
            return False
        if self._and_glued(index) or scene.has(before, "coordinators"):
            return False
        return scene.passage.keys[after].startswith(articles) and not scene.is_function_word(after)

    def _is_inverted(self, mark: Mark, index: int) -> bool:
        """Whether a relative lets the subject stand after its verb: "par où ont transité 3 millions"."""
        scene = self.scene
        near = range(max(0, mark.first - SHORT_LINK), mark.first)
        between = range(mark.last + 1, scene.spans[index][0])
        return any(scene.has(t, "inverting") for t in near) and not any(
            scene.has(t, "determiners") and scene.is_word(t + 1) and t + 1 not in scene.figure_at
            for t in between
            if not scene.has(t, "hedges")
        )

    def _stands_after_its_subject(self, mark: Mark) -> bool:
        """In a verb-first language the noun between "that" and a verb is the verb's subject ("أن الجيش فقد ثلاثة")."""
        scene = self.scene
        before = mark.first - 1
        if not self.scene.verb_first or before < 1 or not scene.has(before - 1, "complementizers"):
            return False
        return scene.is_word(before) and scene.passage.keys[before].startswith(scene.lexicon.articles)

    def _joined(self, index: int, reading: Reading) -> Reading:
        """Two coordinated cues before one figure ("killed or wounded 40") are their common measure, never one alone."""
        if reading.mark is None or reading.measure is None:
            return reading
        scene = self.scene
        at = reading.mark.first - 1
        glued = (
            scene.passage.keys[reading.mark.first].startswith(scene.lexicon.coordinating)
            if scene.lexicon.coordinating
            else False
        )
        if at >= 0 and scene.has(at, "coordinators"):
            at -= 1
        elif not glued:
            return reading
        around = [m for m in scene.ending.get(at, ()) if self._spans_figure(m)]
        if at < 0 or around or any(map(self._is_measured, range(max(0, at - 2), at + 1))):
            return reading  # "341 dead and affected 3,000": what stands before has a figure of its own
        others = [
            m for m in scene.ending.get(at, ()) if m.cue.group in GOVERNING and not self._spans_figure(m)
        ]
        other = self._fitting(index, others, 0)
        if other is None or other.measure is None or other.measure == reading.measure:
            return reading
        pair = {reading.measure, other.measure}
        common = next((m.id for m in self.measures.values() if set(m.joins) == pair), "+".join(sorted(pair)))
        return Reading(common, reading.mark, reading.relation, reading.distance, reading.governor)

    # ---- what another figure or sentence has said

    def _carried(self, index: int) -> Reading | None:
        """The act that is the subject of a verb which says nothing itself: "the seizure covered 300 accounts"."""
        scene = self.scene
        at = scene.before_hedges(self._first_listed(index))
        first = scene.of_figure(index).first
        if at > first and scene.has(at, "measure.acts") and scene.has(at - 1, "carrying_verbs"):
            marks = [m for m in scene.ending.get(at, ()) if m.cue.group == "measure.acts"]
        elif at < first or not scene.has(at, "carrying_verbs"):
            return None
        else:
            marks = list(scene.of("measure.acts", max(first, at - BEFORE_REACH), at - 1))
            number = scene.sentence_number(at)
            if number and not marks and at - first <= 1 and self._has_pronoun(at, first):
                before = scene.sentences[number - 1]
                marks = list(
                    scene.of("measure.acts", before.first, min(before.last, before.first + SHORT_LINK))
                )
        return self._shared(index, [m for m in marks if not self._spans_figure(m)])

    def _has_pronoun(self, verb: int, first: int) -> bool:
        """Whether a verb that opens its sentence has a pronoun for a subject, or in a verb-first language none."""
        return self.scene.has(first, "pronouns") if verb > first else self.scene.verb_first

    def _accompanying(self, index: int) -> Reading | None:
        """What goes along with another figure shares its verb: "$2m was seized, he said, together with 4 websites"."""
        scene = self.scene
        first = self._first_listed(index)
        at = scene.before_hedges(first)
        marks = [m for m in scene.ending.get(at, ()) if m.cue.group == "companions"] if at >= 0 else []
        if not marks:
            return None
        for other in reversed(scene.figures_in(scene.of_figure(index).first, marks[0].first - 1)):
            model = self._by_itself(other)
            if model is None or model.mark is None or model.mark.cue.group not in GOVERNING:
                continue
            alike = [m for m in scene.starting.get(model.mark.first, ()) if m.last == model.mark.last]
            found = self._shared(index, [m for m in alike if m.cue.group in GOVERNING])
            if found is not None:
                return found
        return None

    def _shared(self, index: int, marks: Sequence[Mark]) -> Reading | None:
        """The measure of one of the cues that another clause has for a figure like this."""
        figure = self.scene.figures[index]
        for mark in marks:
            measure = self.measures[mark.cue.name]
            if measure.fits(figure.kind, figure.unit, figure.noun) and self._speaks(mark, index):
                return Reading(measure.id, mark, Relation.INHERITED, 0, mark.first)
        return None

    def _first_listed(self, index: int) -> int:
        """The first figure of the coordinated list that a figure ends: of "4 websites and 300 accounts" the 4."""
        scene = self.scene
        inside = scene.figures_in(scene.of_figure(index).first, scene.spans[index][0] - 1)
        for before in reversed(inside[-LONGEST_LIST:]):
            gap = range(scene.spans[before][1] + 1, scene.spans[index][0])
            opener = scene.before_hedges(index)
            joined = opener in gap and (scene.has(opener, "coordinators") or scene.is_soft(opener))
            apart = len(gap) > COUNTED_REACH or scene.has(opener, "companions")
            if apart or not (joined or self._and_glued(index)):
                return index
            index = before
        return index

    def _placed(self, index: int) -> Reading | None:
        figure = self.scene.figures[index]
        if not self.scene.is_located(index):
            return None
        for measure in self.measures.values():
            if measure.placed and figure.unit in measure.unit and figure.kind in measure.kind:
                at = self.scene.before_hedges(index)
                marks = [m for m in self.scene.starting.get(at, ()) if m.cue.group == "locatives"]
                return Reading(measure.id, marks[0] if marks else None, Relation.PLACED, 0)
        return None
