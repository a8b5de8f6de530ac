"""Which money a bare name means, by the countries that the article names."""

from __future__ import annotations

from collections.abc import Sequence

from reconcile.figures.units import countries_of
from reconcile.rules.files import load_rules
from reconcile.rules.reader import Reader


def countries_named(r: Reader) -> tuple[str, ...]:
    """ISO codes of the countries and nationalities that the passage names, each once, in order."""
    seen: dict[str, None] = {}
    for entry in r.entries:
        if entry is not None:
            sense = entry.get("country") or entry.get("nationality")
            if sense is not None:
                seen.setdefault(sense.value, None)
    return tuple(seen)


def settle_money(
    candidates: Sequence[str], countries: Sequence[str], named: frozenset[str], tokens: int
) -> tuple[str | None, tuple[str, ...]]:
    """The code that the article decides on, and the candidates that it leaves.

    A candidate that the article spells out elsewhere wins; else the only candidate whose country is named. The dollar
    sign is the American one in an article that names no country of another main dollar; a snippet of a few words that
    names no country at all decides nothing (policy in currencies.yml).
    """
    spelled = [c for c in candidates if c in named]
    if len(spelled) == 1:
        return spelled[0], ()
    main = tuple(load_rules("currencies.yml").get("main_dollars") or ())
    dollars = candidates[:1] == ("USD",) and len(candidates) > 2
    usual = [c for c in candidates if not dollars or c in main]
    fitting = [c for c in usual if any(country in countries for country in countries_of(c))]
    if len(fitting) == 1:
        return fitting[0], ()
    long_enough = tokens >= int(load_rules("currencies.yml").get("dollar_settled_from_tokens", 0))
    if dollars and not fitting and (countries or long_enough):
        return "USD", ()
    return None, tuple(fitting) + tuple(c for c in candidates if c not in fitting)
