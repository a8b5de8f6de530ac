"""Doubt and extent: is a figure denied or refuted and by whom, is it possible or alleged, of how many, a running total.

Each is separate from the numeric hedge. A denial governs a figure that follows it until another attribution takes over;
a relative clause ("the reports which say …") does not. "This figure" in the next sentence points back.
"""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.context.attributions import Attribution
from reconcile.context.lexicon import Mark
from reconcile.context.reading import Reading, Relation
from reconcile.context.scene import Scene
from reconcile.context.speaking import SpeakerReader

NEGATION_REACH = 3
DOUBT_BEFORE = 8
DOUBT_AFTER = 8
EXTENT_REACH = 14
ORIGIN_SENTENCES = 2
FRESH_REACH = 3
APPOSED_REACH = 6
PERSON = "person"
OWN_NUMBER = 2  # tokens from "the figure" to the number that it names
STANCES = {"deny": "denied", "refute": "refuted"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Stance, certainty, scope and cumulation of one figure; `speaker` is who said what is denied."""

    stance: str = "asserted"
    refuted_by: str | None = None
    speaker: str | None = None
    epistemic: str = "asserted"
    scope: str = "total"
    cumulative: bool | None = None
    rules: tuple[str, ...] = ()


class DoubtReader:
    """Reads denial, certainty, scope and cumulation of the figures of a scene."""

    def __init__(self, scene: Scene, speaking: SpeakerReader) -> None:
        self.scene = scene
        self.speaking = speaking

    def read(self, index: int, reading: Reading) -> Doubt:
        """The doubt of one figure, given the reading of its measure."""
        stance, refuted_by, origin, rules = self._stance(index, reading)
        epistemic, why = self._epistemic(index)
        if stance != "asserted" and why is not None and why.endswith(":attribution"):
            epistemic, why = "asserted", None
        scope = self._scope(index)
        cumulative = self._cumulative(index, reading)
        rules += [why] if why is not None else []
        rules += [f"scope:{scope}"] if scope != "total" else []
        rules += [f"cumulative:{cumulative}"] if cumulative is not None else []
        return Doubt(stance, refuted_by, origin, epistemic, scope, cumulative, tuple(rules))

    # ---- stance

    def _stance(self, index: int, reading: Reading) -> tuple[str, str | None, str | None, list[str]]:
        governing = self._denying(index)
        origin = self._origin(index)
        if governing is not None and governing.denial is not None:
            rule = f"stance:{governing.mark.cue.phrase}"
            return STANCES[governing.denial], governing.speaker, origin, [rule]
        told = self._apposed_denial(index) or self._denied_after(index)
        if told is not None:
            stated = self.speaking.speaker(index)[0] if ":next:" in told[2] else None
            stated = self.speaking.speaker(index)[0] if told[2].endswith(":apposed") else stated
            return (*told[:2], origin or stated, [told[2]])
        if self._negated(index, reading):
            speaker, _ = self.speaking.speaker(index)
            return "denied", speaker, origin, ["stance:negation"]
        if origin is not None:
            return "asserted", None, origin, ["speaker:origin"]
        return "asserted", None, None, []

    def _denying(self, index: int) -> Attribution | None:
        """The attribution that decides the stance: the last before the figure that is no report within a report."""
        token = self.scene.spans[index][0]
        number = self.scene.sentence_number(token)
        over = [a for a in self.speaking.by_sentence.get(number, ()) if a.covers(token)]
        before = [a for a in over if a.mark.first < token]
        decided: Attribution | None = None
        for attribution in sorted(before, key=lambda a: a.mark.first):
            if attribution.nested and decided is not None:
                continue
            if decided is not None and decided.denial is not None and attribution.denial is None:
                if not self._resets(attribution, decided):
                    continue
            decided = attribution
        if decided is not None:
            return decided
        after = [a for a in over if a.mark.first > token]
        if after and after[0].denial is not None and not self._is_claim(token, after[0].mark.first):
            return None
        return after[0] if after else None

    def _is_claim(self, token: int, verb: int) -> bool:
        """Whether what a verb after a figure denies is the figure: a claim that holds it, or "a number that …"."""
        scene = self.scene
        sentence = scene.sentence(token)
        claims = scene.within(("claims", "figure_words"), sentence.first, verb - 1)
        return any(m.first < token or self._is_apposed(m.first) for m in claims)

    def _is_apposed(self, token: int) -> bool:
        """Right after a comma, but for an article or a demonstrative."""
        return any(self.scene.is_soft(t) for t in range(max(0, token - 2), token))

    def _resets(self, attribution: Attribution, denial: Attribution) -> bool:
        """Whether an attribution after a denial begins anew ("but confirmed …") and is not what is denied."""
        scene = self.scene
        first = attribution.mark.first
        if scene.lexicon.coordinating and scene.passage.keys[first].startswith(scene.lexicon.coordinating):
            return True
        if scene.has(first, "say.continuing") and first > denial.mark.last + 1:
            return True
        between = range(denial.mark.last + 1, first)
        near = [t for t in between if first - t <= 4]
        return any(scene.has(t, "resets") for t in near) or any(scene.is_hard(t) for t in between)

    def _denied_after(self, index: int) -> tuple[str, str | None, str] | None:
        """A refutation after the figure: "reports that 12 died are false", or "the ministry denied the figure" next."""
        scene = self.scene
        sentence = scene.of_figure(index)
        token = scene.spans[index][1]
        number = scene.sentence_number(token)
        for mark in scene.of("refute.phrases", sentence.first, sentence.last):
            before = mark.last < scene.spans[index][0]
            named = scene.within(("claims", "figure_words"), token + 1, mark.first)
            claimed = any(scene.of("claims", sentence.first, token)) or before
            claimed = claimed or any(self._is_apposed(m.first) for m in named)  # "30, a figure that he called baseless"
            if before and self._begins_anew(mark.last + 1, scene.spans[index][0]):
                continue
            if claimed and not self._figure_between(index, mark.last, mark.first):
                return "refuted", self._phrase_speaker(number, mark.first), f"stance:{mark.cue.phrase}"
        if number + 1 >= len(scene.sentences) or not self._is_last_claim(index, number):
            return None
        following = scene.sentences[number + 1]
        if following.paragraph > sentence.paragraph + 1:
            return None
        pointer = self._pointer(following.first, following.last)
        if pointer is None or self._is_toll(pointer) and scene.figures[index].unit not in (None, PERSON):
            return None
        for attribution in self.speaking.by_sentence.get(number + 1, ()):
            if attribution.denial is not None and not attribution.nested:
                return (
                    STANCES[attribution.denial],
                    attribution.speaker,
                    f"stance:next:{attribution.mark.cue.phrase}",
                )
        phrases = list(scene.of("refute.phrases", following.first, following.last))
        if phrases:
            return (
                "refuted",
                self._phrase_speaker(number + 1, phrases[0].first),
                f"stance:next:{phrases[0].cue.phrase}",
            )
        return None

    def _begins_anew(self, first: int, last: int) -> bool:
        """Whether another content clause begins between two tokens ("… was false and that police …")."""
        scene = self.scene
        return any(
            scene.has(t, "resets", "coordinators")
            and (scene.has(t, "complementizers") or scene.has(t + 1, "complementizers"))
            for t in range(first, last)
        )

    def _apposed_denial(self, index: int) -> tuple[str, str | None, str] | None:
        """A denial in the apposition to a figure: "137 troops, a number that the army rejected"."""
        scene = self.scene
        sentence, last = scene.of_figure(index), scene.spans[index][1]
        for attribution in self.speaking.by_sentence.get(scene.sentence_number(last), ()):
            verb = attribution.mark.first
            if attribution.denial is None or verb < last or self._figure_between(index, verb, verb):
                continue
            words = scene.within(("claims", "figure_words"), last + 1, min(verb - 1, sentence.last))
            if any(self._is_apposed(m.first) and m.first - last <= APPOSED_REACH for m in words):
                return (
                    STANCES[attribution.denial],
                    attribution.speaker,
                    f"stance:{attribution.mark.cue.phrase}:apposed",
                )
        return None

    def _figure_between(self, index: int, before: int, after: int) -> bool:
        first, last = self.scene.spans[index]
        low, high = (before, first) if before < first else (last, after)
        return any(i != index for i in self.scene.figures_in(low + 1, high - 1))

    def _phrase_speaker(self, number: int, token: int) -> str | None:
        said = self.speaking.by_sentence.get(number, ())
        over = [a for a in said if a.covers(token) or a.mark.first > token]
        return over[0].speaker if over else None

    def _is_last_claim(self, index: int, number: int) -> bool:
        sentence = self.scene.sentences[number]
        figures = [
            i
            for i in self.scene.figures_in(sentence.first, sentence.last)
            if self.scene.figures[i].kind != "date"
        ]
        return bool(figures) and figures[-1] == index

    def _is_toll(self, pointer: Mark) -> bool:
        """Whether a word that points back can mean people alone ("the toll")."""
        return pointer.cue.phrase in (self.scene.lexicon.rules.get("tolls") or ())

    def _pointer(self, first: int, last: int) -> Mark | None:
        """A demonstrative or definite word for a figure or a claim: "this figure", "the claims"."""
        scene = self.scene
        for mark in scene.of("figure_words", first, last):
            if scene.figures_in(mark.last + 1, mark.last + OWN_NUMBER):
                continue  # "the figure of 60 dead" has its own
            before = mark.first - 1
            adjective = before - 1
            if scene.has(mark.first, "demonstratives") or scene.passage.keys[mark.first].startswith(
                scene.lexicon.articles or ("\0",)
            ):
                return mark
            if before >= first and scene.has(before, "demonstratives"):
                return mark
            if adjective >= first and scene.has(adjective, "demonstratives"):
                return mark
        return None

    def _origin(self, index: int) -> str | None:
        """Who first put the figure about, where a following sentence says so of "this figure"."""
        scene = self.scene
        number = scene.sentence_number(scene.spans[index][1])
        for ahead in range(1, ORIGIN_SENTENCES + 1):
            if number + ahead >= len(scene.sentences):
                return None
            following = scene.sentences[number + ahead]
            origins = list(scene.of("origin", following.first, following.last))
            if not origins or self._pointer(following.first, following.last) is None:
                continue
            if scene.figures[index].kind == "date" or not self._is_pointed_at(index, number, ahead):
                return None
            after = self.speaking.speakers.between(origins[0].last + 1, following.last)
            persons = [m for m in after if m.entity.kind == "person"]
            chosen = persons or after
            if chosen:
                return chosen[0].entity.name
            before = self.speaking.speakers.between(following.first, origins[0].first - 1)
            return before[0].entity.name if before else None
        return None

    def _is_pointed_at(self, index: int, number: int, ahead: int) -> bool:
        """Of several figures that "this figure" may mean, the last that is denied, else the last of all."""
        scene = self.scene
        first = scene.sentences[max(0, number + ahead - ORIGIN_SENTENCES)].first
        last = scene.sentences[number + ahead - 1].last
        inside = [i for i in scene.figures_in(first, last) if scene.figures[i].kind != "date"]
        denied = [i for i in inside if (a := self._denying(i)) is not None and a.denial is not None]
        pointed = denied or inside
        return bool(pointed) and pointed[-1] == index

    def _negated(self, index: int, reading: Reading) -> bool:
        """Whether the verb that governs the figure is negated ("did not seize $2m")."""
        scene = self.scene
        if (
            reading.governor is None
            or reading.mark is None
            or not reading.mark.cue.group.startswith("measure.verb")
        ):
            return False
        low = max(scene.of_figure(index).first, reading.governor - NEGATION_REACH)
        for token in range(reading.governor - 1, low - 1, -1):
            if scene.is_hard(token) or scene.is_soft(token) or token in scene.figure_at:
                return False
            if scene.has(token, "negations"):
                relative = scene.has(token, "relatives") and scene.has(token - 1, "locatives")
                return (
                    not relative
                    and not self._is_free_relative(token)
                    and not scene.has(token, "deny.unless")
                    and not scene.has(token + 1, "value_links")
                )
        return False

    def _is_free_relative(self, token: int) -> bool:
        """A word that negates or means "what", before a verb that says its object again: what investors lost."""
        endings = tuple(self.scene.lexicon.rules.get("resumptive_endings") or ())
        after = self.scene.passage.keys[token + 1]
        return bool(endings) and self.scene.has(token, "free_relatives") and after.endswith(endings)

    # ---- certainty

    def _epistemic(self, index: int) -> tuple[str, str | None]:
        scene = self.scene
        first, last = scene.spans[index]
        sentence = scene.of_figure(index)
        if scene.is_named(index):
            return "asserted", None
        counted = scene.figures[index].kind == "count"
        attribution = self.speaking.attribution(index)
        low = self._doubt_low(first, sentence.first)
        high = self._doubt_high(last, sentence.last)
        for group, meaning in (("possible.adverbs", "possible"), ("alleged.adverbs", "alleged")):
            for mark in scene.of(group, low, high):
                if (
                    counted
                    and scene.has(mark.first, "alleged.about_persons")
                    or scene.has(mark.first, "alleged.suspects")
                ):
                    continue
                if mark.first in scene.figure_at and not first <= mark.first <= last:
                    continue
                return meaning, f"epistemic:{mark.cue.phrase}"
        if attribution is not None and attribution.doubtful:
            return "alleged", f"epistemic:{attribution.mark.cue.phrase}:attribution"
        if attribution is not None and attribution.forecast:
            return "possible", f"epistemic:{attribution.mark.cue.phrase}"
        return "asserted", None

    def _doubt_low(self, first: int, start: int) -> int:
        at = first
        while at > start and first - at < DOUBT_BEFORE:
            before = at - 1
            if self.scene.is_hard(before) or self.scene.is_soft(before) or before in self.scene.figure_at:
                break
            at = before
        return at

    def _doubt_high(self, last: int, end: int) -> int:
        at = last
        soft = 0
        while at < end and at - last < DOUBT_AFTER:
            after = at + 1
            scene = self.scene
            if scene.is_hard(after) or after in scene.figure_at or scene.has(after, "coordinators"):
                break
            soft += scene.is_soft(after)
            if soft > 2:
                break
            at = after
        return at

    # ---- scope and cumulation

    def _scope(self, index: int) -> str:
        scene = self.scene
        first, last = scene.spans[index]
        sentence = scene.of_figure(index)
        stated = scene.figures[index].scope
        if stated is not None:
            return stated
        after = last + 1
        if after <= sentence.last and not scene.has(after, "scope.not_each"):
            if any(m.cue.group in ("scope.each", "scope.rates") for m in scene.starting.get(after, ())):
                return "each"
        low = first
        while low > sentence.first and first - low < EXTENT_REACH:
            before = low - 1
            if scene.is_hard(before) or scene.is_soft(before) or before in scene.figure_at:
                break
            if scene.has(before, "complementizers") and any(
                scene.has(t, "scope.most") for t in range(before, first)
            ):
                break
            low = before
        for mark in reversed(scene.within(("scope.most", "scope.some", "scope.each"), low, first - 1)):
            name = mark.cue.name
            if mark.last == first - 1 and name == "some" or scene.has(mark.first - 1, "scope.not_each"):
                continue
            if mark.first > sentence.first and scene.has(mark.first - 1, "locatives"):
                continue
            if name == "each" and scene.has(mark.first, "scope.not_each"):
                continue
            return name
        return "total"

    def _cumulative(self, index: int, reading: Reading) -> bool | None:
        scene = self.scene
        measure = scene.lexicon.measures.get(reading.measure or "")
        if scene.figures[index].kind not in ("count", "money", "quantity") or reading.measure is None:
            return None
        if measure is not None and not measure.cumulates:
            return None
        first, last = scene.spans[index]
        sentence = scene.of_figure(index)
        low = self._clause_low(first, sentence.first)
        high = self._clause_high(last, sentence.last)
        if any(True for _ in scene.of("parts.back", low, high)):
            return None
        if any(True for _ in scene.of("cumulative.to_date", low, high)):
            return True
        if measure is None:
            return None
        if any(True for _ in scene.of("cumulative.running", low, high)):
            return True
        totalled = reading.relation is Relation.SUBJECT or any(
            m.cue.name == measure.id for m in scene.of("measure.subjects", low, high)
        )
        bounded = scene.figures[index].qualifier in ("at_most", "less_than") or self._scope(index) != "total"
        if totalled and not bounded and any(True for _ in scene.of("cumulative.levels", low, high)):
            return True
        return False if self._is_fresh(index) else None

    def _is_fresh(self, index: int) -> bool:
        """Whether the figure only counts what is new, said within its own noun phrase or right after it."""
        scene = self.scene
        first, last = scene.spans[index]
        sentence = scene.of_figure(index)
        glued = bool(scene.lexicon.coordinating) and scene.passage.keys[first].startswith(
            scene.lexicon.coordinating
        )
        low = first
        while (
            not glued
            and low > sentence.first
            and first - low < FRESH_REACH
            and not self._parts_nouns(low - 1)
        ):
            low -= 1
        high = last
        while high < sentence.last and high - last < FRESH_REACH + 2 and not self._parts_nouns(high + 1):
            high += 1
        return any(True for _ in scene.of("cumulative.fresh", low, high))

    def _parts_nouns(self, token: int) -> bool:
        return self._ends_clause(token) or self.scene.has(token, "coordinators")

    def _clause_low(self, first: int, start: int) -> int:
        at = first
        while at > start and not self._ends_clause(at - 1):
            at -= 1
        return at

    def _clause_high(self, last: int, end: int) -> int:
        at = last
        while at < end and not self._ends_clause(at + 1):
            at += 1
        return at

    def _ends_clause(self, token: int) -> bool:
        return self.scene.is_hard(token) or self.scene.is_soft(token) or self._other_claim(token)

    def _other_claim(self, token: int) -> bool:
        other = self.scene.figure_at.get(token)
        return other is not None and self.scene.figures[other].kind in (
            "count",
            "money",
            "quantity",
            "percentage",
        )
