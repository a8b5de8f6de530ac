"""Speaker: who says a figure, by the attribution that governs it.

A verb of saying, or an "according to", opens an attribution; what follows it in the sentence is its content, and so is
what precedes it where the attribution trails ("83 people were arrested, INTERPOL said"). The innermost attribution
before a figure is the root speaker. Its name is the nearest known one on the subject's side; a pronoun or a bare title
("the ministry", "he") resolves to the nearest name of that sort before it in the paragraph, else to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.context.attributions import SPEAKING_KINDS, TITLES, Attribution, longest
from reconcile.context.bodies import (
    agency_credit,
    are_many,
    country_subject,
    ends_a_name,
    resolve_bodies,
    with_country,
)
from reconcile.context.lexicon import Mark
from reconcile.context.names import LONGEST_NAME, Mention, Mentions
from reconcile.context.scene import Scene, Sentence
from reconcile.context.sharing import (
    begins_after_another,
    follows_at_once,
    gapped_source,
    goes_on_with_parts,
)
from reconcile.context.sources import SourceReader
from reconcile.context.statements import agent_token, issuer, outside_quotes, quotes_on
from reconcile.context.voice import is_reflexive
from reconcile.rules.countries import country_names
from reconcile.text.passage import CLOSING_QUOTES, EITHER_QUOTES, OPENING_QUOTES, SYMBOL

REFUSAL = 3  # tokens from a verb of refusing to what is refused
SAYING = (
    *("say.verbs", "say.according", "say.root", "say.relay"),
    *("deny.verbs", "refute.verbs", "deny.nouns"),
)
SUBJECT_REACH = 22
NAME_LENGTH = 5
HOUSE_REACH = 3


class SpeakerReader:
    """Reads the attributions of a scene, once, and finds the one that governs a figure."""

    def __init__(self, scene: Scene, mentions: Sequence[Mention]) -> None:
        self.scene = scene
        self.mentions = Mentions(resolve_bodies(scene, Mentions(mentions)))
        self.speakers = Mentions(m for m in self.mentions if m.entity.kind in SPEAKING_KINDS)
        self.credit = agency_credit(scene, self.mentions)
        self.sources = SourceReader(scene, self.mentions)
        self.by_sentence: dict[int, list[Attribution]] = {}
        self._heard: str | None = None
        self._quoted: dict[int, str | None] = {}
        last_paragraph, last_speaker = -1, None
        for number, sentence in enumerate(scene.sentences):
            if sentence.paragraph != last_paragraph:
                last_speaker = last_speaker if quotes_on(scene, sentence) else None
                last_paragraph = sentence.paragraph
            self._heard = last_speaker
            found = self._attributions(sentence, last_speaker)
            if found:
                self.by_sentence[number] = found
                last_speaker = next(
                    (a.speaker for a in reversed(found) if a.speaker is not None), last_speaker
                )
            self._note_quotes(number, sentence, last_speaker)

    def attribution(self, index: int) -> Attribution | None:
        """The innermost attribution over a figure: the last that begins before it, else one that trails after it."""
        token = self.scene.spans[index][0]
        number = self.scene.sentence_number(token)
        over = [a for a in self.by_sentence.get(number, ()) if a.covers(token)]
        if not over:
            return None
        before = [a for a in over if a.mark.first < token]
        after = [a for a in over if a.mark.first > token and a.speaker is not None and a.denial is None]
        after = [a for a in after if a.mark.cue.group == "say.root"] or after
        if before:
            own = next((a for a in over if follows_at_once(self.scene, index, a.mark)), None)
            if own is not None:
                return own
            inner = max(before, key=lambda a: a.mark.first)
            return after[0] if after and self._only_acts(inner) else inner
        return (after or over)[0]

    def _only_acts(self, attribution: Attribution) -> bool:
        """Whether a verb before a figure tells what somebody did, so that who says so may follow the figure."""
        country = attribution.speaker in country_names().values()
        return not attribution.opens and (country or self.scene.has(attribution.mark.first, "say.also_does"))

    def speaker(self, index: int) -> tuple[str | None, str | None]:
        """The canonical speaker of a figure and the rule that gave it; (None, None) where the outlet speaks itself."""
        found = self.attribution(index)
        if found is not None:
            gapped = gapped_source(self.scene, self.mentions, index, found.mark)
            if gapped is not None:
                return gapped, "speaker:gapped"
            return found.speaker, f"speaker:{found.mark.cue.group}:{found.mark.cue.phrase}"
        token = self.scene.spans[index][0]
        quoted = self._quoted.get(token)
        if quoted is not None:
            return quoted, "speaker:quotation"
        return (self.credit, "speaker:credit") if self.credit is not None else (None, None)

    # ---- attributions of a sentence

    def _attributions(self, sentence: Sentence, last_speaker: str | None) -> list[Attribution]:
        scene = self.scene
        marks = scene.within(SAYING, sentence.first, sentence.last)
        marks = [m for m in longest(marks) if not self._inside_name(m)]
        found: list[Attribution] = []
        for mark in marks:
            if mark.cue.group == "say.relay":
                continue
            made = (
                self._according(mark, sentence)
                if mark.cue.group in ("say.according", "say.root")
                else self._said(mark, sentence, found, last_speaker)
            )
            if made is not None:
                found.append(made)
        return found

    def _inside_name(self, mark: Mark) -> bool:
        """Whether a verb is a word of a name, or stands alone in brackets as an acronym does."""
        keys = self.scene.passage.keys
        if mark.first > 0 and keys[mark.first - 1] == "(" and keys[min(mark.last + 1, len(keys) - 1)] == ")":
            return True
        named = self.mentions.around(mark.first)
        return named is not None and (named.first < mark.first or named.last > mark.last)

    def _according(self, mark: Mark, sentence: Sentence) -> Attribution | None:
        agent = agent_token(self.scene, mark, sentence)
        speaker = self._name_after(mark.last if agent is None else agent, sentence)
        if speaker is None and mark.cue.group != "say.root":
            return None
        trailing = bool(self.scene.figures_in(sentence.first, mark.first - 1))
        if not trailing:
            return Attribution(mark, speaker, mark.first, sentence.last)
        last = sentence.last if goes_on_with_parts(self.scene, mark, sentence) else mark.last
        return Attribution(mark, speaker, begins_after_another(self.scene, mark, sentence), last)

    def _said(
        self, mark: Mark, sentence: Sentence, before: Sequence[Attribution], last_speaker: str | None
    ) -> Attribution | None:
        scene = self.scene
        told = any(m.cue.group == "say.told" for m in scene.starting.get(mark.first, ()))
        nested = self._is_nested(mark, sentence)
        continuing = scene.has(mark.first, "say.continuing")
        known_before: list[str | None] = [a.speaker for a in before if a.speaker is not None] or [
            last_speaker
        ]
        earlier = known_before[0 if continuing else -1]
        speaker, trailing, known = self._subject(mark, sentence, told, earlier)
        group = mark.cue.group
        denial = group.split(".")[0] if group.startswith(("deny", "refute")) else None
        if denial is not None and any(scene.of("say.silences", mark.last + 1, min(sentence.last, mark.last + REFUSAL))):
            return None
        if not known and denial is None and before and self._is_joined(mark, sentence):
            speaker, known = before[-1].speaker, True
        if denial is not None and not known:
            speaker = next((a.speaker for a in reversed(before) if a.speaker is not None), None)
        elif not known and not nested and not self._introduces(mark, sentence):
            return None
        doubtful = any(m.cue.group == "say.doubtful" for m in scene.starting.get(mark.first, ()))
        forecast = any(m.cue.group == "say.forecast" for m in scene.starting.get(mark.first, ()))
        if trailing:
            start = max((a.mark.last + 1 for a in before if a.mark.last < mark.first), default=sentence.first)
            end = sentence.last if self._continues(mark, sentence) else mark.last
            return Attribution(mark, speaker, start, end, doubtful, forecast, denial, nested)
        opens = self._introduces(mark, sentence)
        return Attribution(
            mark, speaker, mark.first, sentence.last, doubtful, forecast, denial, nested, opens
        )

    def _is_joined(self, mark: Mark, sentence: Sentence) -> bool:
        """Whether a verb shares the subject of the one before it ("rejected the reports and said only two …")."""
        at = mark.first - 1
        while at > sentence.first and self.scene.has(at, "hedges", "perfect_auxiliaries"):
            at -= 1
        return not self.scene.verb_first and self.scene.has(at, "coordinators", "resets")

    def _continues(self, mark: Mark, sentence: Sentence) -> bool:
        """Whether what was said goes on after an attribution in its middle ("…, INTERPOL said, and …")."""
        stop = self._stop_after(mark, sentence)
        return stop is not None and bool(self.scene.figures_in(stop, sentence.last))

    def _is_nested(self, mark: Mark, sentence: Sentence) -> bool:
        """A report within a report: "the claims which say that …"."""
        before = mark.first - 1
        return before >= sentence.first and self.scene.has(before, "relatives")

    def _introduces(self, mark: Mark, sentence: Sentence) -> bool:
        """Whether a verb without a known subject still opens reported content (so that it resets the speaker)."""
        after = mark.last + 1
        if self.scene.verb_first and after <= sentence.last and not self.scene.has(after, "complementizers"):
            after = self._region_after(mark, sentence) + 1
            hearer = self.speakers.around(after)
            after = hearer.last + 1 if hearer is not None and self._is_hearer(hearer) else after
        return after <= sentence.last and self._opens_content(after)

    # ---- the subject of a verb of saying

    def _subject(
        self, mark: Mark, sentence: Sentence, told: bool, earlier: str | None
    ) -> tuple[str | None, bool, bool]:
        """The speaker's name, whether the verb trails its content, and whether the subject was understood at all."""
        if self._is_passive(mark, sentence):
            agent = self.scene.has(min(mark.last + 1, sentence.last), "change_links")
            named = self._name_after(mark.last + 1, sentence) if agent else None
            return named, bool(self.scene.figures_in(sentence.first, mark.first)), named is not None
        end = self.sources.subject_end(mark, sentence)
        before = self._name_before(mark, end, sentence)
        after = None if told and not self.scene.verb_first else self._name_between(mark, sentence)
        trailing = self._trails(mark, sentence)
        if before is not None and (after is None or not self._subject_follows(mark, sentence)):
            return before, trailing, True
        if after is not None:
            return after, trailing, True
        head = self._headed(mark, sentence)
        if head is not None:
            return head, trailing, True
        title = self._bare_title(mark, end, sentence)
        resolved = (
            None if title is None else self.sources.known_as(title) or self._resolve(title, mark, sentence)
        )
        if resolved is not None:
            return resolved, trailing, True
        collective = self._collective(mark, end, sentence)
        said = trailing or not self.scene.has(mark.first, "say.also_does") or self._introduces(mark, sentence)
        if collective is not None and said:
            return collective, trailing, True
        country = country_subject(self.scene, self.mentions, mark, end)
        if country is not None:
            return country, trailing, True
        unknown = self._unknown_name(mark, end, sentence, trailing)
        if unknown is not None:
            return unknown, trailing, True
        if title is not None:
            return None, trailing, True
        if self._is_pronoun_subject(mark, end, sentence):
            many = self.scene.has(max(end, sentence.first), "person_pronouns") and are_many(self.scene, earlier)
            return None if many else earlier or self._opener(mark, sentence), trailing, True
        return None, trailing, False

    def _is_passive(self, mark: Mark, sentence: Sentence) -> bool:
        """Whether what stands before a verb is what was said, not who said it ("is alleged to have")."""
        scene, at = self.scene, mark.first - 1
        if self.scene.verb_first or scene.passage.keys[mark.first].endswith(
            scene.lexicon.active_endings or ("\0",)
        ):
            return False
        while at > sentence.first and scene.has(at, "hedges", "possible.adverbs", "alleged.adverbs"):
            at -= 1
        near = at >= sentence.first and scene.has(at, "passive_auxiliaries") and not is_reflexive(scene, mark)
        return near and mark.cue.group.startswith(("say", "deny", "refute"))

    def _headed(self, mark: Mark, sentence: Sentence) -> str | None:
        """Whom a definite noun of a house right after a verb stands for, if one of that noun was named before."""
        token = mark.last + 1
        if not self.scene.verb_first or token > sentence.last or not self.scene.has(token, "say.sources"):
            return None
        alone = self._stands_alone(token, self._region_after(mark, sentence))
        return self.sources.earlier(token, self.speakers) if alone else None

    def _stands_alone(self, token: int, region: int) -> bool:
        """Whether a noun of a house is the whole subject ("قالت النقابة إن"), and no name goes on from it."""
        return token == region or not self.sources.goes_on(token)

    def _subject_follows(self, mark: Mark, sentence: Sentence) -> bool:
        """A verb at a clause's start, or with a written-on "and", has its subject after it."""
        scene = self.scene
        before = mark.first - 1
        if before < sentence.first or scene.is_hard(before) or scene.is_soft(before):
            return True
        if scene.lexicon.coordinating and scene.passage.keys[mark.first].startswith(
            scene.lexicon.coordinating
        ):
            return True
        return scene.has(before, "resets", "relatives", "clause_words", "complementizers")

    def _region_after(self, mark: Mark, sentence: Sentence) -> int:
        """The last token where the subject of a verb may stand after it: up to what is said, a stop or a figure."""
        scene = self.scene
        for token in range(mark.last + 1, min(sentence.last, mark.last + SUBJECT_REACH) + 1):
            stop = scene.is_hard(token) and scene.passage.keys[token] not in ("(", ")")
            figure = token in scene.figure_at and not self._covered(token)
            hearer = token > mark.last + 1 and self._is_told(token)
            if stop or figure or self._opens_content(token) or hearer:
                return token - 1
        return min(sentence.last, mark.last + SUBJECT_REACH)

    def _opens_content(self, token: int) -> bool:
        scene = self.scene
        return any(m.cue.group == "complementizers" for m in scene.starting.get(token, ()))

    def _name_between(self, mark: Mark, sentence: Sentence) -> str | None:
        first = mark.last + 1
        hearer = self.speakers.around(first) if first <= sentence.last else None
        if hearer is not None and self._is_hearer(hearer):
            first = hearer.last + 1
        return self._best(first, self._region_after(mark, sentence), sentence)

    def _is_told(self, token: int) -> bool:
        named = self.speakers.around(token) if self.scene.verb_first else None
        return named is not None and named.first == token and self._is_hearer(named)

    def _is_hearer(self, mention: Mention) -> bool:
        """An outlet that something was told to ("قال … لرويترز")."""
        return mention.entity.kind in ("agency", "website") and mention.clitic in self.scene.lexicon.belonging

    def _name_after(self, token: int, sentence: Sentence) -> str | None:
        end = min(sentence.last, token + SUBJECT_REACH)
        for at in range(token + 1, end + 1):
            figure = at in self.scene.figure_at and self.scene.figure_at[at] != self.scene.figure_at.get(
                token + 1
            )
            if self.scene.is_hard(at) or self.scene.is_soft(at) or figure:
                end = at - 1
                break
        named = self._best(token + 1, end, sentence)
        if named is not None:
            return named
        for group, pick in (("bare_titles", self._resolve), ("collective_speakers", None)):
            marks = list(self.scene.of(group, token + 1, min(end, token + NAME_LENGTH)))
            if self.scene.verb_first and token < end and self.scene.has(token + 1, "say.sources"):
                marks = [m for m in marks if m.first == token + 1 == end]
            if marks and pick is not None:
                resolved = pick(marks[0], marks[0], sentence)
                if resolved is not None:
                    return resolved
            elif marks:
                return with_country(self.scene, self.mentions, marks[0].cue.name, marks[0].first, marks[0].last)
        return self.sources.after(token + 1, end, True, True)

    def _best(self, first: int, last: int, sentence: Sentence) -> str | None:
        """The speaker named between two tokens: a person before an organisation, else the first."""
        inside = [m for m in self.speakers.between(first, last) if not self._is_object(m, first)]
        persons = [m for m in inside if m.entity.kind == "person"]
        return (persons or inside)[0].entity.name if inside else None

    def _is_object(self, mention: Mention, first: int) -> bool:
        return mention.entity.kind == "group" and mention.first - first > 1

    def _name_before(self, mark: Mark, at: int, sentence: Sentence) -> str | None:
        scene = self.scene
        low = sentence.first
        commas = 0
        for token in range(at, max(sentence.first, at - SUBJECT_REACH) - 1, -1):
            covered = self._covered(token)
            stop = scene.is_hard(token) or token in scene.figure_at or scene.has(token, "resets", "relatives")
            if stop and not covered:
                low = token + 1
                break
            if scene.is_soft(token):
                commas += 1
                if commas > 2:
                    low = token + 1
                    break
            if token != at and scene.has(token, "say.verbs") and not covered:
                low = token + 1
                break
        inside = [m for m in self.speakers.between(low, at) if m.entity.kind != "government"]
        if (
            not inside
            or scene.lexicon.coordinating
            and scene.passage.keys[mark.first].startswith(scene.lexicon.coordinating)
        ):
            return None
        adjacent = [m for m in inside if self._adjacent(m.last, at + 1)]
        if adjacent:
            persons = [m for m in inside if m.entity.kind == "person"]
            named = [m for m in adjacent if m.entity.kind != "body"]
            chosen = (persons or named or adjacent)[-1]
            return self.sources.widened(chosen, at, sentence) or chosen.entity.name
        heads = [m for m in inside if m.first - low <= 3]
        clean = not any(
            scene.has(t, "measure.verbs", "value_links", "say.verbs")
            for t in range(low, at + 1)
            if not self._covered(t)
        )
        return heads[0].entity.name if heads and clean else None

    def _covered(self, token: int) -> bool:
        return self.mentions.around(token) is not None

    def _adjacent(self, last: int, verb: int) -> bool:
        """Only auxiliaries, adverbs, quotes and brackets between a name and its verb."""
        scene = self.scene
        between = range(last + 1, verb)
        return len(between) <= 3 and all(
            scene.passage.kinds[t] == SYMBOL
            and not scene.is_hard(t)
            or scene.has(t, "passive_auxiliaries", "hedges", "pronouns", "possible.adverbs", "bare_titles")
            or len(between) <= 1
            for t in between
        )

    def _trails(self, mark: Mark, sentence: Sentence) -> bool:
        """Whether the verb closes what was said: a figure, then a comma or quote before it, and none after."""
        scene = self.scene
        if self._introduces(mark, sentence) or self._begins_clause(mark, sentence):
            return False
        figures = scene.figures_in(sentence.first, mark.first - 1)
        if not figures:
            return False
        after = [i for i in scene.figures_in(mark.last + 1, sentence.last) if scene.figures[i].kind != "date"]
        begin = scene.spans[figures[-1]][1]
        separated = scene.has(mark.first - 1, "say.trailing") or any(
            scene.is_soft(t) or scene.passage.keys[t] in CLOSING_QUOTES | EITHER_QUOTES
            for t in range(begin + 1, mark.first)
        )
        return separated and (not after or self._stop_after(mark, sentence) is not None)

    def _begins_clause(self, mark: Mark, sentence: Sentence) -> bool:
        """Whether "and" or "while" opens the verb's own clause ("…, and the company denied wrongdoing")."""
        scene = self.scene
        coordinating = scene.lexicon.coordinating
        if coordinating and scene.passage.keys[mark.first].startswith(coordinating):
            return True
        for token in range(mark.first - 1, max(sentence.first, mark.first - SUBJECT_REACH), -1):
            if scene.is_soft(token) or scene.is_hard(token) or token in scene.figure_at:
                return scene.has(token + 1, "coordinators", "contrasts")
        return False

    def _stop_after(self, mark: Mark, sentence: Sentence) -> int | None:
        """The comma or stop right after a verb, or after when and to whom it was said."""
        scene, after = self.scene, mark.last + 1
        while after <= sentence.last and not self.scene.verb_first and after - mark.last <= NAME_LENGTH:
            dated = after in scene.figure_at and scene.figures[scene.figure_at[after]].kind == "date"
            where = scene.has(after - 1, "locatives") and scene.is_word(after)
            if not (
                dated or where or self._covered(after) or scene.has(after, "locatives", "after_participle")
            ):
                break
            after += 1
        stops = after <= sentence.last and (scene.is_soft(after) or scene.is_hard(after))
        return after if stops else None

    # ---- titles, pronouns, names that no rule knows

    def _bare_title(self, mark: Mark, end: int, sentence: Sentence) -> Mark | None:
        scene = self.scene
        region = self._region_after(mark, sentence)
        near = list(scene.of("bare_titles", mark.last + 1, min(region, mark.last + 2)))
        people = near or list(scene.of("collective_speakers", mark.last + 1, min(region, mark.last + 2)))
        if people:
            return self._house_of(people[0], region) or (near[0] if near else None)
        ending = [m for m in scene.ending.get(end, ()) if m.cue.group == "bare_titles"]
        return ending[0] if ending else None

    def _house_of(self, people: Mark, region: int) -> Mark | None:
        """The house of people without a name: "officials in the ministry" speak for the ministry."""
        inside = self.scene.of("bare_titles", people.last + 1, min(region, people.last + HOUSE_REACH))
        return next((m for m in inside if m.cue.name not in ("person", "group")), None)

    def _resolve(self, title: Mark, _: Mark, sentence: Sentence) -> str | None:
        kinds = TITLES.get(title.cue.name, frozenset())
        for group in [
            m.cue.name for m in self.scene.starting.get(title.first, ()) if m.cue.group == "bare_titles"
        ]:
            kinds = kinds | TITLES.get(group, frozenset())
        begin = self.scene.paragraph_start(sentence)
        candidates = [m for m in self.speakers.between(begin, title.first - 1) if m.entity.kind in kinds]
        heard = [m for m in candidates if m.entity.name == self._heard]
        candidates = heard or outside_quotes(self.scene, candidates, title, sentence)
        if not candidates and self.scene.has(title.first, "say.documents"):
            return issuer(self.scene, self.speakers, sentence)
        return candidates[-1].entity.name if candidates else None

    def _collective(self, mark: Mark, end: int, sentence: Sentence) -> str | None:
        scene = self.scene
        whole = self._region_after(mark, sentence)
        region, head = min(whole, mark.last + 2), mark.last + 1
        headed = region >= head and scene.has(head, "say.sources") and (
            not self._stands_alone(head, whole) or self.sources.is_named_before(head)
        )
        near = [] if headed else list(scene.of("collective_speakers", mark.last + 1, region))
        ending = [m for m in scene.ending.get(end, ()) if m.cue.group == "collective_speakers"]
        found = [m for m in ending or near if not ends_a_name(self.scene, m)]
        if not found:
            return None
        return with_country(self.scene, self.mentions, found[0].cue.name, found[0].first, found[0].last)

    def _unknown_name(self, mark: Mark, end: int, sentence: Sentence, trailing: bool) -> str | None:
        """A name that no rule knows, as written."""
        opened = self._introduces(mark, sentence)
        plain = not self.scene.has(mark.first, "say.also_does")
        if self.sources.cased:
            named = self.sources.before(end, sentence) if plain or opened or trailing else None
            return named or self._inverted(mark, sentence) or self._apposition(mark, sentence)
        region = self._region_after(mark, sentence)
        opened = opened or trailing and region == sentence.last
        return self._apposition(mark, sentence) or self.sources.after(mark.last + 1, region, opened, plain)

    def _inverted(self, mark: Mark, sentence: Sentence) -> str | None:
        """A name right after a verb that closes a quotation (“…,” said Omar Diallo)."""
        scene, before, after = self.scene, mark.first - 1, mark.last + 1
        closes = before >= sentence.first and not scene.is_word(before) and before not in scene.figure_at
        if not closes or scene.has(mark.first, "say.told") or after > sentence.last:
            return None
        end = next(
            (t for t in range(after, sentence.last + 1) if scene.is_soft(t) or scene.is_hard(t)),
            sentence.last + 1,
        )
        return self.sources.after(after, end - 1, False, True) if end > after else None

    def _apposition(self, mark: Mark, sentence: Sentence) -> str | None:
        scene = self.scene
        end = self._region_after(mark, sentence)
        commas = [t for t in range(mark.last + 1, end + 1) if scene.is_soft(t)]
        if not commas:
            return self._titled_name(mark, end)
        first = commas[0] + 1
        last = commas[1] - 1 if len(commas) > 1 else end
        words = list(range(first, last + 1))
        if not 2 <= len(words) <= NAME_LENGTH - 1 or not all(scene.is_word(t) for t in words):
            return None
        if any(
            scene.is_function_word(t) or scene.has(t, "say.verbs", "titles", "bare_titles") for t in words
        ):
            return None
        titled = any(scene.has(t, "titles", "bare_titles") for t in range(mark.last + 1, commas[0]))
        return scene.passage.written(first, last) if titled else None

    def _titled_name(self, mark: Mark, end: int) -> str | None:
        """Two or three words after a definite title, up to what is said: "العقيد …", "وزير الداخلية …"."""
        scene = self.scene
        articles = scene.lexicon.articles or ("\0",)
        at = mark.last + 1
        while at <= end and (
            scene.passage.keys[at].startswith(articles) or scene.has(at, "titles", "bare_titles")
        ):
            at += 1
        words = list(range(at, end + 1))
        titled = any(scene.has(t, "titles", "bare_titles") for t in range(mark.last + 1, at))
        definite_title = at > mark.last + 1 and scene.passage.keys[at - 1].startswith(articles)
        if not (titled and definite_title) or len(words) not in (2, 3) or not self._opens_content(end + 1):
            return None
        for token in words:
            definite = token < words[-1] and scene.passage.keys[token].startswith(articles)
            if not scene.is_word(token) or definite or scene.is_function_word(token) or self._covered(token):
                return None
        return scene.passage.written(words[0], words[-1])

    def _opener(self, mark: Mark, sentence: Sentence) -> str | None:
        """Who opened the sentence before one that a pronoun opens ("The bureau … . It said")."""
        number = self.scene.sentence_number(sentence.first)
        if number == 0 or mark.first - sentence.first != 1:
            return None
        before = self.scene.sentences[number - 1]
        if before.paragraph != sentence.paragraph:
            return None
        named = [
            m
            for m in self.speakers.between(before.first, before.first + LONGEST_NAME)
            if m.first <= before.first + 1
        ]
        return named[0].entity.name if named else self.sources.opening(before)

    def _is_pronoun_subject(self, mark: Mark, end: int, sentence: Sentence) -> bool:
        """No subject is written: what was said follows the verb at once, or a pronoun stands before it."""
        scene = self.scene
        after = mark.last + 1
        if end >= sentence.first and scene.has(end, "pronouns"):
            return True
        if scene.has(mark.first, "say.continuing"):
            return True
        if not self.scene.verb_first or not (after <= sentence.last and self._opens_content(after)):
            return False
        before = mark.first - 1
        glued = scene.passage.keys[mark.first].startswith(scene.lexicon.coordinating)
        open_before = before < sentence.first or not scene.is_word(before) or scene.is_function_word(before)
        return glued or open_before or scene.has(before, "resets", "clause_words")

    # ---- quotations

    def _note_quotes(self, number: int, sentence: Sentence, speaker: str | None) -> None:
        """Tokens inside quotation marks of a sentence belong to the paragraph's last speaker."""
        if speaker is None:
            return
        scene = self.scene
        inside = False
        for token in range(sentence.first, sentence.last + 1):
            key = scene.passage.keys[token] if scene.passage.kinds[token] == SYMBOL else ""
            if key in OPENING_QUOTES:
                inside = True
            elif key in CLOSING_QUOTES:
                inside = False
            elif key in EITHER_QUOTES:
                inside = not inside
            elif inside:
                self._quoted[token] = speaker
