"""Bodies that every country has ("the health ministry") and whose they are; agencies that a dateline credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reconcile.context.cities import CityReader
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
