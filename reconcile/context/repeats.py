"""Repeats: the earlier statement of the same article that a figure only says again, as a caption printed twice does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reconcile.context.model import Context, FigureLike
from reconcile.context.scene import Scene
from reconcile.text.passage import NUMBER, WORD

SAME_WORDS = 0.5
LEAST_WORDS = 2  # of a clause, or its likeness says nothing
WORDS_BEFORE = 10
WORDS_AFTER = 6
MOST_COMPARED = 24  # statements of one number, the first ones, that a later one of it is held against


def with_duplicates(scene: Scene, contexts: Sequence[Context]) -> list[Context]:
    """The contexts of the scene's figures, in order, with `duplicate_of` set where one repeats an earlier statement."""
    done: list[Context] = []
    clauses = [_clause_words(scene, index) for index in range(len(contexts))]
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, context in enumerate(contexts):
        figure = scene.figures[index]
        if figure.role == "boilerplate" or figure.kind == "time":
            done.append(context)
            continue
        group = groups.setdefault(_statement(figure), [])
        earlier = next((o for o in group if _repeats(scene, clauses, contexts, index, o)), None)
        if len(group) < MOST_COMPARED:
            group.append(index)
        if earlier is None:
            done.append(context)
        else:
            done.append(replace(context, duplicate_of=earlier, rules=(*context.rules, "duplicate_of")))
    return done


def _repeats(
    scene: Scene, clauses: Sequence[frozenset[str]], contexts: Sequence[Context], index: int, other: int
) -> bool:
    figure, mine, theirs = scene.figures[index], contexts[index], contexts[other]
    if mine.measure != theirs.measure and figure.kind != "ordinal":
        return False
    if (
        mine.stance != theirs.stance
        or _differs(mine.event, theirs.event)
        or _differs(mine.place, theirs.place)
    ):
        return False
    if figure.kind == "ordinal":
        earlier = scene.figures[other]
        return (figure.noun or figure.unit) == (earlier.noun or earlier.unit)
    if mine.speaker != theirs.speaker:
        return False
    return _shared_words(clauses[index], clauses[other]) >= SAME_WORDS


def _shared_words(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """How much of the shorter clause's content words the longer has too."""
    smaller = min(len(mine), len(theirs))
    return len(mine & theirs) / smaller if smaller >= LEAST_WORDS else 0.0


def _clause_words(scene: Scene, index: int) -> frozenset[str]:
    first, last = scene.spans[index]
    sentence = scene.of_figure(index)
    window = range(max(sentence.first, first - WORDS_BEFORE), min(sentence.last, last + WORDS_AFTER) + 1)
    return frozenset(
        scene.lexicon.morphology.stem(scene.passage.keys[t])
        for t in window
        if scene.passage.kinds[t] in (WORD, NUMBER)
        and not first <= t <= last
        and not scene.is_function_word(t)
    )


def _differs(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b


def _statement(figure: FigureLike) -> tuple[object, ...]:
    return (
        figure.kind,
        figure.qualifier,
        figure.value,
        figure.low,
        figure.high,
        figure.unit,
        figure.date_start,
        figure.date_end,
    )
