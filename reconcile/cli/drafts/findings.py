"""What the ledger says to each figure of a draft: supported, contradicted, unsupported or ambiguous.

Each figure of the draft is set beside the ledger by the rules by which articles are compared, but alone and by
nobody's word. Silence is not support: a figure that meets nothing is unsupported, one that meets only what may not be
compared for lack of a field is ambiguous. Nor is a slip: who repeats a figure that the ledger itself has as
superseded, denied, or put under the wrong stage, repeats a figure that does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import polars as pl

from reconcile.cli.drafts.lending import with_lent
from reconcile.cli.drafts.reading import Draft, Place
from reconcile.cli.drafts.wording import Sources, hedge_problem
from reconcile.comparison import Against, compare_with_ledger

STATUSES = ("supported", "contradicted", "unsupported", "ambiguous")
AGREEING, CONTRADICTING = ("duplicate", "agree"), ("diverge", "refuted")
COMPATIBLE, UNDETERMINED, REFUTED = "compatible", "undetermined", "refuted"
TELLING = (*AGREEING, COMPATIBLE, *CONTRADICTING)
FIGURE_KINDS = ("money", "count", "percentage", "ratio", "quantity", "duration")
REJECTED = ("denied", "refuted")
OTHER_STAGE, OTHER_MEASURE, PART = "not_comparable.stage", "not_comparable.measure", "not_comparable.part"
SUPERSEDED, CONFLATED, IS_PART = "superseded", "conflated", "a part"
# What alarms about the draft alone say of its figures.
OF_THE_DRAFT = {
    "breakdown_mismatch": "the parts do not add up",
    "part_exceeds_whole": "a part is larger than the whole",
}
Row = dict[str, Any]


@dataclass(frozen=True)
class Evidence:
    """A claim of the ledger that a figure meets: the verdict between them, and the sentence to compare.

    `standing` says what the ledger holds against the claim itself (superseded, conflated, a part of another), and
    `why` in which words; `same` is whether both give one number.
    """

    claim_id: str
    verdict: str
    rule: str
    look_alike: bool
    detail: str
    quote: str
    sentence: str
    article_id: str
    same: bool
    standing: str | None = None
    why: str | None = None


@dataclass(frozen=True)
class Finding:
    """One figure of the draft, its status (one of STATUSES), the problems of its wording, and the evidence.

    `notes` say what was taken from the ledger to read it at all.
    """

    claim_id: str
    quote: str
    sentence: str
    place: Place | None
    status: str
    problems: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...] = ()


def check(draft: Draft, ledger: pl.DataFrame, policy: str = "news") -> tuple[Finding, ...]:
    """Every figure of the draft, in its order, with what the claims of `ledger` (schema.CLAIMS) say to it.

    Dates, times and ordinals are not figures here: they say when and which, and the ledger holds them for that.

    Raises:
        InputError: there is no such policy, or the draft could not be read to its end.
    """
    from reconcile.claims import extract_articles
    from reconcile.comparison import compare

    extractions = [extract_articles(part) for part in draft.readings]
    for problem in chain.from_iterable(one.problems for one in extractions):
        raise problem
    read, notes = with_lent(pl.concat([one.claims for one in extractions]), ledger)
    figures = read.filter(pl.col("kind").is_in(FIGURE_KINDS), pl.col("role") == "claim").sort("start", "end")
    against = compare_with_ledger(ledger, figures, policy)
    known = {row["claim_id"]: row for row in ledger.iter_rows(named=True)}
    told = {row["claim_id"]: row for row in figures.iter_rows(named=True)}
    met, own = _met(against, told, known), _own_alarms(compare(read, policy=policy).alarms)
    return tuple(
        _finding(draft, row, met.get(name, []), own.get(name, []), notes.get(name, []), known)
        for name, row in told.items()
    )


def _finding(
    draft: Draft, row: Row, met: list[Evidence], own: list[str], notes: list[str], known: dict[str, Row]
) -> Finding:
    rejected = row["stance"] in REJECTED
    changed = stage_problem(met)
    status = status_of(met, rejected=rejected, stage_changed=changed is not None)
    problems = [*own, *_problems(row, met, changed, status, known)]
    return Finding(
        claim_id=row["claim_id"],
        quote=row["quote"],
        sentence=row["sentence"],
        place=draft.place(row["start"], row["end"]),
        status=status,
        problems=tuple(dict.fromkeys(problems)),
        evidence=tuple(_shown(met, status)),
        notes=tuple(notes),
    )


def status_of(met: Sequence[Evidence], *, rejected: bool = False, stage_changed: bool = False) -> str:
    """The status that verdicts with the ledger make together.

    A claim that agrees outweighs one that diverges, since the ledger may hold partial figures of the same thing; more
    articles that diverge than agree leave it open. To be merely compatible (with "dozens", with "more than 80")
    outweighs nothing. A draft that calls a figure denied is right where the ledger says so too.

    >>> status_of([]), status_of([], stage_changed=True)
    ('unsupported', 'contradicted')
    """
    if rejected:
        return "supported" if any(one.verdict == REFUTED and one.same for one in met) else _open(met)
    standing = [one for one in met if one.standing is None]
    agreeing = _articles(one for one in standing if one.verdict in AGREEING)
    against = _articles(
        one for one in standing if one.verdict == "diverge" or (one.verdict == REFUTED and one.same)
    )
    compatible = _articles(one for one in standing if one.verdict == COMPATIBLE)
    repeated = any(one.verdict in AGREEING and one.standing == SUPERSEDED for one in met)
    if agreeing and not stage_changed:
        return "supported" if len(agreeing) >= len(against) else "ambiguous"
    if against or stage_changed:
        return (
            "ambiguous"
            if len(compatible) > len(against) and not (repeated or stage_changed)
            else "contradicted"
        )
    return "supported" if compatible or repeated else _open(met)


def stage_problem(met: Sequence[Evidence]) -> str | None:
    """Where more articles give this number of this event as another stage than as the draft's: the sentence."""
    other = [one for one in met if one.rule == OTHER_STAGE and one.same]
    mine = _articles(one for one in met if one.verdict in AGREEING and one.same)
    return other[0].detail if len(_articles(other)) > len(mine) else None


def _problems(
    row: Row, met: list[Evidence], changed: str | None, status: str, known: dict[str, Row]
) -> Iterable[str]:
    if changed is not None:
        yield f"the measure is changed: {changed}"
    elif status != "supported":
        yield from (f"the measure may be another: {one.detail}" for one in met if _another_measure(one))
    if row["part_of"] is None:
        yield from (
            f"a part is given as the whole: {one.why}" for one in met if one.standing == IS_PART and one.same
        )
    if status != "supported":
        yield from (
            f"{SUPERSEDED}: {one.why}"
            for one in met
            if one.standing == SUPERSEDED and one.verdict in AGREEING
        )
    if row["stance"] not in REJECTED:
        yield from [
            f"the figure is rejected: {one.detail}" for one in met if one.verdict == REFUTED and one.same
        ][:1]
    alike = [known[one.claim_id] for one in met if one.same and one.verdict in (*AGREEING, COMPATIBLE)]
    hedge = None if row["stance"] in REJECTED else hedge_problem(row, Sources(alike))
    if hedge is not None:
        yield hedge


def _shown(met: list[Evidence], status: str) -> list[Evidence]:
    """What a reader has to compare, what decides first."""
    kept = [one for one in met if one.verdict in TELLING and (one.verdict != REFUTED or one.same)]
    slips = [
        one
        for one in met
        if one.standing is not None or (one.same and one.rule in (OTHER_STAGE, OTHER_MEASURE))
    ]
    if not kept and not slips:
        kept = [one for one in met if one.verdict == UNDETERMINED]
    first = (*AGREEING, COMPATIBLE) if status == "supported" else CONTRADICTING
    every = {one.claim_id: one for one in (*kept, *(one for one in slips if one.same))}
    return sorted(
        every.values(),
        key=lambda one: (one.verdict not in first, one.standing is not None, not one.same, one.claim_id),
    )


def _open(met: Sequence[Evidence]) -> str:
    return "ambiguous" if any(one.verdict == UNDETERMINED for one in met) else "unsupported"


def _another_measure(one: Evidence) -> bool:
    return one.rule == OTHER_MEASURE and one.look_alike and one.same


def _articles(evidence: Iterable[Evidence]) -> set[str]:
    return {one.article_id for one in evidence}


def _met(against: Against, told: dict[str, Row], known: dict[str, Row]) -> dict[str, list[Evidence]]:
    """For each figure of the draft, the claims of the ledger that it was compared with."""
    met: dict[str, list[Evidence]] = {}
    for pair in against.pairs.iter_rows(named=True):
        mine, other = pair["claim_a"], pair["claim_b"]
        if mine not in told:
            mine, other = other, mine
        claim = known[other]
        standing, why = _standing(against, other, pair["rule"])
        met.setdefault(mine, []).append(
            Evidence(
                claim_id=other,
                **{name: pair[name] for name in ("verdict", "rule", "look_alike", "detail")},
                **{name: claim[name] for name in ("quote", "sentence", "article_id")},
                same=told[mine]["value"] is not None and told[mine]["value"] == claim["value"],
                standing=standing,
                why=why,
            )
        )
    return met


def _standing(against: Against, claim_id: str, rule: str) -> tuple[str | None, str | None]:
    """What the ledger holds against one of its own claims."""
    if claim_id in against.superseded:
        return SUPERSEDED, against.superseded[claim_id]
    if claim_id in against.parts:
        return IS_PART, against.parts[claim_id]
    return (
        CONFLATED if claim_id in against.conflated and rule not in (OTHER_STAGE, OTHER_MEASURE) else None
    ), None


def _own_alarms(alarms: pl.DataFrame) -> dict[str, list[str]]:
    """For each figure of the draft, what is wrong within the draft itself."""
    named: dict[str, list[str]] = {}
    for alarm in alarms.filter(pl.col("alarm").is_in(list(OF_THE_DRAFT))).iter_rows(named=True):
        for claim_id in alarm["claim_ids"]:
            named.setdefault(claim_id, []).append(f"{OF_THE_DRAFT[alarm['alarm']]}: {alarm['detail']}")
    return named
