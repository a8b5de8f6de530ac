"""Voice: what the words around a verb say of its subject, beyond its own form.

A passive verb has its object before it, a reflexive one is active whatever its auxiliary, and what stands between
commas after a figure has nothing to do with that figure's verb.
"""

from __future__ import annotations

from reconcile.context.lexicon import Mark
from reconcile.context.scene import Scene

AUXILIARY_REACH = 3
GOVERNING = ("measure.verbs", "measure.acts", "measure.does")


def is_passive(scene: Scene, mark: Mark) -> bool:
    """Whether a passive auxiliary stands shortly before a verb that is no active form."""
    if scene.passage.keys[mark.first].endswith(scene.lexicon.active_endings):
        return False
    return _has_before(scene, mark, "passive_auxiliaries")


def is_reflexive(scene: Scene, mark: Mark) -> bool:
    """Whether a verb is its own object's (se sont engagés): its auxiliary then makes no passive."""
    return _has_before(scene, mark, "reflexives")


def has_verb_to_have(scene: Scene, token: int) -> bool:
    """Whether the auxiliary right before a figure is its verb: what the convicts have is no sentence."""
    return scene.has(token, "perfect_auxiliaries") and not scene.has(token, "soft_links", *GOVERNING)


def is_aside(scene: Scene, other: int, last: int) -> bool:
    """Whether a figure stands between commas after token `last`, as a part of the figure there or as its age."""
    between = range(last + 1, scene.spans[other][0])
    if not any(scene.is_soft(t) for t in between):
        return False
    return scene.figures[other].kind == "duration" or any(scene.has(t, "parts.back") for t in between)


def _has_before(scene: Scene, mark: Mark, group: str) -> bool:
    return any(scene.has(t, group) for t in range(max(0, mark.first - AUXILIARY_REACH), mark.first))
