"""Event, place, actor and period: where a figure belongs.

An event is named in the sentence, pointed at ("this operation"), known to the whole article by its cues in
`events.yml`, or, unseen, an operation by its written name; else what, where and when together make an identifier.
A figure takes the article's event only where nothing beside it speaks of another year or country. Where a field is
missing there is no event: two events are never merged for want of one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from reconcile.context.lexicon import Mark
from reconcile.context.names import LONGEST_NAME, QUOTES, Entity, Event, Mention, Mentions
from reconcile.context.places import PlaceReader, country_of
from reconcile.context.reading import Reading, Relation
from reconcile.context.scene import Scene, Sentence
from reconcile.context.setting import SettingReader, is_day_of_speech
from reconcile.dates.parse import BEGAN
from reconcile.text.passage import CLOSING_QUOTES, EITHER_QUOTES, HYPHENS, NUMBER, OPENING_QUOTES, WORD

LEAD_SENTENCES = 3
LEAD_CUES = 2
ANAPHORA_SENTENCES = 3
NAME_LENGTH = 4
HEAD_REACH = 5
LONGEST_EVENT = 31
COMPOSED, ELSEWHERE = "event:composed", "event:elsewhere"
ANY_EVENT, UNTOLD_EVENT = "event", "incident"
ACTING_KINDS = frozenset({"organisation", "police", "group", "army", "ministry", "government", "body"})


class EventReader:
    """Reads event, place, actor and period of every figure of a scene."""

    def __init__(
        self,
        scene: Scene,
        mentions: Mentions,
        readings: Sequence[Reading],
        events: Mapping[str, Event],
        placing: PlaceReader,
    ) -> None:
        self.scene = scene
        self.events = events
        self.readings = readings
        self.mentions = Mentions([*mentions, *self._unseen(mentions)])
        self.named = Mentions(m for m in self.mentions if m.entity.kind == "event")
        self.actors = Mentions(m for m in self.mentions if m.entity.kind in ACTING_KINDS)
        self.placing = placing
        self.places = placing.places
        named = (m for m in mentions if m.entity.kind != "country" or placing.is_place(m))
        self.setting = SettingReader(scene, named, placing.places)
        self.article_event = self._article_event()
        self._found: dict[int, tuple[str | None, str | None]] = {}
        self._settle()

    def event(self, index: int) -> str | None:
        return self._found[index][0]

    def rule(self, index: int) -> str | None:
        return self._found[index][1]

    # ---- events

    def _settle(self) -> None:
        for index in range(len(self.scene.figures)):
            self._found[index] = self._event(index)
        known: dict[tuple[object, ...], tuple[str, int]] = {}
        for index in range(len(self.scene.figures)):
            event, why = self._found[index]
            key = self._quantity(index)
            if event is not None and key is not None and why in ("event:named", "event:pointed"):
                known.setdefault(key, (event, index))
        for index in range(len(self.scene.figures)):
            key = self._quantity(index)
            if self._found[index][0] is None and key in known and not self._elsewhere(index, known[key][0]):
                self._found[index] = (known[key][0], "event:same_quantity")

    def _quantity(self, index: int) -> tuple[object, ...] | None:
        figure, reading = self.scene.figures[index], self.readings[index]
        if reading.mark is None or figure.value is None:
            return None
        return (reading.measure, figure.unit, figure.value)

    def _event(self, index: int) -> tuple[str | None, str | None]:
        scene = self.scene
        figure = scene.figures[index]
        if figure.role != "claim" or figure.kind in ("time",):
            return None, None
        sentence = scene.of_figure(index)
        token = scene.spans[index][0]
        inside = self.named.between(sentence.first, sentence.last)
        if inside:
            before = [m for m in inside if m.first < token]
            return (before[-1] if before else inside[0]).entity.id, "event:named"
        if self.readings[index].mark is None:
            return None, None
        pointed = self._pointed(index, sentence)
        if pointed is not None and not self._elsewhere(index, pointed):
            return pointed, "event:pointed"
        whole = self.article_event
        if (
            whole is not None
            and (self._leads or self._is_near(whole, sentence))
            and not self._elsewhere(index, whole)
        ):
            return whole, "event:article"
        if whole is not None and self._elsewhere(index, whole):
            return None, ELSEWHERE
        composed = self._composed(index)
        return (composed, COMPOSED) if composed is not None else (None, None)

    def _pointed(self, index: int, sentence: Sentence) -> str | None:
        """The event that "this operation" means: the one named within the sentences before."""
        scene = self.scene
        if not any(True for _ in scene.of("event_anaphora", sentence.first, sentence.last)):
            return None
        number = scene.sentence_number(sentence.first)
        earliest = scene.sentences[max(0, number - ANAPHORA_SENTENCES)].first
        before = self.named.between(earliest, sentence.first - 1)
        if before:
            return before[-1].entity.id
        ids = self._named_ids
        return next(iter(ids)) if len(ids) == 1 else None

    def _article_event(self) -> str | None:
        """The one event that the article is about: known by its cues, or the only one named and named early."""
        by_cues = [e for e in self.events.values() if e.needs and self._cues_met(e)]
        named = Counter(
            e for e, _ in {(m.entity.id, self.scene.sentence_number(m.first)) for m in self.named}
        )
        if len(named) == 1:
            (only,) = named
            early = self.scene.sentences[min(LEAD_SENTENCES, len(self.scene.sentences)) - 1].last
            if named[only] >= 2 or self.named.items[0].first <= early:
                return only if not by_cues or any(e.id == only for e in by_cues) else None
        if len(by_cues) == 1 and not (set(named) - {by_cues[0].id}):
            return by_cues[0].id
        return None

    @cached_property
    def _leads(self) -> bool:
        """Whether the article's event is its matter from the start: named or cued in its first sentences."""
        scene = self.scene
        end = scene.sentences[min(LEAD_SENTENCES, len(scene.sentences)) - 1].last
        lead = [m for m in self.mentions.between(0, end) if m.entity.id == self.article_event]
        named = any(m.entity.kind == "event" for m in self.named if m.entity.id == self.article_event)
        spread = {scene.sentence_number(m.first) for m in self.named if m.entity.id == self.article_event}
        cued = {m.entity.group for m in lead if m.entity.kind == "event_cue"}
        return len(cued) >= LEAD_CUES or (named and bool(lead)) or len(spread) >= 2

    def _is_near(self, event: str, sentence: Sentence) -> bool:
        """Whether the sentence itself has a cue of the event."""
        return any(m.entity.id == event for m in self.mentions.between(sentence.first, sentence.last))

    @cached_property
    def _named_ids(self) -> frozenset[str]:
        return frozenset(m.entity.id for m in self.named)

    def _cues_met(self, event: Event) -> bool:
        groups = {
            m.entity.group for m in self.mentions if m.entity.kind == "event_cue" and m.entity.id == event.id
        }
        if not set(event.needs) <= groups:
            return False
        published = self.scene.article.published
        if published is None or event.published_within_days is None:
            return True
        if event.period_start is not None and published < event.period_start:
            return False
        end = event.period_end
        return end is None or published <= end + timedelta(days=event.published_within_days)

    def _elsewhere(self, index: int, event: str) -> bool:
        """Whether the figure's own sentence speaks of a time or country that is not the event's."""
        scene = self.scene
        sentence = scene.of_figure(index)
        known = self.events.get(event)
        if any(True for _ in scene.of("elsewhere", sentence.first, sentence.last)):
            return True
        if self._in_indefinite_clause(index):
            return True
        for other in scene.figures_in(sentence.first, sentence.last):
            figure = scene.figures[other]
            if (
                figure.kind == "date"
                and figure.role == "claim"
                and known is not None
                and self._outside(figure.date_start, figure.date_end, known)
            ):
                return True
        if known is not None and known.places:
            inside = [country_of(m) for m in self.places.between(sentence.first, sentence.last)]
            if inside and not set(inside) & set(known.places):
                return True
        return False

    def _in_indefinite_clause(self, index: int) -> bool:
        """The figure's verb belongs to a relative clause on something new: "a scheme that spanned 17 countries"."""
        scene = self.scene
        governor = self.readings[index].governor
        if governor is None or governor >= scene.spans[index][0]:
            return False
        relative = governor - 1
        if not scene.has(relative, "relatives") or not scene.is_word(relative):
            return False
        return any(
            scene.passage.keys[t] in self._indefinite and not scene.is_hard(t)
            for t in range(max(scene.of_figure(index).first, relative - 4), relative)
        )

    @property
    def _indefinite(self) -> frozenset[str]:
        return frozenset(str(w).removeprefix("=") for w in self.scene.lexicon.rules.get("indefinite") or ())

    @staticmethod
    def _outside(start: date | None, end: date | None, event: Event) -> bool:
        if end is not None and event.period_start is not None and end < event.period_start:
            return True
        return start is not None and event.period_end is not None and start > event.period_end

    # ---- unseen operations

    def _unseen(self, mentions: Mentions) -> list[Mention]:
        """Operations that no file knows, by their written name, with the number of those that go on under one name."""
        scene = self.scene
        found: list[Mention] = []
        taken = {t for m in mentions if m.entity.kind == "event" for t in range(m.first, m.last + 1)}
        quoted = bool(scene.lexicon.rules.get("event_head_quoted"))
        for mark in scene.of("event_head"):
            if mark.first in taken:
                continue
            words = self._quoted_name(mark.last + 1) if quoted else self._capitalised_name(mark.last + 1)
            if words and (quoted or scene.passage.text[scene.passage.starts[mark.first]].isupper()):
                slug = "-".join(
                    [str(scene.lexicon.rules.get("event_id")), *(scene.passage.keys[t] for t in words)]
                )
                found.append(Mention(Entity(slug, slug, "event"), mark.first, words[-1]))
        return found

    def _quoted_name(self, token: int) -> list[int]:
        passage = self.scene.passage
        if token >= len(passage) or passage.keys[token] not in OPENING_QUOTES | EITHER_QUOTES:
            return []
        words: list[int] = []
        for at in range(token + 1, min(len(passage), token + NAME_LENGTH + 2)):
            if passage.keys[at] in CLOSING_QUOTES | EITHER_QUOTES:
                return words
            if words and (passage.kinds[at] == NUMBER or passage.keys[at] in HYPHENS):
                words += [at] if passage.kinds[at] == NUMBER else []
            elif passage.kinds[at] != WORD:
                return []
            else:
                words.append(at)
        return []

    def _capitalised_name(self, token: int) -> list[int]:
        passage = self.scene.passage
        words: list[int] = []
        for at in range(token, min(len(passage), token + NAME_LENGTH)):
            if passage.keys[at] in QUOTES and not words:
                continue
            if passage.kinds[at] != WORD or not passage.text[passage.starts[at]].isupper():
                break
            words.append(at)
        after = words[-1] + 1 if words else len(passage)
        if passage.keys[after : after + 1] and passage.keys[after] in HYPHENS and after + 1 < len(passage):
            words += [after + 1] if passage.kinds[after + 1] == NUMBER else []
        return words

    # ---- what, where, when

    def _composed(self, index: int) -> str | None:
        """An identifier of what, where and when, only if all three are known: what from the sentence or from what the
        measure is an outcome of, the country from the sentence or the article, the time from the sentence alone."""
        outcome_of = self._outcome_of(index)
        if outcome_of is None or self.readings[index].relation is Relation.PLACED:
            return None
        where = self.setting.country(index, self.placing.place(index, self.readings[index], ()))
        when = self._date(index)
        if where is None or when is None or (when[1] - when[0]).days > LONGEST_EVENT:
            return None
        return f"{self._what(index, outcome_of)}-{_slug(where)}-{when[0]:%Y-%m}"

    def _what(self, index: int, outcome_of: str) -> str:
        """The kind of event: for what events of any kind leave behind the one that the text names, the sentence's
        before the article's only one, else that of a figure beside it."""
        if outcome_of != ANY_EVENT:
            return outcome_of
        scene, sentence = self.scene, self.scene.of_figure(index)
        for first, last in ((sentence.first, sentence.last), (0, len(scene.passage))):
            kinds = self._kinds(first, last)
            if len(kinds) == 1 or (kinds and first == sentence.first and last == sentence.last):
                return next(iter(kinds))
        beside = (self._outcome_of(i) for i in scene.figures_in(sentence.first, sentence.last))
        return next((kind for kind in beside if kind not in (None, ANY_EVENT)), UNTOLD_EVENT)

    def _outcome_of(self, index: int) -> str | None:
        measure = self.scene.lexicon.measures.get(self.readings[index].measure or "")
        return None if measure is None else measure.outcome_of

    def _is_event(self, mark: Mark) -> bool:
        """Whether a cue of an event is the noun: a raid is one, "gunmen stormed" is no storm."""
        endings = self.scene.lexicon.participle_endings
        return not endings or not self.scene.passage.keys[mark.last].endswith(endings)

    def _date(self, index: int) -> tuple[date, date] | None:
        """The nearest closed date of the figure's sentence that is not the day on which somebody spoke."""
        scene = self.scene
        for other in self._dates(index):
            start, end = self._days(other)
            if scene.has(scene.spans[other][0], "since") or scene.has(scene.before_hedges(other), "since"):
                continue
            if start is not None and end is not None:
                return start, end
        return self._date_of_lead(index)

    def _date_of_lead(self, index: int) -> tuple[date, date] | None:
        """The day that the article's first sentences give the event which a later sentence names again ("the blast"),
        if they give but one and the later sentence none."""
        scene, sentence = self.scene, self.scene.of_figure(index)
        if any(scene.figures[i].kind == "date" for i in self._dates(index)):
            return None
        if any(True for _ in scene.of("elsewhere", sentence.first, sentence.last)):
            return None
        marks = self.scene.of("event_types", sentence.first, sentence.last)
        kinds = {m.cue.name for m in marks if self._is_event(m) and self._is_pointed_at(m)}
        found: set[tuple[date, date]] = set()
        for lead in scene.sentences[:LEAD_SENTENCES]:
            if lead.first >= sentence.first or kinds.isdisjoint(self._kinds(lead.first, lead.last)):
                continue
            for other in scene.figures_in(lead.first, lead.last):
                figure = scene.figures[other]
                start, end = figure.date_start, figure.date_end
                if figure.kind != "date" or figure.role != "claim" or is_day_of_speech(scene, other):
                    continue
                if start is None or end is None or (end - start).days > 1:
                    return None
                found.add((start, end))
        return found.pop() if len(found) == 1 else None

    def _is_pointed_at(self, mark: Mark) -> bool:
        """Whether the noun of an event has an article or a demonstrative: "the quake" is one that was told of."""
        scene = self.scene
        articles = scene.lexicon.articles
        glued = bool(articles) and scene.passage.keys[mark.first].startswith(articles)
        return glued or (mark.first > 0 and scene.has(mark.first - 1, "demonstratives"))

    def _kinds(self, first: int, last: int) -> dict[str, None]:
        """The kinds of event that are named between two tokens, each once, in the order of the text."""
        marks = self.scene.of("event_types", first, last)
        return dict.fromkeys(m.cue.name for m in marks if self._is_event(m))

    def _days(self, index: int) -> tuple[date | None, date | None]:
        """The days of a date; of a night that is told by both of its days ("ليل الجمعة السبت") both."""
        scene = self.scene
        start, end = scene.figures[index].date_start, scene.figures[index].date_end
        if self._open(index):
            return start, None
        first, last = scene.spans[index]
        for other in scene.figures_in(first - 2, last + 2):
            figure, span = scene.figures[other], scene.spans[other]
            between = range(min(last, span[1]) + 1, max(first, span[0]))
            if (
                other == index
                or figure.kind != "date"
                or any(scene.passage.keys[t] not in HYPHENS for t in between)
            ):
                continue
            day, next_day = sorted((self._day(index), self._day(other)), key=lambda d: d or date.max)
            if day is not None and next_day is not None and next_day - day == timedelta(days=1):
                return day, next_day
        return start, end

    def _open(self, index: int) -> bool:
        """Whether a date says when something began that goes on."""
        return any(rule.endswith(BEGAN) for rule in self.scene.figures[index].rules)

    def _day(self, index: int) -> date | None:
        figure = self.scene.figures[index]
        return figure.date_start if figure.date_start == figure.date_end else None

    def _dates(self, index: int) -> list[int]:
        """The dates of the figure's sentence, the nearest first, without the dateline's and the days of speech."""
        scene, sentence = self.scene, self.scene.of_figure(index)
        first, last = scene.spans[index]
        dates = [
            i
            for i in scene.figures_in(sentence.first, sentence.last)
            if scene.figures[i].kind == "date"
            and scene.figures[i].role == "claim"
            and scene.spans[i][0] >= scene.dateline_end
            and not is_day_of_speech(scene, i)
        ]
        return sorted(dates, key=lambda i: max(scene.spans[i][0] - last, first - scene.spans[i][1]))

    # ---- place

    def place(self, index: int) -> str | None:
        """Where what a figure counts took place, by its canonical name."""
        event = self.events.get(self._found.get(index, (None, None))[0] or "")
        return self.placing.place(index, self.readings[index], () if event is None else event.places)

    # ---- actor

    def actor(self, index: int) -> str | None:
        """Who does what is counted: the name beside the verb that governs the figure."""
        scene = self.scene
        reading = self.readings[index]
        if (
            reading.governor is None
            or reading.mark is None
            or not reading.mark.cue.group.startswith("measure.verbs")
        ):
            return None
        first = scene.spans[index][0]
        governor = reading.governor
        if governor < first:
            between = self.actors.between(governor + 1, first - 1)
            if between:
                return between[0].entity.name
        before = [
            m for m in self.actors.between(governor - LONGEST_NAME, governor - 1) if governor - m.last <= 2
        ]
        return before[-1].entity.name if before else None

    # ---- period

    def period(self, index: int) -> tuple[date | None, date | None]:
        """The time for which a figure holds: its clause's date, else its event's period, else unknown."""
        scene = self.scene
        figure = scene.figures[index]
        if figure.role != "claim" or scene.is_named(index):
            return None, None
        for other in self._dates(index):
            if self._same_clause(index, other):
                return self._days(other)
        name, why = self._found[index]
        if why == COMPOSED:
            return self._date(index) or (None, None)
        event = self.events.get(name or "")
        return (event.period_start, event.period_end) if event is not None else (None, None)

    def _same_clause(self, index: int, other: int) -> bool:
        scene = self.scene
        low = min(scene.spans[index][1], scene.spans[other][1])
        high = max(scene.spans[index][0], scene.spans[other][0])
        between = range(low + 1, high)
        counted = any(scene.figure_at.get(t, index) not in (index, other) for t in between)
        if counted and any(scene.has(t, "against") for t in between):
            return False  # "310,000, against 120,000 on 10 April": the day is the other figure's
        if counted and self._is_of_the_last(index, other):
            return False  # "rose to 1.2 million, from 900,000 in January"
        ahead = scene.spans[index][1] < scene.spans[other][0]
        if ahead and self._opens_a_figure(other) and any(map(scene.is_soft, between)):
            return False  # "1,340 cases in a week, bringing the number since July to 99,810"
        if self._trails(other) and any(scene.is_soft(t) and scene.has(t + 1, "resets") for t in between):
            return False  # "1,284 cases since 11 May, while 400,000 doses are awaited"
        return not any(scene.is_hard(t) or self._is_of_another(t) for t in between)

    def _is_of_the_last(self, index: int, date_at: int) -> bool:
        """Whether a date stands right behind another figure, which a comma and no more than grammar words part from
        this one: the day of what it is held against."""
        scene = self.scene
        last = scene.figure_at.get(scene.before_hedges(date_at))
        if last is None and scene.has(scene.spans[date_at][0] - 1, "locatives"):
            last = scene.figure_at.get(scene.spans[date_at][0] - 2)
        if last is None or last == index or scene.is_named(last):
            return False
        told, mine = scene.figures[last], scene.figures[index]
        between = range(scene.spans[index][1] + 1, scene.spans[last][0])
        comma = next((t for t in between if scene.is_soft(t)), None)
        if comma is None or told.kind != mine.kind or len(between) > HEAD_REACH:
            return False
        led = range(comma + 1, scene.spans[last][0])
        return bool(led) and all(scene.is_function_word(t) for t in led) and not scene.has(comma + 1, "coordinators")

    def _opens_a_figure(self, date_at: int) -> bool:
        """Whether a date stands before a further figure of its own clause."""
        scene = self.scene
        last = scene.spans[date_at][1]
        after = scene.figures_in(last + 1, scene.of_figure(date_at).last)
        told = [i for i in after if not scene.is_named(i)]
        return bool(told) and not any(
            scene.is_soft(t) or scene.has(t, "resets", "coordinators") for t in range(last + 1, scene.spans[told[0]][0])
        )

    def _trails(self, date_at: int) -> bool:
        """Whether a figure stands before a date in its sentence, whose date it is."""
        scene = self.scene
        first = scene.spans[date_at][0]
        before = scene.figures_in(scene.of_figure(date_at).first, first - 1)
        return not all(map(scene.is_named, before))

    def _is_of_another(self, token: int) -> bool:
        """Whether a relative clause begins here that tells of something else than the event: the day of "the raid that
        took place on Monday" is the raid's, that of "men who had been arrested in 2019" is not the figure's."""
        scene = self.scene
        if not scene.has(token, "relatives") or not scene.is_word(token) or scene.has(token, "locatives"):
            return False
        before = range(max(0, token - HEAD_REACH), token)
        return not any(scene.has(t, "event_types", "measure.acts", "event_head") for t in before)


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-")
