"""Bodies and people that every country has ("the health ministry", "police") and whose they are; countries that speak
for themselves; agencies that a dateline credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reconcile.context.cities import CityReader
from reconcile.context.lexicon import Mark
from reconcile.context.names import LONGEST_NAME, Entity, Mention, Mentions, of_country
from reconcile.context.scene import Scene
from reconcile.rules.countries import country_names

FULLER_KINDS = frozenset({"ministry", "organisation"})
CREDIT_REACH = 12
# Told of one place as often as of a country: their country is given only where the text gives it.
COMMON_BODIES = frozenset(
    {"police", "army", "government", "authorities", "public-prosecution", "fire-service"}
)
APOSTROPHES = frozenset("'\u2019")


def resolve_bodies(scene: Scene, mentions: Mentions) -> list[Mention]:
    """Bodies that every country has take the country beside them, the fuller name given before, or the only country."""
    home = _home(scene, mentions)
    found: list[Mention] = []
    fuller: dict[tuple[str, ...], Entity] = {}
    for mention in mentions:
        if mention.entity.kind in FULLER_KINDS:
            words = _words(scene, mention.first, mention.last)
            fuller.update((words[:length], mention.entity) for length in range(2, len(words) + 1))
        if mention.entity.kind != "body":
            found.append(mention)
            continue
        country = beside(scene, mentions, mention.first, mention.last)
        if country is not None and mention.entity.country is None:
            entity = of_country(mention.entity, country)
            fuller[_words(scene, mention.first, mention.last)] = entity
            found.append(replace(mention, entity=entity, last=_with_owner(scene, mentions, mention)))
            continue
        known = fuller.get(_words(scene, mention.first, mention.last))
        if known is None and home is not None and mention.entity.id not in COMMON_BODIES:
            known = of_country(mention.entity, home)
        found.append(mention if known is None or mention.entity.country else replace(mention, entity=known))
    return found


def _home(scene: Scene, mentions: Mentions) -> str | None:
    """The country of the dateline, if the article names no other."""
    if not scene.dateline_end:
        return None
    city = next(CityReader(scene, mentions).mentions_of_cities(), None)
    inside = [city.entity.country] if city is not None and city.last < scene.dateline_end else []
    named = {m.entity.country for m in mentions if m.entity.kind in ("country", "people", "government")}
    inside += [
        m.entity.country for m in mentions.between(0, scene.dateline_end) if m.entity.kind == "country"
    ]
    codes = {code for code in (*inside, *named) if code is not None}
    return country_names().get(codes.pop()) if inside and len(codes) == 1 else None


def _with_owner(scene: Scene, mentions: Mentions, body: Mention) -> int:
    """The last token of a body and of the country that it is said to be of ("the central bank of Iraq")."""
    if body.last + 2 >= len(scene.passage) or not scene.has(body.last + 1, "belonging"):
        return body.last
    owners = mentions.between(body.last + 2, body.last + LONGEST_NAME)
    near = owners and owners[0].first <= body.last + 3 and owners[0].entity.kind == "country"
    return owners[0].last if near else body.last


def beside(scene: Scene, mentions: Mentions, first: int, last: int) -> str | None:
    """The country whose name or adjective stands right beside a span ("Lebanese police", "police in Lebanon")."""
    for mention in mentions.between(first - LONGEST_NAME, last + LONGEST_NAME):
        if mention.entity.kind in ("country", "people"):
            possessive = mention.last == first - 3 and scene.passage.keys[first - 2] in APOSTROPHES
            if mention.last == first - 1 or possessive:
                return mention.entity.name
            article = mention.first == last + 3 and scene.has(last + 2, "determiners")
            within = mention.first == last + 2 + article and scene.has(last + 1, "locating", "belonging")
            if mention.first == last + 1 or (within and mention.entity.kind == "country"):
                return mention.entity.name
    return None


def with_country(scene: Scene, mentions: Mentions, name: str, first: int, last: int) -> str:
    """The name of people who speak, with the country that stands beside them."""
    country = beside(scene, mentions, first, last)
    return name if country is None else f"{country} {name}"


def country_subject(scene: Scene, mentions: Mentions, mark: Mark, end: int) -> str | None:
    """A country that speaks for itself, right beside the verb ("Israel rejected", "رفضت إسرائيل")."""
    for mention in mentions.between(mark.first - LONGEST_NAME, mark.last + LONGEST_NAME):
        if mention.entity.kind not in ("country", "government"):
            continue
        before = mention.last == end and not scene.has(mention.first - 1, "locatives", "soft_links")
        after = mention.first == mark.last + 1 and scene.verb_first
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


def _words(scene: Scene, first: int, last: int) -> tuple[str, ...]:
    keys = scene.passage.keys[first : last + 1]
    articles = scene.lexicon.articles
    prefixes = (*articles, *scene.lexicon.proclitics)
    return tuple(_bare(k, prefixes) for k in keys)


def _bare(key: str, prefixes: Sequence[str]) -> str:
    for prefix in sorted(prefixes, key=len, reverse=True):
        if key.startswith(prefix) and len(key) - len(prefix) >= 4:
            return key[len(prefix) :]
    return key


def agency_credit(scene: Scene, mentions: Mentions) -> str | None:
    """The agency that a dateline credits: "LONDON (Reuters) -"."""
    if not len(scene.passage):
        return None
    for mention in mentions:
        if mention.entity.kind != "agency":
            continue
        first, last = mention.first - 1, mention.last + 1
        if first < 0 or last >= len(scene.passage):
            continue
        bracketed = scene.passage.keys[first] == "(" and scene.passage.keys[last] == ")"
        line_start = scene.sentence(mention.first).first
        dash = last + 1 < len(scene.passage) and scene.passage.keys[last + 1] in "-\u2013\u2014:"
        if bracketed and dash and mention.first - line_start <= CREDIT_REACH:
            return mention.entity.name
    return None
