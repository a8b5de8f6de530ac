"""A scene: a passage with its figures and cues laid over the tokens, for the readers of what they say."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reconcile.context.lexicon import Lexicon, Mark
from reconcile.context.model import ArticleFacts, FigureLike
from reconcile.text import Passage
from reconcile.text.passage import DASHES, NEWLINE, SYMBOL, WORD

# Marks of punctuation at which a clause ends, and those that only weaken a link.
HARD_STOPS = frozenset(";:.!?()[]\u061b\u061f\u2013\u2014\u2026|")
SOFT_STOPS = frozenset(",\u060c")
# What parts a dateline from its report, and how many tokens a dateline has at most, with agency and date.
DATELINE_MARKS = frozenset(DASHES + ":")
DATELINE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as tokens, both ends included, and the number of its paragraph."""

    first: int
    last: int
    paragraph: int


class Scene:
    """Figures and cues by token. Readers ask it what stands where; it decides nothing."""

    def __init__(
        self, passage: Passage, figures: Sequence[FigureLike], article: ArticleFacts, lexicon: Lexicon
    ) -> None:
        self.passage = passage
        self.figures = figures
        self.article = article
        self.lexicon = lexicon
        self.spans = [self._tokens(f) for f in figures]
        self.marks = lexicon.marks(passage)
        self.figure_at: dict[int, int] = {}
        for index in sorted(range(len(figures)), key=lambda i: self.spans[i][0] - self.spans[i][1]):
            for token in range(self.spans[index][0], self.spans[index][1] + 1):
                self.figure_at[token] = index

    def _tokens(self, figure: FigureLike) -> tuple[int, int]:
        first = bisect_right(self.passage.ends, figure.start)
        last = bisect_left(self.passage.starts, figure.end) - 1
        return min(first, max(last, 0)), max(last, 0)

    @cached_property
    def tags(self) -> list[frozenset[str]]:
        """For every token, the groups of the one-word cues that it is, and of longer cues that it begins or ends."""
        found: list[set[str]] = [set() for _ in range(len(self.passage))]
        for mark in self.marks:
            found[mark.first].add(mark.cue.group)
            if mark.last != mark.first:
                found[mark.last].add(mark.cue.group)
        return [frozenset(tags) for tags in found]

    @cached_property
    def starting(self) -> dict[int, list[Mark]]:
        """The marks by their first token."""
        found: dict[int, list[Mark]] = {}
        for mark in self.marks:
            found.setdefault(mark.first, []).append(mark)
        return found

    @cached_property
    def ending(self) -> dict[int, list[Mark]]:
        """The marks by their last token."""
        found: dict[int, list[Mark]] = {}
        for mark in self.marks:
            found.setdefault(mark.last, []).append(mark)
        return found

    @cached_property
    def by_group(self) -> dict[str, list[Mark]]:
        """The marks of each group, in order."""
        found: dict[str, list[Mark]] = {}
        for mark in self.marks:
            found.setdefault(mark.cue.group, []).append(mark)
        return found

    def of(self, group: str, first: int = 0, last: int | None = None) -> Iterator[Mark]:
        """The marks of a group that lie between two tokens."""
        end = len(self.passage) if last is None else last
        marks = self.by_group.get(group)
        if marks is None:
            return
        firsts = self._firsts[group]
        for mark in marks[bisect_left(firsts, first) : bisect_right(firsts, end)]:
            if mark.last <= end:
                yield mark

    @cached_property
    def _firsts(self) -> dict[str, list[int]]:
        return {group: [m.first for m in marks] for group, marks in self.by_group.items()}

    def within(self, groups: tuple[str, ...], first: int, last: int) -> list[Mark]:
        """The marks of several groups between two tokens, in order."""
        return sorted((m for g in groups for m in self.of(g, first, last)), key=lambda m: (m.first, -m.last))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences as tokens; a line break begins a new paragraph."""
        found: list[Sentence] = []
        text, starts = self.passage.text, self.passage.starts
        paragraph, before = 0, 0
        for start, end in self.passage.sentences:
            paragraph += "\n" in text[before:start]
            before = end
            first = bisect_left(starts, start)
            last = bisect_left(starts, end) - 1
            if last >= first:
                found.append(Sentence(first, last, paragraph))
        return found

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.first for s in self.sentences]

    def sentence_number(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return max(0, bisect_right(self._sentence_starts, token) - 1)

    def paragraph_start(self, sentence: Sentence) -> int:
        """The first token of a sentence's paragraph."""
        number = self.sentence_number(sentence.first)
        while number > 0 and self.sentences[number - 1].paragraph == sentence.paragraph:
            number -= 1
        return self.sentences[number].first

    def sentence(self, token: int) -> Sentence:
        """The sentence that holds a token."""
        return self.sentences[self.sentence_number(token)]

    def of_figure(self, index: int) -> Sentence:
        """The sentence that holds a figure."""
        return self.sentence(self.spans[index][0])

    def figures_in(self, first: int, last: int) -> list[int]:
        """The figures that begin between two tokens, in order of the text."""
        begins, order = self._figure_order
        return order[bisect_left(begins, first) : bisect_right(begins, last)]

    @property
    def verb_first(self) -> bool:
        """Whether the verb stands before its subject, as it does in Arabic, whose participles have no endings."""
        return not self.lexicon.participle_endings

    def is_named(self, index: int) -> bool:
        """Whether a figure only names a day, an hour or a rank, and is no number of anything."""
        return self.figures[index].kind in ("date", "time", "ordinal")

    @cached_property
    def _figure_order(self) -> tuple[list[int], list[int]]:
        order = sorted(range(len(self.spans)), key=lambda i: self.spans[i])
        return [self.spans[i][0] for i in order], order

    @cached_property
    def dateline_end(self) -> int:
        """The first token after the dateline that a passage opens with ("CAIRO, 5 May (Reuters) - …"); 0 for none."""
        end = min(DATELINE_LENGTH, len(self.passage))
        dash = next((t for t in range(1, end) if self.passage.keys[t] in DATELINE_MARKS), None)
        opens = dash is not None and self.is_word(0) and self.passage.written(0, 0)[0].islower() is False
        return dash + 1 if dash is not None and opens else 0

    def is_word(self, token: int) -> bool:
        return self.passage.kinds[token] == WORD

    def is_hard(self, token: int) -> bool:
        """A mark at which a clause ends."""
        kind = self.passage.kinds[token]
        return kind == NEWLINE or (kind == SYMBOL and self.passage.keys[token] in HARD_STOPS)

    def is_soft(self, token: int) -> bool:
        """A comma."""
        return self.passage.kinds[token] == SYMBOL and self.passage.keys[token] in SOFT_STOPS

    def has(self, token: int, *groups: str) -> bool:
        """Whether a token is a cue of one of the groups."""
        return not self.tags[token].isdisjoint(groups)

    def is_function_word(self, token: int) -> bool:
        """A grammar word: never the head or the verb of anything."""
        return self.has(token, *FUNCTION_GROUPS)

    def before_hedges(self, index: int) -> int:
        """The last token before a figure that is no determiner or hedge of it."""
        at = self.spans[index][0] - 1
        while at >= 0 and self.has(at, "hedges") and not self.has(at, "measure.verbs", "measure.acts"):
            at -= 1
        return at

    def is_located(self, index: int) -> bool:
        """Whether a preposition of place, time or manner stands right before a figure ("in six countries")."""
        at = self.before_hedges(index)
        return at >= 0 and self.has(at, "locatives") and not self.has(at, "measure.verbs", "measure.acts")


FUNCTION_GROUPS = (
    "locatives",
    "soft_links",
    "clause_words",
    "coordinators",
    "hedges",
    "relatives",
    "complementizers",
    "determiners",
    "demonstratives",
    "negations",
    "passive_auxiliaries",
    "pronouns",
    "change_links",
    "parts.back",
    "parts.of",
)
