"""Echoes: a figure that says an earlier one anew, and so has its measure.

The same sum in another currency ("4.7 billion riyals ($1.25 billion)"), what a thing counted before is worth ("11 coins
valued at $500,000"), the value of an earlier time ("5.1 % in May, against 9.6 % in October"), and a rate that is named
again by its kind alone ("among women the rate fell to 11.9 %").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reconcile.context.reading import Reading, Relation
from reconcile.context.scene import Scene

PASSED_KINDS = ("date", "time", "duration", "ordinal")
BRACKETS = frozenset("()")
OPENERS = frozenset("(\u2013\u2014")
FIGURES_BACK = 3
CONVERSION_REACH = 4
WORTH_REACH = 6
DATE_REACH = 6
AGAINST_REACH = 3
AGAINST_GAP = 18
RATE_REACH = 8


def with_echoes(scene: Scene, readings: Sequence[Reading]) -> list[Reading]:
    """The readings, those of echoes filled from the figure before."""
    filled = list(readings)
    order = scene.figures_in(0, len(scene.passage))
    measured = [i for i in order if scene.figures[i].kind not in PASSED_KINDS]
    for place, index in enumerate(measured):
        if filled[index].mark is None:
            before = measured[max(0, place - FIGURES_BACK) : place]
            found = next((r for told in reversed(before) if (r := _echo(scene, filled, told, index))), None)
            filled[index] = found or filled[index]
    return filled


def _echo(scene: Scene, filled: Sequence[Reading], told: int, index: int) -> Reading | None:
    model = filled[told]
    if model.mark is None or model.measure is None or ":" in model.measure:
        return None
    inherited = replace(model, relation=Relation.INHERITED)
    same = scene.sentence_number(scene.spans[told][0]) == scene.sentence_number(scene.spans[index][0])
    if same and scene.figures[index].kind == "money" and _is_worth(scene, told, index):
        measure = scene.lexicon.measures.get(model.measure)
        worth = model.measure if scene.figures[told].kind == "money" else measure.worth if measure else None
        return None if worth is None else replace(inherited, measure=worth)
    if same and (
        _is_conversion(scene, told, index)
        or _is_compared(scene, told, index)
        or _is_share(scene, told, index, model.measure)
    ):
        return inherited
    return inherited if _is_same_rate(scene, told, index) else None


def _is_conversion(scene: Scene, told: int, index: int) -> bool:
    """Another currency right after a sum, in brackets or after "or"."""
    one, other = scene.figures[told], scene.figures[index]
    money = one.kind == "money" and other.kind == "money" and one.unit != other.unit
    return money and _is_told_anew(scene, told, index, "conversions", "hedges")


def _is_share(scene: Scene, told: int, index: int, measure: str) -> bool:
    """A sum told anew as a share, where its measure has both: "a deficit of $3bn, equal to 3 % of GDP"."""
    one, other = scene.figures[told], scene.figures[index]
    known = scene.lexicon.measures.get(measure)
    if one.kind != "money" or other.kind != "percentage" or known is None or "percentage" not in known.kind:
        return False
    return _is_told_anew(scene, told, index, "conversions", "hedges", "soft_links")


def _is_told_anew(scene: Scene, told: int, index: int, *between: str) -> bool:
    """Whether a bracket or a word like "or" leads from one figure to the next, with little else between them."""
    gap = range(scene.spans[told][1] + 1, scene.spans[index][0])
    if len(gap) > CONVERSION_REACH:
        return False
    opened = [scene.passage.keys[t] in OPENERS for t in gap]
    says = any(opened) or any(scene.has(t, "conversions") for t in gap)
    return says and all(
        opens or scene.is_soft(t) or scene.has(t, *between) for opens, t in zip(opened, gap, strict=True)
    )


def _is_worth(scene: Scene, told: int, index: int) -> bool:
    """A value in apposition to what was counted right before."""
    gap = range(scene.spans[told][1] + 1, scene.spans[index][0])
    if not gap or len(gap) > WORTH_REACH or any(scene.is_hard(t) or t in scene.figure_at for t in gap):
        return False
    says = [t for t in gap if scene.has(t, "worths")]
    others = [t for t in gap if t not in says]
    return bool(says) and not any(
        scene.has(t, "coordinators", "measure.verbs", "clause_words") for t in others
    )


def _is_compared(scene: Scene, told: int, index: int) -> bool:
    """The value of another time, which a date right after it names."""
    one, other = scene.figures[told], scene.figures[index]
    first, last = scene.spans[index]
    if one.kind != other.kind or one.unit != other.unit:
        return False
    near = range(max(scene.spans[told][1] + 1, first - AGAINST_REACH), first)
    gap = range(scene.spans[told][1] + 1, first)
    if not any(scene.has(t, "comparisons") for t in near) or any(
        scene.is_hard(t) and scene.passage.keys[t] not in BRACKETS for t in gap
    ):
        return False
    after = range(last + 1, min(last + 1 + DATE_REACH, scene.of_figure(index).last + 1))
    dated = next((scene.figures[scene.figure_at[t]].kind for t in after if t in scene.figure_at), None)
    between = sum(t not in scene.figure_at for t in gap)
    dated_or_past = dated == "date" or any(scene.has(t, "formerly") for t in after)
    return dated_or_past and between <= AGAINST_GAP


def _is_same_rate(scene: Scene, told: int, index: int) -> bool:
    """ "The rate rose to 12 %": the rate of the sentence before."""
    one, other = scene.figures[told], scene.figures[index]
    number = scene.sentence_number(scene.spans[index][0])
    if one.kind != "percentage" or other.kind != "percentage":
        return False
    if number - scene.sentence_number(scene.spans[told][0]) > 1:
        return False
    first = scene.spans[index][0]
    near = range(max(scene.of_figure(index).first, first - RATE_REACH), first)
    if any(scene.is_hard(t) or scene.has(t, "change_links") for t in near[-RATE_REACH // 2 :]):
        return False
    return any(scene.has(t, "rate_nouns") for t in near) and any(scene.has(t, "value_links") for t in near)
