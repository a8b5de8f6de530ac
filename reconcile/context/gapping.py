"""Gapping: a bare number whose verb and noun the clause before has said ("Angola made 25 arrests, Kenya 12").

Two shapes, and no other: a place right before the number where a place recorded the figure before it, and a place after
the number where one stands after the figure before it. The number then counts what that figure counts. Figures that say
an earlier one anew are filled first (`echoing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reconcile.context.echoing import with_echoes
from reconcile.context.names import Mention, Mentions
from reconcile.context.reading import Reading, Relation
from reconcile.context.scene import Scene

GAP_REACH = 8
PLACE_BEFORE = 6


def with_gaps(
    scene: Scene, readings: Sequence[Reading], places: Mentions
) -> tuple[list[Reading], dict[int, Mention]]:
    """The readings with elided ones filled, and for each figure that was filled the place beside it."""
    filled = with_echoes(scene, readings)
    beside: dict[int, Mention] = {}
    order = scene.figures_in(0, len(scene.passage))
    for before, index in pairwise(order):
        figure, model = scene.figures[index], scene.figures[before]
        elided = figure.unit is None or ("unit.elided" in figure.rules and figure.unit == model.unit)
        if figure.kind != "count" or not elided or model.kind != "count":
            continue
        if filled[index].mark is not None or filled[before].mark is None:
            continue
        if scene.sentence_number(scene.spans[before][0]) != scene.sentence_number(scene.spans[index][0]):
            continue
        place = _place_before(scene, before, index, places, beside) or _place_after(
            scene, before, index, places
        )
        if place is not None:
            filled[index] = replace(filled[before], relation=Relation.INHERITED)
            beside[index] = place
    return filled, beside


def _place_before(
    scene: Scene, before: int, index: int, places: Mentions, beside: dict[int, Mention]
) -> Mention | None:
    """ "…, Kenya 12", "… followed by Kenya with 12"."""
    first = scene.spans[before][0]
    recorded = before in beside or bool(places.between(first - PLACE_BEFORE, first - 1))
    at = scene.before_hedges(index)
    at -= at >= 0 and scene.has(at, "gap_links")
    place = places.around(at)
    if not recorded or place is None or place.last != at:
        return None
    return place if _joins(scene, scene.spans[before][1], place.first) else None


def _place_after(scene: Scene, before: int, index: int, places: Mentions) -> Mention | None:
    """ "300 people in Morocco and 12 in Algeria"."""
    last = scene.spans[index][1]
    if last + 2 >= len(scene.passage):
        return None
    after = last + 1 + scene.has(last + 1, "locating", "locatives")
    place = places.around(after)
    if place is None or place.first != after or (after == last + 1 and not place.clitic):
        return None
    end = scene.spans[before][1]
    if not places.between(end + 1, scene.spans[index][0] - 1):
        return None
    first = scene.before_hedges(index) + 1
    return place if _joins(scene, end, min(first, scene.spans[index][0])) else None


def _joins(scene: Scene, end: int, start: int) -> bool:
    """Whether a comma or "and" leads into the token, with no clause ending or beginning in between."""
    gap = range(end + 1, start)
    if len(gap) > GAP_REACH or any(scene.is_hard(t) or scene.has(t, "passive_auxiliaries") for t in gap):
        return False
    prefixes = scene.lexicon.coordinating
    if prefixes and scene.passage.keys[start].startswith(prefixes):
        return True
    return bool(gap) and (scene.is_soft(start - 1) or scene.has(start - 1, "coordinators", "gap_links"))
