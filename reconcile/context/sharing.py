"""Several sources in one sentence: which of them a figure has for its own.

"40 000 selon les organisateurs, 12 000 selon la police", "the union said 80 percent, management 35": each speaks for
its own figure alone.
"""

from __future__ import annotations

from reconcile.context.bodies import with_country
from reconcile.context.lexicon import Mark
from reconcile.context.names import Mentions
from reconcile.context.scene import Scene, Sentence

OWN_GAP = 1  # tokens between a figure and its own source
GAPPED_LENGTH = 5  # tokens of a source that shares a verb, with what leads to its figure


def follows_at_once(scene: Scene, index: int, mark: Mark) -> bool:
    """Whether a source stands right behind a figure or its noun: its own, whoever spoke before (40 000 selon …)."""
    gap = mark.first - scene.spans[index][1] - 1
    return mark.cue.group == "say.according" and 0 <= gap <= OWN_GAP


def begins_after_another(scene: Scene, mark: Mark, sentence: Sentence) -> int:
    """From where a source after its figure speaks: after the one before it, known or not, that has a figure of its own
    ("40 000 selon les chasseurs, 12 000 selon la police")."""
    earlier = [m.last for m in scene.of("say.according", sentence.first, mark.first - 1)]
    own = [last for last in earlier if scene.figures_in(last + 1, mark.first - 1)]
    return max(own, default=sentence.first - 1) + 1


def gapped_source(scene: Scene, mentions: Mentions, index: int, over: Mark) -> str | None:
    """Another source before its figure that shares the verb of the first ("the union said 80 percent, management 35";
    "la direction de 35 %")."""
    at = scene.before_hedges(index)
    if over.cue.group != "say.verbs" or over.last >= at or scene.is_soft(at):
        return None
    first = next((t for t in range(at, over.last, -1) if _parts_sources(scene, t)), None)
    if first is None or not 0 < at - first <= GAPPED_LENGTH or not scene.figures_in(over.last + 1, first):
        return None
    marks = [m for m in scene.of("collective_speakers", first + 1, at) if m.last >= at - 1]
    if not marks:
        return None
    around = (*range(first + 1, marks[0].first), *range(marks[0].last + 1, at + 1))
    alone = all(scene.is_function_word(t) for t in around)
    return with_country(scene, mentions, marks[0].cue.name, marks[0].first, marks[0].last) if alone else None


def goes_on_with_parts(scene: Scene, mark: Mark, sentence: Sentence) -> bool:
    """Whether parts of what was said follow its source ("…, according to the agency, of whom …")."""
    comma = next((t for t in range(mark.last + 1, sentence.last) if scene.is_soft(t)), None)
    return comma is not None and scene.has(comma + 1, "parts.back")


def _parts_sources(scene: Scene, token: int) -> bool:
    return scene.is_soft(token) or scene.is_hard(token) or scene.has(token, "coordinators", "resets")
