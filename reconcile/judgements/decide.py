"""Decide: judgements laid on a table of claims; which hold, which the text has left behind, and what they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from reconcile import schema
from reconcile.judgements.anchors import Found, Ledger
from reconcile.judgements.file import read_judgements
from reconcile.judgements.model import OF_PAIRS, Judgement
from reconcile.rules.files import load_rules
from reconcile.rules.measures import own_measures

MARK = "judgement"
"""How a claim's or a pair's `rule` says that an analyst decided."""
REJECTED = "rejected"
REJECTED_MARK = f"{MARK}.{REJECTED}"
STATUSES = ("applied", "replaced", "absent", "conflict")
OUTCOMES: dict[str, pl.DataType] = {
    "line": pl.Int64(),
    "decision": pl.String(),
    "status": pl.String(),
    "claim_a": pl.String(),
    "claim_b": pl.String(),
    "who": pl.String(),
    "when": pl.String(),
    "detail": pl.String(),
}
PAIRS: dict[str, pl.DataType] = {
    "claim_a": pl.String(),
    "claim_b": pl.String(),
    "decision": pl.String(),
    "judged_reason": pl.String(),
    "note": pl.String(),
}
CLAIMS: dict[str, pl.DataType] = {"claim_id": pl.String(), "decision": pl.String(), "note": pl.String()}


@dataclass(frozen=True)
class Decided:
    """Claims with their corrections, and what was decided.

    `pairs` (PAIRS) are the judged pairs by the ids of their claims; `marked` (CLAIMS) the claims that were corrected
    or rejected; `outcomes` (OUTCOMES) one row a judgement: `applied`, `replaced` by a later one, `absent` (its article
    is not among those read), or in `conflict` with the text or with another judgement.
    """

    claims: pl.DataFrame
    pairs: pl.DataFrame
    marked: pl.DataFrame
    outcomes: pl.DataFrame

    @property
    def any(self) -> bool:
        """Whether a judgement holds at all."""
        return self.pairs.height + self.marked.height > 0

    def summary(self, path: Path | str | None) -> dict[str, Any]:
        """How many of the file's judgements have which status, and the `warnings` that a reader must see."""
        counted = {status: self.outcomes.filter(status=status).height for status in STATUSES}
        return {"file": str(path or ""), **counted, "warnings": list(warnings_of(self.outcomes, path))}


@dataclass(frozen=True)
class _Settled:
    """A judgement with the claims that it turned out to be about."""

    judgement: Judgement
    claims: tuple[str, ...]
    status: str
    detail: str

    @property
    def subject(self) -> tuple[object, ...]:
        """What it decides on: two decisions on one subject cannot both hold."""
        field = self.judgement.field if self.judgement.decision == "corrected" else None
        return (*sorted(self.claims), field)


def decide(
    claims: pl.DataFrame,
    judgements: Iterable[Judgement] | Path | str | None,
    rules: Path | str | None = None,
) -> Decided:
    """Lay judgements, or those of a file, on the claims (schema.CLAIMS). What they do not touch stays as it is.

    An empty path means none. Laying the same judgements on the result again changes nothing. `rules` is a folder of a
    user's own measures, to which a claim may be corrected.

    Raises:
        InputError: the file is wrong; names file, line, field and mend.
    """
    if isinstance(judgements, str):
        judgements = Path(judgements) if judgements else None
    with own_measures(rules):
        told = read_judgements(judgements) if isinstance(judgements, Path) else tuple(judgements or ())
    if not told:
        return Decided(
            claims, pl.DataFrame(schema=PAIRS), pl.DataFrame(schema=CLAIMS), pl.DataFrame(schema=OUTCOMES)
        )
    ledger = Ledger(claims)
    settled = _ruled([_settle(one, ledger) for one in told])
    applied = [one for one in settled if one.status == "applied"]
    return Decided(
        claims=_changed(claims, applied),
        pairs=pl.DataFrame([_pair(one) for one in applied if len(one.claims) == 2], PAIRS, orient="row"),
        marked=pl.DataFrame([_mark(one) for one in applied if len(one.claims) == 1], CLAIMS, orient="row"),
        outcomes=pl.DataFrame([_outcome(one) for one in settled], OUTCOMES, orient="row"),
    )


def warnings_of(outcomes: pl.DataFrame, path: Path | str | None) -> Iterator[str]:
    """A line for each judgement in conflict, and one for all those whose articles were not read."""
    for row in outcomes.filter(status="conflict").iter_rows(named=True):
        yield f"{path}, line {row['line']}: {row['detail']}"
    absent = outcomes.filter(status="absent").height
    if absent:
        yield f"{path}: {absent} of {outcomes.height} judgements not used: their articles are not among those read."


def said(name: str, **parts: object) -> str:
    """The sentence of that name under `judgements` in `details.yml`, filled."""
    return str(load_rules("details.yml")["judgements"][name]).format(**parts)


def _settle(one: Judgement, ledger: Ledger) -> _Settled:
    anchors = (one.a,) if one.b is None else (one.a, one.b)
    found = [ledger.find(anchor) for anchor in anchors]
    for anchor, place in zip(anchors, found, strict=True):
        if place.problem is not None and not _holds_anyway(one, place):
            status = "absent" if place.problem == "absent" else "conflict"
            ids = tuple(at.claim["claim_id"] for at in found if at.claim is not None)
            detail = said(place.problem, anchor=anchor, now=place.now, judged=_judged(one))
            return _Settled(one, ids, status, detail)
    rows = [place.claim for place in found if place.claim is not None]
    ids = tuple(str(row["claim_id"]) for row in rows)
    if len(ids) != len(set(ids)):
        return _Settled(one, ids, "conflict", said("itself", anchor=one.a, judged=_judged(one)))
    unlike = [row for row in rows if row["role"] != "claim" or row["kind"] in ("date", "time", "ordinal")]
    if unlike and one.decision in OF_PAIRS:
        detail = said("no_figure", quote=unlike[0]["quote"], judged=_judged(one))
        return _Settled(one, ids, "conflict", detail)
    return _Settled(one, ids, "applied", said("applied", judged=_judged(one)))


def _holds_anyway(one: Judgement, place: Found) -> bool:
    """A figure that an earlier step has corrected reads as the analyst said; and so may the engine by now."""
    if place.problem != "reread" or place.claim is None:
        return False
    marked = any(rule.startswith(f"{MARK}.") for rule in str(place.claim["rule"] or "").split("; "))
    return marked or (one.field is not None and place.claim.get(one.field) == one.value)


def _ruled(settled: list[_Settled]) -> list[_Settled]:
    """Of several decisions on one subject the latest counts; two of one time by two people contradict each other."""
    groups: dict[tuple[object, ...], list[_Settled]] = {}
    for one in settled:
        if one.status == "applied":
            groups.setdefault(one.subject, []).append(one)
    ruled: dict[int, _Settled] = {}
    for group in groups.values():
        last = max(enumerate(group), key=lambda at: (_time(at[1].judgement), at[0]))[1]
        ruled |= {id(one): _beside(one, last, group) for one in group}
    return [ruled.get(id(one), one) for one in settled]


def _beside(one: _Settled, last: _Settled, group: list[_Settled]) -> _Settled:
    """What a decision is worth beside the others on its subject."""
    told = one.judgement
    against = [
        other.judgement
        for other in group
        if _time(other.judgement) == _time(last.judgement) == _time(told)
        and other.judgement.who != told.who
        and (other.judgement.decision, other.judgement.value) != (told.decision, told.value)
    ]
    if against:
        detail = said("contradicted", judged=_judged(told), line=against[0].line)
        return _Settled(told, one.claims, "conflict", detail)
    if one is last:
        return one
    detail = said("replaced", judged=_judged(told), line=last.judgement.line)
    return _Settled(told, one.claims, "replaced", detail)


def _time(one: Judgement) -> str:
    """A time that sorts: a bare day is its beginning."""
    return datetime.fromisoformat(one.when).isoformat()


def _changed(claims: pl.DataFrame, applied: list[_Settled]) -> pl.DataFrame:
    """The claims with what was corrected and rejected written in, and said in their `rule`."""
    changes: dict[str, dict[str, Any]] = {}
    for one in applied:
        if len(one.claims) == 1:
            judgement = one.judgement
            change = changes.setdefault(one.claims[0], {})
            if judgement.decision == "corrected":
                change[str(judgement.field)] = judgement.value
            else:
                change[REJECTED] = judgement.who
    if not changes:
        return claims
    touched = claims.filter(pl.col("claim_id").is_in(list(changes)))
    rows = [
        {**row, **_with_consequences(row, changes[row["claim_id"]])} for row in touched.iter_rows(named=True)
    ]
    columns = {name: kind for name, kind in schema.CLAIMS.items() if name in claims.columns}
    corrected = pl.DataFrame(rows, schema={**dict(claims.schema), **columns}, orient="row")
    at = claims.with_row_index("_row").select("_row", "claim_id")
    both = pl.concat([claims.filter(~pl.col("claim_id").is_in(list(changes))), corrected])
    return both.join(at, on="claim_id", how="left").sort("_row").drop("_row")


def _with_consequences(row: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """The changed fields, those that follow from them, and the mark in the row's rule."""
    full = {name: value for name, value in change.items() if name != REJECTED}
    if REJECTED in change:
        # Somebody may have denied it before the analyst rejected it: that stays on record.
        denied = row["stance"] in ("denied", "refuted")
        full |= {} if denied else {"stance": "refuted", "refuted_by": change[REJECTED]}
    if "unit" in change and "unit_candidates" in row:
        full["unit_candidates"] = [] if change["unit"] is None else [change["unit"]]
    if {"value", "qualifier"} & set(change):
        number = change.get("value", row["value"] if row["value"] is not None else row["low"] or row["high"])
        full = _bounds(change.get("qualifier", row["qualifier"]), number) | full
    if change.get("stance") == "asserted" and "refuted_by" not in change:
        full["refuted_by"] = None
    marks = [f"{MARK}.{field}" for field in sorted(change)]
    rules = [rule for rule in str(row["rule"] or "").split("; ") if rule and rule not in marks]
    judged = sorted({*(row.get("judged") or ()), *change})
    return {**full, "judged": judged, "rule": "; ".join([*rules, *marks])}


def _bounds(qualifier: str, number: float | None) -> dict[str, Any]:
    """The bounds that a qualifier states of a number, as the contract has them."""
    low = number if qualifier in ("exact", "more_than", "at_least") else None
    high = number if qualifier in ("exact", "less_than", "at_most") else None
    return {
        "value": number, "low": low, "high": high,
        "low_open": qualifier == "more_than", "high_open": qualifier == "less_than",
    }  # fmt: skip


def _judged(one: Judgement) -> str:
    """The decision in words: what was decided, by whom, when and why."""
    why = one.why.rstrip(".")
    value = "unknown" if one.value is None else one.value
    return said(one.decision, who=one.who, when=one.when, why=why, field=one.field, value=_written(value))


def _written(value: object) -> str:
    return f"{value:,.15g}" if isinstance(value, float) else str(value).replace("_", " ")


def _pair(one: _Settled) -> tuple[str | None, ...]:
    first, second = sorted(one.claims)
    return first, second, one.judgement.decision, one.judgement.field, _judged(one.judgement)


def _mark(one: _Settled) -> tuple[str, str, str]:
    return one.claims[0], one.judgement.decision, _judged(one.judgement)


def _outcome(one: _Settled) -> tuple[object, ...]:
    a, b = (*one.claims, None, None)[:2]
    told = one.judgement
    return told.line, told.decision, one.status, a, b, told.who, told.when, one.detail
