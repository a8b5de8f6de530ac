"""What the ledger says to each figure of a draft: supported, contradicted, unsupported or ambiguous.

The draft is compared like one more article, by the same rules, and only the pairs that it forms with the ledger
count. Silence is not support: a figure that meets nothing is unsupported, one that meets only what may not be
compared for lack of a field is ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from reconcile.cli.drafts.reading import Draft, Place

STATUSES = ("supported", "contradicted", "unsupported", "ambiguous")
SUPPORTING = ("duplicate", "agree", "compatible")
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
SUPERSEDED = "superseded"
FALSE_ALARMS = ("measure_conflation",)
"""Alarms that make a figure contradicted where nothing supports it: the number is right, of something else."""


@dataclass(frozen=True)
class Evidence:
    """A claim of the ledger that a figure meets: the verdict between them, and the sentence to compare."""

    claim_id: str
    verdict: str
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
    problems = [f"{PROBLEMS[alarm]}: {detail}" for alarm, detail in alarms if alarm in PROBLEMS]
    problems += [f"{SUPERSEDED}: {one.detail}" for one in evidence if one.verdict == SUPERSEDED]
    status = status_of([one.verdict for one in evidence], [alarm for alarm, _ in alarms])
    telling = SUPPORTING + CONTRADICTING + (SUPERSEDED,)
    kept = [one for one in evidence if one.verdict in telling or status == "ambiguous"]
    kept.sort(key=lambda one: (one.verdict not in CONTRADICTING, one.verdict not in telling, one.claim_id))
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

    >>> status_of(["agree", "not_comparable"], []), status_of(["agree", "diverge"], [])
    ('supported', 'ambiguous')
    >>> status_of([], []), status_of(["undetermined"], []), status_of([], ["measure_conflation"])
    ('unsupported', 'ambiguous', 'contradicted')
    """
    met = set(verdicts)
    supported = not met.isdisjoint(SUPPORTING)
    contradicted = not met.isdisjoint(CONTRADICTING)
    if supported or contradicted:
        return "ambiguous" if supported and contradicted else "supported" if supported else "contradicted"
    if not set(alarms).isdisjoint(FALSE_ALARMS):
        return "contradicted"
    return "ambiguous" if met & {SUPERSEDED, "undetermined"} else "unsupported"


def _met(pairs: pl.DataFrame, own: set[str], known: dict[str, dict[str, Any]]) -> dict[str, list[Evidence]]:
    """For each figure of the draft, the claims of the ledger that it was compared with."""
    met: dict[str, list[Evidence]] = {}
    touching = pairs.filter(pl.col("claim_a").is_in(own) | pl.col("claim_b").is_in(own))
    for pair in touching.iter_rows(named=True):
        mine, other = pair["claim_a"], pair["claim_b"]
        if mine not in own:
            mine, other = other, mine
        if other in known:
            claim = known[other]
            met.setdefault(mine, []).append(
                Evidence(
                    other,
                    pair["verdict"],
                    pair["detail"],
                    claim["quote"],
                    claim["sentence"],
                    claim["article_id"],
                )
            )
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
    return {row["claim_id"]: row for row in rows}
