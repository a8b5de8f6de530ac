"""What the ledger says to each figure of a draft: supported, contradicted, unsupported or ambiguous.

The draft is compared like one more article, by the same rules, and only the pairs that it forms with the ledger
count. Silence is not support: a figure that meets nothing is unsupported, one that meets only what may not be
compared for lack of a field is ambiguous.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from reconcile.cli.drafts.reading import Draft, Place

STATUSES = ("supported", "contradicted", "unsupported", "ambiguous")
AGREEING = ("duplicate", "agree")
COMPATIBLE = "compatible"
CONTRADICTING = ("diverge", "refuted")
FIGURE_KINDS = ("money", "count", "percentage", "ratio", "quantity", "duration")
# What an alarm that names a figure of the draft says about its wording.
PROBLEMS = {
    "measure_conflation": "the measure is changed",
    "hedge_drift": "the hedge is changed",
    "part_exceeds_whole": "a part is given as the whole",
    "breakdown_mismatch": "the parts do not add up",
    "downward_revision": "a running total falls",
}
SUPERSEDED, UNDETERMINED = "superseded", "undetermined"
TELLING = (*AGREEING, COMPATIBLE, *CONTRADICTING, SUPERSEDED)
OTHER_MEASURE = ("measure", "stage")
"""Why a look-alike may not be compared, where the draft may have put another measure on a known number."""
FALSE_ALARMS = ("measure_conflation",)
"""Alarms that make a figure contradicted where nothing supports it: the number is right, of something else."""


@dataclass(frozen=True)
class Evidence:
    """A claim of the ledger that a figure meets: the verdict between them, and the sentence to compare."""

    claim_id: str
    verdict: str
    reason: str | None
    look_alike: bool
    detail: str
    quote: str
    sentence: str
    article_id: str


@dataclass(frozen=True)
class Finding:
    """One figure of the draft, its status (one of STATUSES), the problems of its wording, and the evidence."""

    claim_id: str
    quote: str
    sentence: str
    place: Place | None
    status: str
    problems: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def check(draft: Draft, ledger: pl.DataFrame, policy: str = "news") -> tuple[Finding, ...]:
    """Every figure of the draft, in its order, with what the claims of `ledger` (schema.CLAIMS) say to it.

    Dates, times and ordinals are not figures here: they say when and which, and the ledger holds them for that.

    Raises:
        InputError: there is no such policy.
    """
    from reconcile.claims import extract
    from reconcile.comparison import compare

    drafted = extract(draft.articles)
    compared = compare(pl.concat([ledger, drafted]), policy=policy)
    own, known = set(drafted["claim_id"]), _by_id(ledger)
    met = _met(compared.pairs, own, known)
    alarms = _alarms(compared.alarms, own)
    figures = drafted.filter(pl.col("kind").is_in(FIGURE_KINDS), pl.col("role") == "claim").sort(
        "start", "end"
    )
    return tuple(
        _finding(draft, row, met.get(row["claim_id"], ()), alarms.get(row["claim_id"], ()))
        for row in figures.iter_rows(named=True)
    )


def _finding(
    draft: Draft, row: dict[str, Any], evidence: Sequence[Evidence], alarms: Sequence[tuple[str, str]]
) -> Finding:
    status = status_of([one.verdict for one in evidence], [alarm for alarm, _ in alarms])
    kept = [one for one in evidence if one.verdict in TELLING]
    if not kept:
        kept = [one for one in evidence if one.verdict == UNDETERMINED or _another_measure(one)]
    first = AGREEING if status == "supported" else CONTRADICTING
    kept.sort(key=lambda one: (one.verdict not in first, not _another_measure(one), one.claim_id))
    problems = [f"{PROBLEMS[alarm]}: {detail}" for alarm, detail in alarms if alarm in PROBLEMS]
    problems += [f"{SUPERSEDED}: {one.detail}" for one in kept if one.verdict == SUPERSEDED]
    problems += [f"the measure may be another: {one.detail}" for one in kept if _another_measure(one)][:1]
    return Finding(
        claim_id=row["claim_id"],
        quote=row["quote"],
        sentence=row["sentence"],
        place=draft.place(row["start"], row["end"]),
        status=status,
        problems=tuple(dict.fromkeys(problems)),
        evidence=tuple(kept),
    )


def status_of(verdicts: Iterable[str], alarms: Iterable[str]) -> str:
    """The status that verdicts with the ledger and alarms on the figure make together.

    A claim that agrees outweighs one that diverges, since the ledger may hold older or partial figures of the same
    thing; more that diverge than agree leave it open. To be merely compatible (with "dozens", with "more than 80")
    outweighs nothing.

    >>> status_of(["agree", "diverge"], []), status_of(["agree", "diverge", "diverge"], [])
    ('supported', 'ambiguous')
    >>> status_of(["compatible"], []), status_of(["compatible", "diverge"], [])
    ('supported', 'contradicted')
    >>> status_of([], []), status_of(["undetermined"], []), status_of([], ["measure_conflation"])
    ('unsupported', 'ambiguous', 'contradicted')
    """
    met = Counter(verdicts)
    agreeing, against = (sum(met[one] for one in group) for group in (AGREEING, CONTRADICTING))
    if agreeing:
        return "supported" if agreeing >= against else "ambiguous"
    if against:
        return "contradicted" if against >= met[COMPATIBLE] else "ambiguous"
    if met[COMPATIBLE]:
        return "supported"
    if not set(alarms).isdisjoint(FALSE_ALARMS):
        return "contradicted"
    return "ambiguous" if met[SUPERSEDED] or met[UNDETERMINED] else "unsupported"


def _another_measure(one: Evidence) -> bool:
    return one.verdict == "not_comparable" and one.look_alike and one.reason in OTHER_MEASURE


def _met(pairs: pl.DataFrame, own: set[str], known: dict[str, dict[str, Any]]) -> dict[str, list[Evidence]]:
    """For each figure of the draft, the claims of the ledger that it was compared with."""
    met: dict[str, list[Evidence]] = {}
    touching = pairs.filter(pl.col("claim_a").is_in(own) | pl.col("claim_b").is_in(own))
    for pair in touching.iter_rows(named=True):
        mine, other = pair["claim_a"], pair["claim_b"]
        if mine not in own:
            mine, other = other, mine
        if other in known:
            said = {name: pair[name] for name in ("verdict", "reason", "look_alike", "detail")}
            met.setdefault(mine, []).append(Evidence(claim_id=other, **said, **known[other]))
    return met


def _alarms(alarms: pl.DataFrame, own: set[str]) -> dict[str, list[tuple[str, str]]]:
    """For each figure of the draft, the alarms that name it."""
    named: dict[str, list[tuple[str, str]]] = {}
    for alarm in alarms.iter_rows(named=True):
        for claim_id in own.intersection(alarm["claim_ids"]):
            named.setdefault(claim_id, []).append((alarm["alarm"], alarm["detail"]))
    return named


def _by_id(claims: pl.DataFrame) -> dict[str, dict[str, Any]]:
    rows = claims.select("claim_id", "quote", "sentence", "article_id").iter_rows(named=True)
    return {row.pop("claim_id"): row for row in rows}
