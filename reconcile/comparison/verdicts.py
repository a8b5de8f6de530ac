"""Verdicts: the declared list of rules, in the order of the method; of each pair the first that fires counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from reconcile.comparison.facts import (
    across,
    both,
    differs,
    either,
    facts,
    later_is_larger,
    later_is_smaller,
    more_facts,
    one_sided,
    period_missing,
    place_missing,
    same,
    sameness,
    unknown,
)  # fmt: skip
from reconcile.comparison.intervals import LOWER, POINTS, UPPER
from reconcile.comparison.natures import SHARE
from reconcile.comparison.policy import Policy
from reconcile.linking.link import EVIDENCE

WHOLE = 100.0  # a number that a part has and the whole as well, is met by accident only below
SLIPPED = 1000.0  # a sum from which two currencies of one number are no accident
STATEMENT_DAYS = 2  # between the first and the last report of what somebody said
ALIKE = ("not_comparable", "undetermined")


@dataclass(frozen=True)
class Rule:
    """One line of the method: when it fires, and the verdict and reason that it gives. `id` names its sentence too."""

    id: str
    verdict: str
    when: pl.Expr
    reason: str | None = None


def with_verdicts(pairs: pl.DataFrame, policy: Policy, rules: Sequence[Rule] | None = None) -> pl.DataFrame:
    """Add `rule, verdict, reason, look_alike, gap_ratio` to the sides of `sides()`, by the method's rules or others."""
    judged = pairs.with_columns(facts()).with_columns(more_facts(policy)).with_columns(sameness())
    if rules is None:
        rules = verdict_rules(policy)
    fired = reduce(
        lambda chain, at: chain.when(rules[at].when.fill_null(False)).then(at), range(len(rules)), pl
    )
    table = pl.DataFrame(
        [(at, rule.id, rule.verdict, rule.reason) for at, rule in enumerate(rules)],
        schema={"fired": pl.Int32(), "rule": pl.String(), "verdict": pl.String(), "reason": pl.String()}, orient="row",
    )  # fmt: skip
    return (
        judged.with_columns(fired.cast(pl.Int32).alias("fired"))
        .join(table, on="fired", how="left", maintain_order="left")
        .with_columns(_look_alike(policy), *_gap())
    )


def verdict_rules(policy: Policy) -> list[Rule]:
    """The rules in order; the last one always fires.

    >>> from reconcile.comparison.policy import load_policy
    >>> [rule.id for rule in verdict_rules(load_policy("news"))][-3:]
    ['diverge.order', 'diverge.major', 'diverge.minor']
    """
    return [
        *_duplicate(),
        *_linked(),
        *_slips(),
        *_not_comparable(),
        *_undetermined(),
        *_refuted(),
        *_superseded(),
        *_met(policy),
    ]


def rules_of_judgement(decision: str, policy: Policy) -> list[Rule]:
    """The rules for pairs on which an analyst has decided.

    Two that are the same thing are weighed by their numbers alone; where no numbers can be set against each other,
    they count once. What may not be compared with a rejected figure stays so.

    >>> from reconcile.comparison.policy import load_policy
    >>> [rule.verdict for rule in rules_of_judgement("different", load_policy("news"))]
    ['not_comparable']
    """
    if decision == "different":
        return [Rule("judged.different", "not_comparable", pl.lit(True), "subject")]
    if decision == "unsure":
        return [Rule("judged.unsure", "undetermined", pl.lit(True))]
    if decision == "rejected":
        return [*_not_comparable(), Rule("judged.rejected", "refuted", pl.lit(True))]
    numberless = unknown("read_low") | unknown("read_high")
    no_common_unit = pl.col("kind_differs") | pl.col("unit_differs") | pl.col("no_rate")
    once = Rule("judged.same", "duplicate", numberless | no_common_unit)
    return [once, *_refuted(), *_superseded(), *_met(policy)]


def _duplicate() -> list[Rule]:
    pointed = (pl.col("repeated_row_a") == pl.col("right")).fill_null(False) | (
        pl.col("repeated_row_b") == pl.col("left")
    ).fill_null(False)
    part = _is_part("a") | _is_part("b")
    one_value = pl.col("same_value") & ~pl.col("apart") & ~part & same("unit")
    told = one_value & pl.col("complete") & pl.col("same_event")
    # One speaker gives a number of many digits for one thing, though one report leaves out where or when.
    spoken = told | (one_value & pl.col("one_measure") & either("telling"))
    nobody = pl.col("speaker_code_a").is_null() & pl.col("speaker_code_b").is_null()
    return [
        Rule("duplicate.repeated", "duplicate", pointed),
        Rule(
            "duplicate.same_article", "duplicate",
            told & pl.col("same_article"),
        ),
        Rule("duplicate.same_speaker", "duplicate", spoken & pl.col("same_event") & same("root_code")),
        Rule("duplicate.same_statement", "duplicate", spoken & _one_statement()),
        Rule("duplicate.copy", "duplicate", one_value & pl.col("copied")),
        Rule("duplicate.rare_value", "duplicate", told & pl.col("same_event") & nobody & either("rare")),
    ]  # fmt: skip


def _one_statement() -> pl.Expr:
    """One speaker by name in reports of the same days, where nothing tells that they are of two incidents."""
    near = (pl.col("published_a") - pl.col("published_b")).abs() <= pl.duration(days=STATEMENT_DAYS)
    return same("speaker_code") & near.fill_null(False) & pl.col("incident_open")


def _is_part(side: str) -> pl.Expr:
    """This side points at the other as the whole that it is a part of."""
    other = "right" if side == "a" else "left"
    return (pl.col(f"part_row_{side}") == pl.col(other)).fill_null(False)


def _linked() -> list[Rule]:
    stated = _is_part("a") | _is_part("b")
    too_much = _exceeds(_is_part("a"), _is_part("b"))
    siblings = same("part_of_code") & pl.col("same_article") & ~(pl.col("same_value") & pl.col("complete"))
    nested = (
        (pl.col("narrower") != 0) & pl.col("one_incident") & ~pl.col("unit_differs") & ~pl.col("kind_differs")
        & ~pl.col("place_differs") & ~pl.col("scope_apart") & ~either("rejected") & ~unknown("read_low")
    )  # fmt: skip
    # The same number under two stages in two articles is rather one of them misread than all of it moved on.
    misread = pl.col("same_value") & ~pl.col("same_article")
    beyond = _exceeds(pl.col("narrower") == -1, pl.col("narrower") == 1)
    return [
        Rule("linked.part_exceeds", "linked", stated & too_much & ~pl.col("kind_differs")),
        Rule("linked.share", "linked", stated & pl.col("kind_differs")),
        Rule("linked.part", "linked", stated),
        Rule("linked.siblings", "linked", siblings),
        Rule("linked.part_elsewhere", "linked", _of_the_same_whole()),
        Rule("linked.part_of_told", "linked", pl.col("told_part_a") | pl.col("told_part_b")),
        Rule("linked.sum", "linked", pl.col("adds_up").is_not_null()),
        Rule("linked.stage_exceeds", "linked", nested & beyond & ~misread),
        Rule("linked.stage", "linked", nested & ~misread),
    ]


def _slips() -> list[Rule]:
    """One number of one thing and incident in two currencies, of which one is written by mistake; and a number that the
    other report gives of another thing, beside its own for this one."""
    sums = both("kind", ("money",)) & ~unknown("unit") & same("said_number") & (pl.col("said_number_a") >= SLIPPED)
    currencies = pl.col("unit_differs") | pl.col("no_rate")
    one_thing = pl.col("one_incident") & pl.col("one_measure") & ~either("rejected")
    free = ~pl.col("place_differs") & ~pl.col("part_and_whole") & ~pl.col("meets")
    return [
        Rule("diverge.currency", "diverge", sums & currencies & one_thing, "unit"),
        Rule("diverge.mixed_up", "diverge", pl.col("mixed_up").is_not_null() & one_thing & free),
    ]


def _of_the_same_whole() -> pl.Expr:
    """One side is a part of what the other side states in another article."""
    a_is_part = pl.col("is_share_a") & (pl.col("whole_number_a") == pl.col("number_b"))
    b_is_part = pl.col("is_share_b") & (pl.col("whole_number_b") == pl.col("number_a"))
    alike = (
        pl.col("one_incident")
        & same("measure_code")
        & same("unit")
        & ~pl.col("place_differs")
        & ~either("rejected")
    )
    return pl.col("part_and_whole") & alike & (a_is_part | b_is_part).fill_null(False)


def _exceeds(a_is_part: pl.Expr, b_is_part: pl.Expr) -> pl.Expr:
    """The part is larger than the whole can be."""
    return (a_is_part & (pl.col("read_low_a") > pl.col("read_high_b"))) | (
        b_is_part & (pl.col("read_low_b") > pl.col("read_high_a"))
    )


def _not_comparable() -> list[Rule]:
    def rule(name: str, reason: str, when: pl.Expr) -> Rule:
        return Rule(f"not_comparable.{name}", "not_comparable", when, reason)

    nested = pl.col("narrower") != 0
    sub_place = one_sided("place_code") & pl.col("one_incident") & ~pl.col("same_value") & ~pl.col("meets")
    return [
        rule("kind", "kind", pl.col("kind_differs")),
        rule("no_rate", "unit", pl.col("no_rate")),
        rule("unit", "unit", pl.col("unit_differs")),
        # "Most campaigns" and "in total" set two sums apart before one asks what either counts.
        rule("scope", "scope", pl.col("scope_apart") & ~pl.col("event_apart") & ~_one_number()),
        rule("stage", "stage", pl.col("measure_differs") & nested),
        rule("measure", "measure", pl.col("measure_differs")),
        rule("event", "event", pl.col("event_apart")),
        rule("place", "place", pl.col("place_differs")),
        rule("place_within", "place", sub_place & _place_is_smaller()),
        rule("period", "period", pl.col("period_differs")),
        rule("scope", "scope", differs("scope_code") & ~_one_number()),
        rule("actor", "subject", pl.col("actor_differs")),
        rule("subject", "subject", differs("subject_code")),
        rule(
            "part",
            "scope",
            pl.col("part_and_whole") & pl.col("same_event") & pl.col("one_measure"),
        ),
    ]


def _is_one_of_several(side: str) -> pl.Expr:
    """This side's place is smaller than a country, or one of the countries of an event that had several."""
    place, places = pl.col(f"place_{side}"), pl.col(f"event_places_{side}")
    several = (places.list.len() > 1) & places.list.contains(place)
    return (place != pl.col(f"country_{side}")) | several.fill_null(False)


def _one_number() -> pl.Expr:
    """One incident and one number of what no rule knows: whether it is for each is then left out by one of the two."""
    each = across("scope", ("each",), ("total",))
    unknown_thing = pl.col("aligned") | ~pl.col("measures_known")
    return pl.col("one_incident") & unknown_thing & pl.col("same_value") & each


def _place_is_smaller() -> pl.Expr:
    """The side that names a place within the incident gives less, as a part must."""
    return pl.any_horizontal(
        _is_one_of_several(one) & (pl.col(f"read_high_{one}") < pl.col(f"read_low_{other}"))
        for one, other in ("ab", "ba")
    ).fill_null(False)


def _undetermined() -> list[Rule]:
    def rule(name: str, reason: str | None, when: pl.Expr) -> Rule:
        return Rule(f"undetermined.{name}", "undetermined", when, reason)

    undated = unknown("as_of")
    answered = pl.col("answered_a") | pl.col("answered_b")
    unexplained = pl.col("same_article") & same("root_code") & ~pl.col("meets") & ~either("rejected")
    unlike = ~pl.col("meets") & ~answered & ~either("rejected")
    return [
        rule(
            "unit",
            "unit",
            unknown("unit") & ~(pl.col("one_incident") & pl.col("one_measure") & one_sided("unit")),
        ),
        rule("measure", "measure", ~pl.col("one_measure")),
        rule("event", "event", ~pl.col("same_event")),
        rule("value", None, unknown("read_low") | unknown("read_high")),
        rule("place", "place", place_missing()),
        rule("period", "period", period_missing()),
        rule("part", "subject", either("is_share") & ~pl.col("same_value")),
        rule("subject", "subject", one_sided("subject_code") & unlike & ~pl.col("succeeds")),
        rule("share", "subject", (pl.col("nature_a") == SHARE) & ~pl.col("aligned") & ~pl.col("same_value")),
        rule("same_article", "subject", unexplained),
        rule("as_of", "period", undated & same("root_code") & ~pl.col("meets") & ~either("rejected")),
        rule("several", "subject", either("unsettled") & unlike & ~pl.col("succeeds")),
    ]


def _refuted() -> list[Rule]:
    by_a = (pl.col("refuter_b") == pl.col("root_a")) & pl.col("rejected_b")
    by_b = (pl.col("refuter_a") == pl.col("root_b")) & pl.col("rejected_a")
    by_other = by_a.fill_null(False) | by_b.fill_null(False)
    both = pl.col("rejected_a") & pl.col("rejected_b")
    return [
        Rule("refuted.both", "refuted", both),
        Rule("refuted.by_speaker", "refuted", by_other),
        Rule("refuted.by_other", "refuted", either("rejected")),
        Rule("refuted.answered", "refuted", pl.col("answered_a") | pl.col("answered_b")),
    ]


def _superseded() -> list[Rule]:
    one_witness = pl.col("one_root") & differs("as_of")
    told = either("cumulative")
    not_said = ~pl.col("meets") & ~pl.col("independent")
    fell = later_is_smaller() & ~pl.col("meets")
    return [
        Rule("superseded.fallen", "superseded", (one_witness | pl.col("succeeds")) & told & fell),
        Rule("superseded.running", "superseded", one_witness & told),
        Rule("superseded.restated", "superseded", one_witness & not_said),
        Rule(
            "superseded.risen",
            "superseded",
            pl.col("succeeds")
            & ((~pl.col("meets") & ~pl.col("same_value")) | (later_is_larger() & _bounded())),
        ),
    ]


def _bounded() -> pl.Expr:
    """The smaller one is a bound or exact: at least 27 on Monday, 34 on Tuesday. Two rounded numbers that meet
    agree."""
    return both("qualifier", ("exact", "at_least", "more_than"))


def _met(policy: Policy) -> list[Rule]:
    points = both("qualifier", POINTS) & ~unknown("number")
    alike = (both("qualifier", LOWER) | both("qualifier", UPPER)) & ~unknown("point")
    larger, smaller = _extent()
    within = (larger - smaller) <= larger * (policy.agree.within_pct / 100) + 1e-9 * larger
    same_sign = pl.col("point_a") * pl.col("point_b") >= 0
    rounds = (
        pl.lit(policy.agree.within_rounding)
        & both("qualifier", ("exact",))
        & (_inside("a", "b") | _inside("b", "a"))
    )
    apart = same("root_code") | pl.col("same_article")
    size = larger / smaller
    # A number of three digits is not that of a part and of all.
    one_number = pl.col("same_value") & (pl.col("said_number_a") >= WHOLE)
    return [
        Rule("compatible.one_witness", "compatible", pl.col("meets") & apart),
        Rule("compatible.subject", "compatible", pl.col("meets") & one_sided("subject_code") & ~one_number),
        Rule("agree.equal", "agree", points & (pl.col("point_a") == pl.col("point_b"))),
        Rule("agree.bound", "agree", alike & within & same_sign),
        Rule("agree.rounded", "agree", points & rounds),
        Rule("agree.near", "agree", points & within & same_sign),
        Rule("compatible.overlap", "compatible", pl.col("meets")),
        Rule("compatible.touch", "compatible", pl.col("touches")),
        Rule("undetermined.bare", "undetermined", pl.col("bare_link") & both("incident_basis", (EVIDENCE,)), "event"),
        Rule(
            "diverge.order", "diverge", (size >= policy.diverge.order_ratio).fill_null(False) | (smaller == 0)
        ),
        Rule("diverge.major", "diverge", size >= 1 + policy.diverge.minor_pct / 100),
        Rule("diverge.minor", "diverge", pl.lit(True)),
    ]


def _inside(inner: str, outer: str) -> pl.Expr:
    """The number of the one lies in what the other rounds to."""
    return pl.col(f"point_{inner}").is_between(f"read_low_{outer}", f"read_high_{outer}").fill_null(False)


def _look_alike(policy: Policy) -> pl.Expr:
    """A reader could take the two for one: the same number, the same thing counted, or one unit and near in size."""
    larger, smaller = pl.max_horizontal("point_a", "point_b"), pl.min_horizontal("point_a", "point_b")
    one_unit = same("unit") | pl.col("rate").is_not_null()
    near = one_unit & (larger <= policy.look_alike_ratio * smaller).fill_null(False)
    number = (pl.col("said_number_a") == pl.col("said_number_b")).fill_null(False) & ~pl.col("kind_differs")
    phrase = same("measure_code") & same("dimension_code")
    return (pl.col("verdict").is_in(ALIKE) & (near | number | phrase)).alias("look_alike")


def _extent() -> tuple[pl.Expr, pl.Expr]:
    """The larger and the smaller of the two numbers; of two figures without a number, their nearest bounds."""
    points = pl.col("point_a").is_not_null() & pl.col("point_b").is_not_null()
    one = pl.when(points).then("point_a").otherwise("meet_low").abs()
    other = pl.when(points).then("point_b").otherwise("meet_high").abs()
    return pl.max_horizontal(one, other), pl.min_horizontal(one, other)


def _gap() -> list[pl.Expr]:
    """How far apart the two are, where they may be compared: the distance, and the larger over the smaller."""
    larger, smaller = _extent()
    met = pl.col("verdict").is_in(["refuted", "superseded", "agree", "compatible", "diverge"])
    told = ~(unknown("point") & pl.col("meets"))
    return [
        pl.when(met & told).then(larger - smaller).alias("gap"),
        pl.when(met & told & (smaller > 0)).then(larger / smaller).alias("gap_ratio"),
    ]
