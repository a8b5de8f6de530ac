"""Voice: what the words around a verb say of its subject, beyond its own form.

A passive verb has its object before it, a reflexive one is active whatever its auxiliary, and what stands between
commas after a figure has nothing to do with that figure's verb.
"""

from __future__ import annotations

from reconcile.context.lexicon import Mark
from reconcile.context.scene import Scene

AUXILIARY_REACH = 3
AGE_REACH = 4
PART_REACH = 3
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
    inside = range(between.stop, min(scene.spans[other][1] + PART_REACH, len(scene.passage) - 1) + 1)
    return scene.figures[other].kind == "duration" or any(
        scene.has(t, "parts.back") for t in (*between, *inside)
    )


def is_age(scene: Scene, index: int) -> bool:
    """Whether a duration is somebody's age: "aged 22 to 51", "a 43-year-old", "X, 31 ans, …", "un homme de 44 ans"."""
    first, last = scene.spans[index]
    sentence = scene.of_figure(index)
    if scene.figures[index].kind != "duration":
        return False
    near = range(max(sentence.first, first - AGE_REACH), min(sentence.last, last + AGE_REACH // 2) + 1)
    if any(
        scene.has(t, "ages")
        and all(scene.figure_at.get(b, index) == index for b in (*range(t, first), *range(last, t)))
        for t in near
    ):
        return True
    before, after = first - 1, last + 1
    if before <= sentence.first or after > sentence.last:
        return False
    if all(scene.is_soft(t) or scene.is_hard(t) for t in (before, after)):
        return scene.is_word(before - 1)
    linked = scene.has(before, "age_links") and scene.has(before - 2, "indefinite")
    return linked and not any(group.startswith("measure.") for group in scene.tags[before - 1])


def _has_before(scene: Scene, mark: Mark, group: str) -> bool:
    return any(scene.has(t, group) for t in range(max(0, mark.first - AUXILIARY_REACH), mark.first))
