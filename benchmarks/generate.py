"""News-like Arabic and English text of any size that never says a sentence twice, with the place of every figure.

Speed on repeated text says little: caches answer. So sentences are drawn from a grammar (`words/{language}.yml`) whose
rare words and names follow Zipf's law as those of news do, and a sentence that was drawn before is drawn again. The
same seed gives the same text on every machine. About one paragraph in three holds figures, one in some 130 characters;
with the plain paragraphs between, an article has one in 300 to 400 characters, as published news has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import yaml

LANGUAGES = ("ar", "en")
ARTICLE_CHARACTERS = 3_000
SENTENCES_A_PARAGRAPH = (2, 4)
FIGURED_PARAGRAPHS = {"ar": 0.30, "en": 0.45}  # of all; Arabic says the same in fewer characters
FIGURED_SENTENCES = 0.6  # of those in such a paragraph
# Distinct rare words and names, drawn by Zipf's law, so that a long text keeps meeting new ones; an exponent below one
# lets the rarer come more often than that, as inflection makes them do.
RARE_WORDS, NAMES = 300_000, 100_000
TAIL_EXPONENT = 0.7
ROUND_NUMBERS = 0.6  # of the large ones
INDIC_ARTICLES = 0.2  # of the Arabic ones
INDIC_DIGITS = str.maketrans("0123456789", "".join(chr(0x660 + digit) for digit in range(10)))

_SLOT = re.compile(r"\{([^{}]+)\}|([\[\]])")
_RANGE = re.compile(r"(\d[\d,.]*)-(\d[\d,.]*)")

Writer = Callable[["_Draft"], None]


@dataclass(frozen=True)
class Article:
    """One article: its text and, in order, the code points from and to which its figures were written."""

    article_id: str
    language: str
    text: str
    figures: tuple[tuple[int, int], ...]


class _Draft(NamedTuple):
    """A sentence as it is written: what draws, the pieces so far, and where figures begin and end in them."""

    draw: Random
    pieces: list[str]
    marks: list[int]

    def below(self, n: int) -> int:
        return int(self.draw.random() * n)


def articles(language: str, characters: int, seed: int = 1) -> Iterator[Article]:
    """Articles of about 3,000 characters each until `characters` are reached; the last may run a little over.

    >>> first, second = articles("en", 5_000), articles("en", 5_000)
    >>> list(first) == list(second)
    True
    """
    grammar = _grammar(language)
    draw = Random(f"{language}:{seed}")
    said: set[str] = set()
    number = done = 0
    while done < characters:
        text, figures = _article(grammar, draw, said, FIGURED_PARAGRAPHS[language])
        if language == "ar" and draw.random() < INDIC_ARTICLES:
            text = text.translate(INDIC_DIGITS)
        yield Article(f"{language}-{seed}-{number:06}", language, text, figures)
        number += 1
        done += len(text)


def _article(
    grammar: dict[str, list[Writer]], draw: Random, said: set[str], figured_paragraphs: float
) -> tuple[str, tuple[tuple[int, int], ...]]:
    parts: list[str] = []
    figures: list[tuple[int, int]] = []
    length = 0
    while length < ARTICLE_CHARACTERS:
        figured = FIGURED_SENTENCES if parts and draw.random() < figured_paragraphs else 0.0
        low, high = SENTENCES_A_PARAGRAPH
        sentences = low + int(draw.random() * (high - low + 1)) if parts else 1
        for at in range(sentences):
            kind = "figured" if draw.random() < figured else "plain"
            sentence, marks = _new_sentence(grammar, kind, draw, said)
            figures += [(length + a, length + b) for a, b in zip(marks[::2], marks[1::2], strict=True)]
            parts += [sentence, "\n\n" if at == sentences - 1 else " "]
            length += len(sentence) + len(parts[-1])
    return "".join(parts[:-1]), tuple(figures)


def _new_sentence(
    grammar: dict[str, list[Writer]], kind: str, draw: Random, said: set[str]
) -> tuple[str, list[int]]:
    while True:
        draft = _Draft(draw, [], [])
        _choose(grammar[kind], draft)
        sentence = "".join(draft.pieces)
        if sentence not in said:
            said.add(sentence)
            offsets = [0]
            for piece in draft.pieces:
                offsets.append(offsets[-1] + len(piece))
            return sentence, [offsets[mark] for mark in draft.marks]


@cache
def _grammar(language: str) -> dict[str, list[Writer]]:
    """Every list of the language's words as functions that write one of its lines into a draft."""
    path = Path(__file__).with_name("words") / f"{language}.yml"
    rules: dict[str, list[Any]] = yaml.safe_load(path.read_text(encoding="utf8"))
    grammar: dict[str, list[Writer]] = {
        "tail": [partial(_write_rare, _rare_words(rules), RARE_WORDS)],
        "Name": [partial(_write_rare, partial(_joined, rules["Name_parts"]), NAMES)],
    }
    for name, lines in rules.items():
        if not name.startswith(("tail_", "Name_")):
            grammar[name] = [_line(line, grammar) for line in lines]
    missing = {slot for lines in rules.values() for slot in _slots(lines)} - grammar.keys()
    if missing:
        raise ValueError(
            f"{path.name}: no list is called {', '.join(sorted(missing))}; add it or mend the slot"
        )
    return grammar


def _slots(lines: list[Any]) -> Iterator[str]:
    for line in lines:
        for match in _SLOT.finditer(line) if isinstance(line, str) else ():
            if match[1] is not None and not _RANGE.fullmatch(match[1]):
                yield match[1]


def _line(line: str, grammar: dict[str, list[Writer]]) -> Writer:
    """A line of the grammar as one function: its literal pieces, numbers, marks, and lists by name."""
    steps: list[Writer] = []
    done = 0
    for match in _SLOT.finditer(line):
        if match.start() > done:
            steps.append(partial(_write, line[done : match.start()]))
        between = _RANGE.fullmatch(match[1]) if match[1] is not None else None
        if match[1] is None:
            steps.append(_mark)
        elif between is not None:
            steps.append(partial(_write_number, between[1], between[2]))
        else:
            steps.append(partial(_write_from, grammar, match[1]))
        done = match.end()
    if done < len(line):
        steps.append(partial(_write, line[done:]))
    return partial(_run, steps)


def _run(steps: list[Writer], draft: _Draft) -> None:
    for step in steps:
        step(draft)


def _choose(writers: list[Writer], draft: _Draft) -> None:
    writers[draft.below(len(writers))](draft)


def _write_from(grammar: dict[str, list[Writer]], name: str, draft: _Draft) -> None:
    _choose(grammar[name], draft)


def _write(piece: str, draft: _Draft) -> None:
    draft.pieces.append(piece)


def _mark(draft: _Draft) -> None:
    draft.marks.append(len(draft.pieces))


def _write_number(low: str, high: str, draft: _Draft) -> None:
    """A number between the two, written as they are: with decimals, with thousands marks, or plain."""
    if "." in low:
        value = float(low) + draft.draw.random() * (float(high) - float(low))
        draft.pieces.append(f"{value:.1f}")
        return
    first, last = int(low.replace(",", "")), int(high.replace(",", ""))
    number = first + draft.below(last - first + 1)
    if "," not in low:
        draft.pieces.append(str(number))
        return
    unit = 10 ** (len(str(number)) - 2)
    draft.pieces.append(f"{number - number % unit if draft.draw.random() < ROUND_NUMBERS else number:,}")


def _write_rare(word: Callable[[int], str], words: int, draft: _Draft) -> None:
    draft.pieces.append(word(int(words ** (draft.draw.random() ** TAIL_EXPONENT))))


def _rare_words(rules: dict[str, list[Any]]) -> Callable[[int], str]:
    """The n-th rare word: from the letters of a root in a pattern where the language has them, else from syllables."""
    if "tail_parts" in rules:
        return cache(partial(_joined, rules["tail_parts"]))

    @cache
    def word(rank: int) -> str:
        draw = Random(rank)
        root, pattern, ending = (
            rules[f"tail_{part}"][int(draw.random() * len(rules[f"tail_{part}"]))]
            for part in ("roots", "patterns", "endings")
        )
        return f"{pattern.translate(str.maketrans('123', root))}{ending}"

    return word


@cache
def _drawn(sizes: tuple[int, ...], rank: int) -> tuple[int, ...]:
    draw = Random(rank)
    return tuple(int(draw.random() * size) for size in sizes)


def _joined(parts: list[list[str]], rank: int) -> str:
    chosen = _drawn(tuple(len(part) for part in parts), rank)
    return "".join(part[at] for part, at in zip(parts, chosen, strict=True))
