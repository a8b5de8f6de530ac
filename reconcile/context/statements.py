"""Statements and reports: whose they are, and how far a quotation from one goes.

"The statement said" speaks for who issued it, "according to a toll drawn up by the ministry" for who drew it up, and a
paragraph that opens with a quotation mark goes on with the quotation that the one before left open.
"""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.context.lexicon import Mark
from reconcile.context.names import Mention, Mentions
from reconcile.context.scene import Scene, Sentence
from reconcile.text.passage import CLOSING_QUOTES, EITHER_QUOTES, OPENING_QUOTES

REPORT_REACH = 3  # tokens from an "according to" to the report that it names
AGENT_REACH = 22  # tokens from there to who drew the report up
SENTENCES_BACK = 8  # to the one that says whose a statement is


def agent_token(scene: Scene, mark: Mark, sentence: Sentence) -> int | None:
    """The "by" after which a report's author stands ("selon un bilan établi samedi par le ministère")."""
    near = range(mark.first, min(sentence.last, mark.last + REPORT_REACH) + 1)
    if mark.cue.group == "say.root" or not any(scene.has(t, "figure_words", "say.documents") for t in near):
        return None
    for token in range(mark.last + 1, min(sentence.last, mark.last + AGENT_REACH)):
        if scene.is_hard(token) or scene.is_soft(token):
            return None
        if scene.has(token, "agents"):
            return token
    return None


def outside_quotes(scene: Scene, found: Sequence[Mention], title: Mark, sentence: Sentence) -> list[Mention]:
    """Those that are not named inside the quotation that a title closes (“… police held …,” the statement said)."""
    keys = scene.passage.keys
    opening = [t for t in range(sentence.first, title.first) if keys[t] in OPENING_QUOTES | EITHER_QUOTES]
    return [m for m in found if not opening or m.last < opening[0]]


def issuer(scene: Scene, speakers: Mentions, sentence: Sentence) -> str | None:
    """Whose statement it is: who is named first in the nearest sentence before that speaks of one."""
    number = scene.sentence_number(sentence.first)
    for before in reversed(scene.sentences[max(0, number - SENTENCES_BACK) : number]):
        if any(True for _ in scene.of("say.documents", before.first, before.last)):
            named = speakers.between(before.first, before.last)
            if named:
                return named[0].entity.name
    return None


def quotes_on(scene: Scene, sentence: Sentence) -> bool:
    """Whether a paragraph goes on with a quotation that the sentence before it did not close."""
    number = scene.sentence_number(sentence.first)
    keys = scene.passage.keys
    if number == 0 or keys[sentence.first] not in OPENING_QUOTES:
        return False
    last = scene.sentences[number - 1].last
    return not any(keys[t] in CLOSING_QUOTES for t in (last, last - 1))
