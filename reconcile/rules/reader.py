"""A reader: one passage beside what its language's rules say of each token. The grammars above only ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from reconcile.rules.lexicon import Lexicon
from reconcile.rules.senses import UNKNOWN, Entry, Sense
from reconcile.text import Passage
from reconcile.text.passage import NEWLINE, NUMBER, SYMBOL, WORD

# How far past either end of a passage a grammar may ask. What it finds there is a line break that means nothing;
# a negative index falls into the same margin, so that no question needs a check of bounds.
MARGIN = 128
SENTENCE_MARKS = ".!?\u061f"
_SENSES: Callable[[Entry], dict[str, Sense]] = attrgetter("senses")


class Reader:
    """Tokens of a passage with their senses; `n` tokens, indexes as in the passage.

    >>> from reconcile.rules.lexicon import lexicon
    >>> r = Reader(Passage("about 83 people"), lexicon("en"))
    >>> r.n, r.has(0, "hedge"), r.is_number(1), r.is_break(3)
    (3, True, True, True)
    """

    __slots__ = (
        "passage",
        "lexicon",
        "rules",
        "n",
        "kinds",
        "keys",
        "entries",
        "senses",
        "article",
        "beginnings",
        "quiet",
        "hedge_ends",
        "numbers",
        "small_letters",
    )

    def __init__(self, passage: Passage, lexicon: Lexicon) -> None:
        self.passage = passage
        self.lexicon = lexicon
        self.rules = lexicon.rules
        self.n = len(passage)
        self.kinds = passage.kinds + NEWLINE * MARGIN
        self.keys = passage.keys + [""] * MARGIN
        found, self.beginnings, self.quiet, self.hedge_ends = lexicon.annotate(passage)
        self.entries = found + [UNKNOWN] * MARGIN
        self.senses = list(map(_SENSES, self.entries))
        self.numbers: dict[int, Any] = {}  # what the number grammar read at a token
        self.small_letters: dict[int, bool] = {}  # whether a line is in small letters, by its first token
        self.article: str = lexicon.rules["clitics"]["article"]

    # --- what a token means ---------------------------------------------------------------------------------------

    def get(self, i: int, category: str) -> Sense | None:
        """The sense of token `i` in a category, or None."""
        return self.senses[i].get(category)

    def has(self, i: int, category: str) -> bool:
        """Whether token `i` has a sense in a category."""
        return category in self.senses[i]

    def first(self, i: int, *categories: str) -> Sense | None:
        """The sense of token `i` in the first of these categories that it has."""
        senses = self.senses[i]
        for category in categories:
            if category in senses:
                return senses[category]
        return None

    def has_any(self, i: int, *categories: str) -> bool:
        """Whether token `i` has a sense in one of these categories."""
        senses = self.senses[i]
        return bool(senses) and not senses.keys().isdisjoint(categories)

    # --- what a token is ------------------------------------------------------------------------------------------

    def is_word(self, i: int) -> bool:
        """Whether token `i` is a word."""
        return self.kinds[i] == WORD

    def is_number(self, i: int) -> bool:
        """Whether token `i` is digits."""
        return self.kinds[i] == NUMBER

    def is_symbol(self, i: int, marks: str) -> bool:
        """Whether token `i` is one of these marks."""
        return self.kinds[i] == SYMBOL and self.keys[i] in marks

    def is_break(self, i: int) -> bool:
        """Whether a line ends at token `i`, or the passage."""
        return self.kinds[i] == NEWLINE

    def is_conjunction(self, i: int) -> bool:
        """Whether token `i` is an "and" that stands alone."""
        return self.kinds[i] == WORD and self.keys[i] in self.lexicon.conjunctions

    def is_clitic(self, i: int) -> bool:
        """Whether token `i` is a particle that is written glued to what follows, as before digits (بـ300)."""
        return self.kinds[i] == WORD and self.keys[i] in self.lexicon.clitic_forms

    def is_article(self, i: int) -> bool:
        """Whether token `i` is the glued article by itself, as before digits (الـ300)."""
        return self.kinds[i] == WORD and self.keys[i] == self.article

    def is_quantity(self, i: int) -> bool:
        """Whether a number begins at `i` (digits or number words, no sign before them)."""
        return self.kinds[i] == NUMBER or self.has_any(i, "num", "mult", "dual")

    # --- what was taken off a token, and its spelling -------------------------------------------------------------

    def particle(self, i: int) -> str:
        """The conjunction that was glued to token `i`, or nothing."""
        return self.entries[i].particle

    def preposition(self, i: int) -> str:
        """The preposition that was glued to token `i`, or nothing."""
        return self.entries[i].preposition

    def took_article(self, i: int) -> bool:
        """Whether an article was taken off the known word at `i`."""
        return self.entries[i].article

    def definite_word(self, i: int) -> bool:
        """Whether token `i`, known or not, is a word with the glued article."""
        if not self.article or self.kinds[i] != WORD or not self.keys[i].startswith(self.article):
            return False
        return "range_to" not in self.senses[i] and "mult" not in self.senses[i]  # they only begin like it

    def possessed(self, i: int) -> bool:
        """Whether token `i` is a word that ends in a possessive of the language (مقاعده)."""
        endings = tuple(self.rules.get("possessives") or ())
        return (
            bool(endings) and self.is_word(i) and len(self.keys[i]) > 4 and self.written(i).endswith(endings)
        )

    def capitalised(self, i: int) -> bool:
        """Whether token `i` begins with a capital letter."""
        return self.passage.text[self.passage.starts[i]].isupper()

    def stem(self, i: int) -> str:
        """The word without glued particles, as the rules list it."""
        return self.lexicon.bare(self.keys[i])

    def written(self, first: int, last: int | None = None) -> str:
        """What the text has from token `first` to token `last`, both included."""
        return self.passage.written(first, first if last is None else last)

    def glued(self, i: int) -> bool:
        """Whether token `i` touches the token before it."""
        return i < self.n and self.passage.glued(i)

    # --- where to go from a token ---------------------------------------------------------------------------------

    def past(self, i: int, *categories: str, limit: int, until: Callable[[int], bool] | None = None) -> int:
        """The first token from `i` on that is none of these categories, `limit` tokens off, or what `until` seeks."""
        end = i + limit
        while i < end and self.has_any(i, *categories) and not (until is not None and until(i)):
            i += 1
        return i

    def earlier(self, i: int, reach: int) -> Iterator[int]:
        """The tokens before `i` in its sentence and line, the nearest first, `reach` of them at most."""
        for k in range(i - 1, max(-1, i - 1 - reach), -1):
            if self.kinds[k] == NEWLINE or self.is_symbol(k, SENTENCE_MARKS):
                return
            yield k

    def in_one_sentence(self, first: int, end: int, marks: str = SENTENCE_MARKS) -> bool:
        """Whether no line and no sentence ends among the tokens from `first` to before `end`."""
        return not any(self.is_break(k) or self.is_symbol(k, marks) for k in range(first, end))

    def follows(self, i: int, category: str, longest: int = 3) -> bool:
        """Whether words of a category, `longest` of them at most, end right before token `i`."""
        spots = ((k, self.get(k, category)) for k in range(max(0, i - longest), i))
        return any(sense is not None and k + sense.length == i for k, sense in spots)

    def past_conjunction(self, i: int) -> int:
        """The token after an "and" that stands alone at `i`, else `i` itself."""
        return i + 1 if self.is_conjunction(i) else i
