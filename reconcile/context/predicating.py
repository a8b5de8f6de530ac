"""Predicate: the verb after a figure of which it is the subject ("83 people were arrested", "12 villagers died")."""

from __future__ import annotations

from reconcile.context.lexicon import Mark
from reconcile.context.phrases import coordinated
from reconcile.context.reading import Reading, Relation
from reconcile.context.valuing import SHORT_LINK, ValueReader
from reconcile.context.voice import is_age, is_aside, is_passive, is_reflexive

AFTER_REACH = 12
COUNTED_REACH = 4
LISTED_REACH = 6
COMMA_COST = 2


class PredicateReader(ValueReader):
    """Reads the measure that a figure has as the subject of a verb."""

    def _after(self, index: int) -> Reading | None:
        """The verb of which a figure is the subject: that of the clause, else that of the participle on its noun."""
        found = self._predicate(index, self.scene.spans[index][1] + 1)
        if found is None or found.mark is None or not self._is_attributive(found.mark):
            return found
        main = self._predicate(index, found.mark.last + 1)
        if main is None or main.mark is None or self._is_attributive(main.mark):
            return found
        return main

    def _is_attributive(self, mark: Mark) -> bool:
        """A verb that only describes: the clause's own is to come ("12 boys abducted in May", "12 who had fled …")."""
        if self.scene.verb_first:
            return False
        near = range(max(0, mark.first - SHORT_LINK + 1), mark.first)
        if any(self.scene.has(t, "relatives") for t in near):
            return True
        if mark.cue.group != "measure.verbs" or not self._is_participle(mark):
            return False
        return not is_passive(self.scene, mark) and not is_reflexive(self.scene, mark)

    def _opens_clause(self, index: int) -> bool:
        """Whether a verb after the figure may be its own: not in "in 12 towns", but in "after 12 people died"."""
        scene = self.scene
        if not scene.is_located(index):
            return True
        return self._is_of_persons(index) and scene.has(scene.before_hedges(index), "clause_words")

    def _predicate(self, index: int, token: int) -> Reading | None:
        """The first verb from a token on that the figure is the subject of."""
        scene = self.scene
        open_clause = self._opens_clause(index)
        absolute = not open_clause and (
            scene.has(scene.before_hedges(index), "absolutes") or self._is_of_persons(index)
        )
        last = scene.spans[index][1]
        end = scene.of_figure(index).last
        cost = 0
        passed = aside = False
        while token <= end and cost <= AFTER_REACH:
            if scene.is_hard(token):
                return None
            other = scene.figure_at.get(token)
            if other is not None and other != index:
                aside = aside or is_aside(scene, other, last)
                if not (
                    aside
                    or scene.figures[other].kind in ("date", "time")
                    or is_age(scene, other)
                    or scene.is_located(other)
                    or self._shares_verb(index, other)
                ):
                    return None
                passed = True
                token = scene.spans[other][1] + 1
                cost += 1
                continue
            if passed and scene.is_soft(token):
                passed = aside = False
                token, cost = token + 1, 0
                continue
            if aside:
                token += 1
                continue
            if token > last + 1 and scene.is_soft(token - 1) and coordinated(self.scene, token):
                return None
            marks = [m for m in scene.starting.get(token, ()) if self._predicates(m)]
            marks = [
                m
                for m in marks
                if not (m.first == m.last and scene.has(m.first, "perfect_auxiliaries"))
                and not self._spans_figure(m)
            ]
            heard = open_clause or (absolute and cost < SHORT_LINK)
            found = self._subject_of(index, marks, cost) if marks and heard else None
            if found is not None:
                return found
            open_clause = open_clause or scene.has(token, "relatives")
            if marks and not scene.has(token, "locatives") and not all(map(self._is_attributive, marks)):
                return None
            if scene.is_soft(token):
                cost += COMMA_COST
            elif (
                scene.has(token, "coordinators")
                and not self._joins_noun(token, end)
                and not self._joins_figure(index, token)
                or scene.has(token, "say.verbs")
                or (scene.has(token, "clause_words") and not scene.has(token, "relatives"))
            ):
                return None
            cost += 1
            token += 1
        return None

    def _is_of_persons(self, index: int) -> bool:
        """Whether a figure counts people, on whom a participle may hang anywhere ("searched for 40 people missing")."""
        figure = self.scene.figures[index]
        return figure.kind == "count" and figure.unit == "person" and not self.scene.verb_first

    def _predicates(self, mark: Mark) -> bool:
        """A verb, or an act after a light verb ("تم إجلاؤهم"), may have the figure as its subject."""
        if mark.cue.group in ("measure.verbs", "measure.does"):
            return not self._is_genitive(mark) and not (self.scene.verb_first and self._is_definite(mark))
        return mark.cue.group == "measure.acts" and self.scene.has(mark.first - 1, "light_verbs")

    def _is_genitive(self, mark: Mark) -> bool:
        """The noun of an act written like its verb, after the noun that it belongs to: "مكافحة غسل الأموال"."""
        scene = self.scene
        acts = (m.cue.name for m in scene.starting[mark.first] if m.cue.group == "measure.acts")
        before = mark.first - 1
        if not self.scene.verb_first or mark.cue.name not in acts or before in scene.figure_at:
            return False
        return scene.is_word(before) and not scene.has(before, "relatives", "light_verbs")

    def _joins_figure(self, index: int, coordinator: int) -> bool:
        """Whether "and" leads to a further figure with the same verb."""
        after = range(coordinator + 1, min(coordinator + 1 + SHORT_LINK, len(self.scene.passage)))
        other = next((self.scene.figure_at[t] for t in after if t in self.scene.figure_at), None)
        return other is not None and self._shares_verb(index, other)

    def _shares_verb(self, index: int, other: int) -> bool:
        """A figure between this one and its verb: joined to it ("12 women and 3 men died") or a part of it."""
        scene = self.scene
        mine, figure = scene.figures[index], scene.figures[other]
        gap = range(scene.spans[index][1] + 1, scene.spans[other][0])
        if figure.kind != mine.kind or figure.unit not in (None, mine.unit) or len(gap) > LISTED_REACH:
            return False
        opener = scene.before_hedges(other)
        if opener in gap and scene.has(opener, "parts.back"):
            return True
        joined = self._and_glued(other) or (opener in gap and scene.has(opener, "coordinators"))
        return joined and len(gap) <= COUNTED_REACH

    def _joins_noun(self, coordinator: int, end: int) -> bool:
        """Whether "and" joins a second noun to the figure's own ("15,000 people and entities were screened")."""
        scene = self.scene
        for token in range(coordinator + 1, min(end, coordinator + SHORT_LINK) + 1):
            if scene.has(token, "passive_auxiliaries") and token > coordinator + 1:
                return True
            if not scene.is_word(token) or token in scene.figure_at or scene.is_function_word(token):
                return False
        return False

    def _subject_of(self, index: int, marks: list[Mark], cost: int) -> Reading | None:
        scene = self.scene
        figure = scene.figures[index]
        best: Reading | None = None
        for mark in marks:
            measure = self.measures[mark.cue.name]
            if not measure.fits(figure.kind, figure.unit, figure.noun) or not self._speaks(mark, index):
                continue
            active = is_reflexive(scene, mark) or self._is_base_form(mark) or self._has_object(mark)
            if mark.cue.group == "measure.verbs" and active:
                continue
            if best is None or self._outranks(measure, best):
                best = Reading(measure.id, mark, Relation.PASSIVE, cost, mark.first)
        return best

    def _is_base_form(self, mark: Mark) -> bool:
        """A word after the figure that is no participle of its lemma: "escaped from the jail" jails nobody."""
        if not self.scene.lexicon.participle_endings or mark.last > mark.first:
            return False
        return self.scene.passage.keys[mark.first] in (mark.cue.phrase, mark.cue.phrase + "s")

    def _has_object(self, mark: Mark) -> bool:
        """Whether a verb after the figure is active: it has an object, or no auxiliary and no participle's place."""
        scene = self.scene
        if is_passive(scene, mark):
            return False
        after = mark.last + 1
        if after >= len(scene.passage) or self._dates(after):
            return False
        if scene.has(after, "after_participle"):
            return False
        if after in scene.figure_at and scene.figures[scene.figure_at[after]].kind not in ("date", "time"):
            return True
        if not scene.lexicon.participle_endings:
            return False
        if not scene.is_word(after):
            return False
        return not scene.has(after, "locatives", "clause_words", "coordinators", "soft_links", "parts.back")

    def _dates(self, token: int) -> bool:
        """Whether a date stands there, with or without its article: what was done then has no object."""
        scene = self.scene
        token += scene.has(token, "determiners")
        other = scene.figure_at.get(token)
        return other is not None and scene.figures[other].kind in ("date", "time")
