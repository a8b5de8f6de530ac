"""A reader: one passage beside what its language's rules say of each token. The grammars above only ask it."""

from __future__ import annotations

from typing import Any

from reconcile.rules.lexicon import Lexicon
from reconcile.text import Passage, fold
from reconcile.text.passage import NEWLINE, NUMBER, SYMBOL, WORD


class Reader:
    """Tokens of a passage with their entries; `n` tokens, indexes as in the passage."""

    __slots__ = (
        "passage",
        "lexicon",
        "rules",
        "n",
        "kinds",
        "keys",
        "entries",
        "fraction_added",
        "article",
        "quiet",
        "hedge_ends",
        "numbers",
    )

    def __init__(self, passage: Passage, lexicon: Lexicon) -> None:
        self.passage = passage
        self.lexicon = lexicon
        self.rules = lexicon.rules
        self.n = len(passage)
        self.kinds = passage.kinds
        self.keys = passage.keys
        self.entries, self.quiet, self.hedge_ends = lexicon.annotate(passage)
        self.numbers: dict[int, Any] = {}  # what the number grammar read at a token
        self.fraction_added = lexicon.fraction_added
        self.article: str = lexicon.rules["clitics"]["article"]

    def glued(self, i: int) -> bool:
        return i < self.n and self.passage.glued(i)

    def written(self, first: int, last: int | None = None) -> str:
        return self.passage.written(first, first if last is None else last)

    def get(self, i: int, category: str):  # type: ignore[no-untyped-def]
        """The sense of token `i` in a category, or None (also outside the passage)."""
        if 0 <= i < self.n:
            entry = self.entries[i]
            if entry is not None:
                return entry.senses.get(category)
        return None

    def has(self, i: int, category: str) -> bool:
        return self.get(i, category) is not None

    def particle(self, i: int) -> str:
        entry = self.entries[i] if 0 <= i < self.n else None
        return entry.particle if entry is not None else ""

    def preposition(self, i: int) -> str:
        entry = self.entries[i] if 0 <= i < self.n else None
        return entry.preposition if entry is not None else ""

    def is_word(self, i: int) -> bool:
        return 0 <= i < self.n and self.kinds[i] == WORD

    def is_number(self, i: int) -> bool:
        return 0 <= i < self.n and self.kinds[i] == NUMBER

    def is_symbol(self, i: int, marks: str) -> bool:
        return 0 <= i < self.n and self.kinds[i] == SYMBOL and self.keys[i] in marks

    def is_break(self, i: int) -> bool:
        return not 0 <= i < self.n or self.kinds[i] == NEWLINE

    def is_point(self, i: int) -> bool:
        """A point before digits (".77"): the number begins with its decimals."""
        return False

    def stem(self, i: int) -> str:
        """The word without glued particles, as the rules list it."""
        return self.lexicon.bare(self.keys[i])

    def definite_follows(self, i: int) -> bool:
        """Whether the word after `i` carries the glued article."""
        return self.is_word(i + 1) and bool(self.article) and self.keys[i + 1].startswith(self.article)

    def unit_follows_fraction(self, k: int) -> bool:
        """Whether an added fraction at `k` has a time unit of its own after it ("3 hours and half a minute")."""
        return False

    def money_before(self, i: int) -> bool:
        return self.has(i - 1, "money") or self.has(i - 1, "money_before")

    def is_short_money(self, i: int) -> bool:
        """Whether the money word at `i` is a sign or a code, which may stand before its number."""
        sense = self.get(i, "money") or self.get(i, "money_before")
        return sense is not None and sense.value.number in ("sign", "code")

    def definite_word(self, i: int) -> bool:
        """Whether token `i` is a word with the glued article."""
        return self.is_word(i) and bool(self.article) and self.keys[i].startswith(self.article)

    def possessed(self, i: int) -> bool:
        """Whether token `i` is a word that ends in a possessive of the language (مقاعده)."""
        endings = tuple(self.rules.get("possessives") or ())
        return (
            bool(endings) and self.is_word(i) and len(self.keys[i]) > 4 and self.written(i).endswith(endings)
        )

    def plain_number(self, i: int) -> bool:
        """Whether a number begins at `i` (digits or number words, no sign before them)."""
        return self.is_number(i) or any(self.has(i, c) for c in ("num", "mult", "dual"))

    def is_construct_one(self, i: int) -> bool:
        """Whether the "one" at `i` only picks one of many ("one of the", أحد الخبراء) and counts nothing."""
        return (
            self.has(i + 1, "partitive")
            or self.definite_word(i + 1)
            or (self.rules["noun_phrase"] == "head_first" and self.has(i + 1, "noun"))
        )

    def capitalised(self, i: int) -> bool:
        return self.passage.text[self.passage.starts[i]].isupper()


__all__ = ["Reader", "fold"]
