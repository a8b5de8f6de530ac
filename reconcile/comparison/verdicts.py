"""Verdicts: the declared list of rules, in the order of the method; of each pair the first that fires counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from reconcile.comparison.intervals import LOWER, POINTS, UPPER
from reconcile.comparison.natures import INDEPENDENT, LEVEL, RUNNING
from reconcile.comparison.policy import Policy

DISTRIBUTIVE = ("each", "most")
COUNTED = ("count", "quantity")
CLEARLY = 1.02  # times as much, from which a later figure is a risen one
LONGEST_RUN = 60  # days over which the count of one incident goes on
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
    judged = pairs.with_columns(_facts()).with_columns(_more_facts(policy)).with_columns(_sameness())
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


def same(field: str) -> pl.Expr:
    """Both known and equal."""
    return (pl.col(f"{field}_a") == pl.col(f"{field}_b")).fill_null(False)


def differs(field: str) -> pl.Expr:
    """Both known and unequal."""
    return (pl.col(f"{field}_a") != pl.col(f"{field}_b")).fill_null(False)


def unknown(field: str) -> pl.Expr:
    """Unknown on one side at least."""
    return pl.col(f"{field}_a").is_null() | pl.col(f"{field}_b").is_null()


def one_sided(field: str) -> pl.Expr:
    """Known on one side only."""
    return pl.col(f"{field}_a").is_null() != pl.col(f"{field}_b").is_null()


def either(field: str) -> pl.Expr:
    """True on one side at least."""
    return (pl.col(f"{field}_a") | pl.col(f"{field}_b")).fill_null(False)


def _both(field: str, words: tuple[str, ...]) -> pl.Expr:
    return pl.col(f"{field}_a").is_in(words) & pl.col(f"{field}_b").is_in(words)


def _facts() -> list[pl.Expr]:
    """What is known of the two sides apart from their numbers."""
    same_number = (pl.col("number_a") == pl.col("number_b")).fill_null(False)
    same_span = pl.col("number_a").is_null() & pl.col("number_b").is_null() & same("low") & same("high")
    opposed = _across("qualifier", LOWER, UPPER)
    timed = ~unknown("timed")
    days = (
        timed
        & pl.col("from_day_a").eq_missing(pl.col("from_day_b"))
        & pl.col("to_day_a").eq_missing(pl.col("to_day_b"))
    )
    running = timed & either("cumulative") & same("from_day")
    return [
        same("article_id_code").alias("same_article"),
        (differs("kind") & ~_both("kind", COUNTED)).alias("kind_differs"),
        ((same_number | same_span) & ~opposed).alias("same_value"),
        _independent().alias("independent"),
        _place_differs().alias("place_differs"),
        (timed & ~days & ~running & ~_days_meet()).alias("period_differs"),
        (days | _days_meet()).alias("same_days"),
        _actor_differs().alias("actor_differs"),
        _measure_known().alias("measures_known"),
        (pl.col("is_share_a") != pl.col("is_share_b")).alias("part_and_whole"),
        (_across("scope", DISTRIBUTIVE, ("total", "some"))).alias("scope_apart"),
        _one_root().alias("one_root"),
        _later().alias("later_b"),
        *(_is_told_part(one, other).alias(f"told_part_{one}") for one, other in ("ab", "ba")),
        *(_is_answered(one, other).alias(f"answered_{one}") for one, other in ("ab", "ba")),
        pl.max_horizontal("read_low_a", "read_low_b").alias("meet_low"),
        pl.min_horizontal("read_high_a", "read_high_b").alias("meet_high"),
    ]  # fmt: skip


def _more_facts(policy: Policy) -> list[pl.Expr]:
    """Where the two intervals lie to each other, and whether the two sides speak of one incident and one thing."""
    low, high = pl.col("meet_low"), pl.col("meet_high")
    open_low = ((pl.col("read_low_a") == low) & pl.col("read_low_open_a")) | (
        (pl.col("read_low_b") == low) & pl.col("read_low_open_b")
    )
    open_high = ((pl.col("read_high_a") == high) & pl.col("read_high_open_a")) | (
        (pl.col("read_high_b") == high) & pl.col("read_high_open_b")
    )
    slack = (
        pl.when(pl.col("rate").is_not_null())
        .then(high.abs() * policy.exchange.tolerance_pct / 100)
        .otherwise(0.0)
    )
    one_incident = same("incident")
    placed = (~unknown("place_code") & ~pl.col("place_differs")) | same("country")
    alone = pl.col("independent") & placed & pl.col("same_days")
    one_measure = (same("measure_code") & pl.col("measures_known")) | pl.col("aligned") | (
        same("measure_code") & (pl.col("same_article") | (same("noun") | unknown("noun")))
    )
    return [
        (differs("incident") & ~pl.col("incident_open") & ~alone).alias("event_apart"),
        (differs("measure_code") & pl.col("measures_known") & ~pl.col("aligned")).alias("measure_differs"),
        one_measure.alias("one_measure"),
        ((low < high + slack) | ((low == high) & ~open_low & ~open_high)).fill_null(False).alias("meets"),
        ((low == high) & (pl.col("point_a") == pl.col("point_b"))).fill_null(False).alias("touches"),
        (one_incident | alone).alias("same_event"),
        one_incident.alias("one_incident"),
        (pl.col("kind_a").eq("money") & differs("unit") & pl.col("rate").is_null())
        .fill_null(False)
        .alias("no_rate"),
        _unit_differs().alias("unit_differs"),
    ]


def _sameness() -> list[pl.Expr]:
    """Nothing known sets the two apart; and everything that has to be known is known and equal."""
    apart = (
        pl.any_horizontal("kind_differs", "unit_differs", "event_apart", "period_differs", "scope_apart")
        | pl.col("part_and_whole")
        | pl.col("measure_differs") | pl.col("place_differs") | differs("scope_code") | pl.col("actor_differs")
        | differs("subject_code")
        | (pl.col("rejected_a") != pl.col("rejected_b"))
    )  # fmt: skip
    complete = pl.col("one_measure") & ~_place_missing() & ~_period_missing()
    return [
        apart.alias("apart"),
        complete.fill_null(False).alias("complete"),
        _assumed().alias("assumed"),
        *_succession(),
    ]


def _independent() -> pl.Expr:
    """What both count is told of a place and a time, whatever brought it up: refugees, exports, a rate."""
    return pl.col("nature_a").is_in(INDEPENDENT) & same("measure_code")


def _measure_known() -> pl.Expr:
    return pl.col("known_measure_a") & pl.col("known_measure_b")


def _assumed() -> pl.Expr:
    """The fields that one side leaves out, and that the incident or the other side's words give it."""
    told = {
        "measure": pl.col("aligned") & ~(pl.col("measures_known") & same("measure_code")),
        "unit": one_sided("unit"),
        "place": one_sided("place_code"),
        "period": one_sided("timed"),
        "scope": differs("scope_code"),
        "subject": one_sided("subject_code"),
    }
    named = pl.concat_list(
        [pl.when((fired & pl.col("one_incident")).fill_null(False)).then(pl.lit(name)) for name, fired in told.items()]
    )
    return named.list.drop_nulls()


def _succession() -> list[pl.Expr]:
    """Which of two figures of a running count is the later one of the same owner.

    The owner is the witness; or the authorities, whichever of them speaks for the count and also an outlet that names
    nobody: a rising toll of theirs takes the place of the earlier one. A group or a witness who counts for himself does
    not speak for them.
    """
    running = _both("nature", (*RUNNING, LEVEL))
    authorities = pl.col("official_a") & pl.col("official_b") & pl.col("one_incident")
    either_way = pl.col("nature_a") == LEVEL
    told = either("cumulative")
    days = (pl.col("as_of_a") - pl.col("as_of_b")).dt.total_days().abs()
    whole = ~either("is_share")
    turns = _later_is_larger() | told | either_way
    succeeds = running & authorities & whole & pl.col("later_b").is_not_null() & turns & (days <= LONGEST_RUN)
    return [succeeds.fill_null(False).alias("succeeds")]


def _later() -> pl.Expr:
    """Whether the right side is the later one; of one day, the one that was published later or that says that it rose."""
    a, b = pl.col("as_of_a"), pl.col("as_of_b")
    rose = [pl.col(f"cumulative_{side}").fill_null(False) for side in "ab"]
    return (
        pl.when(a != b).then(b > a)
        .when(differs("published")).then(pl.col("published_b") > pl.col("published_a"))
        .when(rose[0] != rose[1]).then(rose[1])
    )  # fmt: skip


def _days_meet() -> pl.Expr:
    """Two spans of time that share a day and begin and end within a day of each other (a night has two dates), or one
    that goes on from the other's day."""
    apart = [
        (pl.col(f"{end}_a") - pl.col(f"{end}_b")).abs() <= pl.duration(days=1)
        for end in ("from_day", "to_day")
    ]
    shared = (pl.col("from_day_a") <= pl.col("to_day_b")) & (pl.col("from_day_b") <= pl.col("to_day_a"))
    since = same("from_day") & one_sided("to_day")
    return (apart[0] & apart[1] & shared).fill_null(False) | since


def _place_differs() -> pl.Expr:
    """Two places, neither of which is the country that the other one lies in."""
    within = (pl.col("place_a") == pl.col("country_b")) | (pl.col("place_b") == pl.col("country_a"))
    return differs("place_code") & ~within.fill_null(False)


def _place_missing() -> pl.Expr:
    """Only one side says where: within one incident that goes without saying, unless a part of it may be meant."""
    part = ~pl.col("same_value") & pl.col("independent")
    return one_sided("place_code") & (~same("incident") | part)


def _period_missing() -> pl.Expr:
    """Only one side says when, and the incident does not tell it: figures of two times may be meant."""
    return one_sided("timed") & (~same("incident") | (pl.col("independent") & ~pl.col("same_value")))


def _actor_differs() -> pl.Expr:
    """Two who act; but a state is nobody else than its own ministry, and "police" are anybody's."""
    anybody = pl.any_horizontal(
        pl.col(f"actor_{one}").str.ends_with(pl.concat_str(pl.lit(" "), f"actor_{other}"))
        for one, other in ("ab", "ba")
    )
    return (
        differs("actor_code") & ~(either("is_state") & same("actor_state_code")) & ~anybody.fill_null(False)
    )


def _one_root() -> pl.Expr:
    """One witness: of one name, or of a name that the other gives with more words behind it, for one place."""
    begins = pl.any_horizontal(
        pl.col(f"root_{one}").str.starts_with(pl.concat_str(f"root_{other}", pl.lit(" ")))
        for one, other in ("ab", "ba")
    )
    spoken = ~unknown("speaker_code") & same("place_code")
    return same("root_code") | (begins & spoken).fill_null(False)


def _is_answered(one: str, other: str) -> pl.Expr:
    """The other side's article rejects this side's number, and gives its own in place of it."""
    denied = (pl.col(f"denied_{other}") == pl.col(f"number_{one}")).fill_null(False)
    return denied & same("measure_code") & same("unit") & ~either("rejected") & ~same("article_id_code")


def _across(field: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> pl.Expr:
    """One side has a word of the one list, the other side a word of the other."""
    a, b = pl.col(f"{field}_a"), pl.col(f"{field}_b")
    return ((a.is_in(ours) & b.is_in(theirs)) | (b.is_in(ours) & a.is_in(theirs))).fill_null(False)


def _unit_differs() -> pl.Expr:
    """Two units, or two currencies that no rate joins, or a unit that is none of the other side's candidates."""
    money = _both("kind", ("money",))
    barred = [
        (pl.col(f"unit_{x}").is_null() & (pl.col(f"unit_candidates_{x}").list.len() > 0)
         & ~pl.col(f"unit_candidates_{x}").list.contains(pl.col(f"unit_{y}"))).fill_null(False)
        for x, y in ("ab", "ba")
    ]  # fmt: skip
    return (differs("unit") & (~money | pl.col("rate").is_null())) | barred[0] | barred[1]


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
        Rule("linked.stage_exceeds", "linked", nested & beyond & ~misread),
        Rule("linked.stage", "linked", nested & ~misread),
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


def _is_told_part(part: str, whole: str) -> pl.Expr:
    """This side is a part of what its own article gives as the whole, and the other side is that whole again: the same
    number of the same thing and event."""
    again = [
        (pl.col(f"whole_{name}_{part}") == pl.col(f"{name}_{whole}")).fill_null(False)
        for name in ("measure", "incident", "unit", "number")
    ]
    fits = (pl.col(f"read_low_{part}") <= pl.col(f"read_high_{whole}")).fill_null(False)
    own = pl.col(f"part_row_{part}").is_not_null() & ~same("article_id_code") & ~either("rejected")
    return pl.all_horizontal(*again) & fits & own & ~pl.col(f"is_share_{whole}") & ~same("number")


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


def _one_number() -> pl.Expr:
    """One incident, one thing, one number: "each" and "in all" are then two ways to say it, or one of them is misread."""
    return pl.col("one_incident") & pl.col("one_measure") & pl.col("same_value")


def _place_is_smaller() -> pl.Expr:
    """The side that names a place within the incident gives less, as a part must."""
    return pl.any_horizontal(
        pl.col(f"place_code_{one}").is_not_null() & (pl.col(f"read_high_{one}") < pl.col(f"read_low_{other}"))
        for one, other in ("ab", "ba")
    ).fill_null(False)


def _later_is_larger() -> pl.Expr:
    later_b = pl.col("later_b")
    larger_b = pl.col("point_b") > pl.col("point_a") * CLEARLY
    larger_a = pl.col("point_a") > pl.col("point_b") * CLEARLY
    return (later_b & larger_b) | (~later_b & larger_a)


def _undetermined() -> list[Rule]:
    def rule(name: str, reason: str | None, when: pl.Expr) -> Rule:
        return Rule(f"undetermined.{name}", "undetermined", when, reason)

    undated = unknown("as_of")
    answered = pl.col("answered_a") | pl.col("answered_b")
    unexplained = pl.col("same_article") & same("root_code") & ~pl.col("meets") & ~either("rejected")
    unlike = ~pl.col("meets") & ~answered & ~either("rejected")
    return [
        rule("unit", "unit", unknown("unit") & ~pl.col("aligned") & ~(pl.col("one_incident") & pl.col("one_measure"))),
        rule("measure", "measure", ~pl.col("one_measure")),
        rule("event", "event", ~pl.col("same_event")),
        rule("value", None, unknown("read_low") | unknown("read_high")),
        rule("place", "place", _place_missing()),
        rule("period", "period", _period_missing()),
        rule("part", "subject", either("is_share") & ~pl.col("same_value")),
        rule("subject", "subject", one_sided("subject_code") & unlike & ~pl.col("succeeds")),
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
    fell = ~_later_is_larger() & ~pl.col("meets")
    return [
        Rule("superseded.fallen", "superseded", (one_witness | pl.col("succeeds")) & told & fell),
        Rule("superseded.running", "superseded", one_witness & told),
        Rule("superseded.restated", "superseded", one_witness & not_said),
        Rule("superseded.risen", "superseded", pl.col("succeeds") & (~pl.col("meets") | (_later_is_larger() & _bounded()))),
    ]


def _bounded() -> pl.Expr:
    """The smaller one is a bound or exact: at least 27 on Monday, 34 on Tuesday. Two rounded numbers that meet agree."""
    return _both("qualifier", ("exact", "at_least", "more_than"))


def _met(policy: Policy) -> list[Rule]:
    points = _both("qualifier", POINTS) & ~unknown("number")
    alike = (_both("qualifier", LOWER) | _both("qualifier", UPPER)) & ~unknown("point")
    larger, smaller = _extent()
    within = (larger - smaller) <= larger * (policy.agree.within_pct / 100) + 1e-9 * larger
    same_sign = pl.col("point_a") * pl.col("point_b") >= 0
    rounds = (
        pl.lit(policy.agree.within_rounding)
        & _both("qualifier", ("exact",))
        & (_inside("a", "b") | _inside("b", "a"))
    )
    apart = same("root_code") | pl.col("same_article")
    size = larger / smaller
    return [
        Rule("compatible.one_witness", "compatible", pl.col("meets") & apart),
        Rule("compatible.subject", "compatible", pl.col("meets") & one_sided("subject_code")),
        Rule("agree.equal", "agree", points & (pl.col("point_a") == pl.col("point_b"))),
        Rule("agree.bound", "agree", alike & within & same_sign),
        Rule("agree.rounded", "agree", points & rounds),
        Rule("agree.near", "agree", points & within & same_sign),
        Rule("compatible.overlap", "compatible", pl.col("meets")),
        Rule("compatible.touch", "compatible", pl.col("touches")),
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
