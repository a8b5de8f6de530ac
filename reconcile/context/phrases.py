"""Phrases: the noun phrase of a figure, the content words beside it, and the signature that they make.

A signature `noun:verb@language` stands for the measure of a figure that no rule knows.
"""

from __future__ import annotations

from reconcile.context.lexicon import AROUND
from reconcile.context.scene import Scene

NO_NOUNS = ("say.according", "say.root", "against", "agents", "comparisons", "since")  # but lead to who, what or when


def noun_phrase(scene: Scene, index: int, reach: int) -> list[int]:
    """The tokens of the figure and of the noun phrase after it, up to a grammar word, a mark or another figure."""
    first, last = scene.spans[index]
    tokens = list(range(first, last + 1))
    skipped: set[int] = set()
    for token in range(last + 1, min(last + 1 + reach, scene.of_figure(index).last + 1)):
        if not scene.is_word(token) or scene.figure_at.get(token, index) != index:
            break
        if token in skipped:
            continue
        if any(m.cue.group == "parts.of" for m in scene.starting.get(token, ())):
            skipped |= {
                t
                for m in scene.starting[token]
                if m.cue.group == "parts.of"
                for t in range(m.first, m.last + 1)
            }
            continue
        if scene.is_function_word(token) and not scene.has(
            token, "measure.counted", "measure.persons", "measure.stocks"
        ):
            break
        if coordinated(scene, token):
            break
        tokens.append(token)
    return tokens


def coordinated(scene: Scene, token: int) -> bool:
    """Whether a word carries a written-on "and" of the language and is a cue without it."""
    key = scene.passage.keys[token]
    return (
        key.startswith(scene.lexicon.coordinating)
        and any(g.startswith("measure.") and g not in AROUND for g in scene.tags[token])
        if scene.lexicon.coordinating
        else False
    )


def signature(scene: Scene, index: int) -> str | None:
    """The readable stand-in for a measure: the head noun, and the verb or noun that governs it, if there is one."""
    figure = scene.figures[index]
    named = figure.kind if figure.kind in ("money", "percentage", "ratio") else figure.noun or figure.unit
    head = named or _tail_noun(scene, index)
    if head is None:
        return None
    verb = content_before(scene, index) or content_after(scene, index)
    parts = head.replace(" ", "_") if verb is None else f"{head.replace(' ', '_')}:{verb}"
    return f"{parts}@{scene.lexicon.language}"


def _tail_noun(scene: Scene, index: int) -> str | None:
    last = scene.spans[index][1]
    tail = [t for t in noun_phrase(scene, index, 1) if t > last and not scene.has(t, *NO_NOUNS)]
    return scene.lexicon.morphology.stem(scene.passage.keys[tail[0]]) if tail else None


def content_before(scene: Scene, index: int) -> str | None:
    """The stem of the nearest content word before a figure, with only grammar words between."""
    for at in range(scene.spans[index][0] - 1, scene.of_figure(index).first - 1, -1):
        if not scene.is_word(at) or at in scene.figure_at:
            return None
        if not scene.is_function_word(at):
            return scene.lexicon.morphology.stem(scene.passage.keys[at])
    return None


def content_after(scene: Scene, index: int) -> str | None:
    """The stem of the verb after a figure, where an auxiliary announces it."""
    auxiliary = False
    for at in range(scene.spans[index][1] + 1, scene.of_figure(index).last + 1):
        if not scene.is_word(at) or at in scene.figure_at:
            return None
        if scene.has(at, "passive_auxiliaries"):
            auxiliary = True
        elif auxiliary and not scene.is_function_word(at):
            return scene.lexicon.morphology.stem(scene.passage.keys[at])
    return None
