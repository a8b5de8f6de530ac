"""Several sources in one sentence: which of them a figure has for its own.

"40 000 selon les organisateurs, 12 000 selon la police", "the union said 80 percent, management 35": each speaks for
its own figure alone.
"""

from __future__ import annotations

from reconcile.context.bodies import beside
from reconcile.context.lexicon import Mark
from reconcile.context.names import LONGEST_NAME, Mentions
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


def with_country(scene: Scene, mentions: Mentions, name: str, first: int, last: int) -> str:
    """The name of people who speak, with the country that stands beside them."""
    country = beside(scene, mentions, first, last)
    return name if country is None else f"{country} {name}"


def goes_on_with_parts(scene: Scene, mark: Mark, sentence: Sentence) -> bool:
    """Whether parts of what was said follow its source ("…, according to the agency, of whom …")."""
    comma = next((t for t in range(mark.last + 1, sentence.last) if scene.is_soft(t)), None)
    return comma is not None and scene.has(comma + 1, "parts.back")


def country_subject(scene: Scene, mentions: Mentions, mark: Mark, end: int) -> str | None:
    """A country that speaks for itself, right beside the verb ("Israel rejected", "رفضت إسرائيل")."""
    verb_first = not scene.lexicon.participle_endings
    for mention in mentions.between(mark.first - LONGEST_NAME, mark.last + LONGEST_NAME):
        if mention.entity.kind not in ("country", "government"):
            continue
        before = mention.last == end and not scene.has(mention.first - 1, "locatives", "soft_links")
        after = mention.first == mark.last + 1 and verb_first
        if (before and mention.first > 0 or mention.first == 0 and mention.last == end) or after:
            return mention.entity.name
    return None


def ends_a_name(scene: Scene, mark: Mark) -> bool:
    """Whether a word for people is the last of a name in capitals ("Institute for Disaster Management")."""
    written = scene.passage.written
    return mark.first > 0 and all(written(t, t)[:1].isupper() for t in (mark.first - 1, mark.first))


def are_many(scene: Scene, speaker: str | None) -> bool:
    """Whether a speaker is people without a name, for whom "he" never stands."""
    return speaker in scene.lexicon.rules.get("collective_speakers", {})


def _parts_sources(scene: Scene, token: int) -> bool:
    return scene.is_soft(token) or scene.is_hard(token) or scene.has(token, "coordinators", "resets")
