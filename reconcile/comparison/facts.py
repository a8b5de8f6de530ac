"""Facts: what is known of the two sides of a pair, one named column each, on which the rules of the verdicts are
built."""

from __future__ import annotations

import polars as pl

from reconcile.comparison.intervals import LOWER, UPPER
from reconcile.comparison.natures import INDEPENDENT, LEVEL, RUNNING
from reconcile.comparison.policy import Policy
from reconcile.linking.link import NAMED

DISTRIBUTIVE = ("each", "most")
COUNTED = ("count", "quantity")
ROUGH = ("about", "almost")
CLEARLY = 1.02  # times as much, from which a later figure is a risen one
LONGEST_RUN = 60  # days over which the count of one incident goes on


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


def both(field: str, words: tuple[str, ...]) -> pl.Expr:
    """Each side has one of the words."""
    return pl.col(f"{field}_a").is_in(words) & pl.col(f"{field}_b").is_in(words)


def facts() -> list[pl.Expr]:
    """What is known of the two sides apart from their numbers."""
    same_number = (pl.col("number_a") == pl.col("number_b")).fill_null(False)
    same_span = pl.col("number_a").is_null() & pl.col("number_b").is_null() & same("low") & same("high")
    opposed = across("qualifier", LOWER, UPPER) | across("qualifier", ROUGH, (*LOWER, *UPPER))
    timed = ~unknown("timed")
    days = (
        timed
        & pl.col("from_day_a").eq_missing(pl.col("from_day_b"))
        & pl.col("to_day_a").eq_missing(pl.col("to_day_b"))
    )
    running = timed & either("cumulative") & same("from_day")
    return [
        same("article_id_code").alias("same_article"),
        (differs("kind") & ~both("kind", COUNTED) & ~(pl.col("aligned") & _bare())).alias("kind_differs"),
        ((same_number | same_span) & ~opposed).alias("same_value"),
        _independent().alias("independent"),
        _place_differs().alias("place_differs"),
        ((timed & ~days & ~running & ~_days_meet()) | _day_of_span("a", "b") | _day_of_span("b",
        "a")).alias("period_differs"),
        (days | _days_meet()).alias("same_days"),
        _actor_differs().alias("actor_differs"),
        _measure_known().alias("measures_known"),
        (pl.col("is_share_a") != pl.col("is_share_b")).alias("part_and_whole"),
        (across("scope", DISTRIBUTIVE, ("total", "some"))).alias("scope_apart"),
        _one_root().alias("one_root"),
        _later().alias("later_b"),
        *(_is_told_part(one, other).alias(f"told_part_{one}") for one, other in ("ab", "ba")),
        *(_is_answered(one, other).alias(f"answered_{one}") for one, other in ("ab", "ba")),
        pl.max_horizontal("read_low_a", "read_low_b").alias("meet_low"),
        pl.min_horizontal("read_high_a", "read_high_b").alias("meet_high"),
    ]  # fmt: skip


def more_facts(policy: Policy) -> list[pl.Expr]:
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
    one_measure = (
        (same("measure_code") & pl.col("measures_known"))
        | pl.col("aligned")
        | (same("measure_code") & (pl.col("same_article") | (same("noun") | unknown("noun"))))
    )
    return [
        (_two_incidents() & (~pl.col("independent") | both("incident_basis", (NAMED,)))).alias("event_apart"),
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


def sameness() -> list[pl.Expr]:
    """Nothing known sets the two apart; and everything that has to be known is known and equal."""
    apart = (
        pl.any_horizontal("kind_differs", "unit_differs", "event_apart", "period_differs", "scope_apart")
        | pl.col("part_and_whole")
        | pl.col("measure_differs") | pl.col("place_differs") | differs("scope_code") | pl.col("actor_differs")
        | differs("subject_code")
        | (pl.col("rejected_a") != pl.col("rejected_b"))
    )  # fmt: skip
    complete = pl.col("one_measure") & ~place_missing() & ~period_missing()
    return [
        apart.alias("apart"),
        complete.fill_null(False).alias("complete"),
        _assumed().alias("assumed"),
        *_succession(),
    ]


def _bare() -> pl.Expr:
    """One side is a number of which its text does not say what it counts."""
    return pl.any_horizontal(
        (pl.col(f"kind_{side}") == "count") & pl.col(f"unit_{side}").is_null() & pl.col(f"noun_{side}").is_null()
        for side in "ab"
    ).fill_null(False)


def _two_incidents() -> pl.Expr:
    """Two incidents that the evidence does not leave open, or of which one side is of a time or place where the other
    side's known event was not."""
    outside = _outside_event("a", "b") | _outside_event("b", "a")
    return differs("incident") & (~pl.col("incident_open") | outside)


def _outside_event(named: str, other: str) -> pl.Expr:
    """The other side speaks of a time or place where this side's event, by all that is known of it, was not."""
    begins, ends, places = (
        pl.col(f"{field}_{named}") for field in ("event_from", "event_to", "event_places")
    )
    before = pl.min_horizontal(f"to_day_{other}", f"published_{other}") < begins
    after = pl.col(f"from_day_{other}") > ends
    place = pl.col(f"place_{other}")
    elsewhere = place.is_not_null() & (places.list.len() > 0) & ~places.list.contains(place)
    return before.fill_null(False) | after.fill_null(False) | elsewhere.fill_null(False)


def _independent() -> pl.Expr:
    """What both count is told of a place and a time, whatever brought it up: refugees, exports, a rate."""
    return pl.col("nature_a").is_in(INDEPENDENT) & same("measure_code")


def _measure_known() -> pl.Expr:
    return pl.col("known_measure_a") & pl.col("known_measure_b")


def _assumed() -> pl.Expr:
    """The fields that one side leaves out, and that the incident or the other side's words give it."""
    told = {
        "measure": pl.col("aligned") & ~same("measure_code"),
        "unit": one_sided("unit"),
        "place": one_sided("place_code"),
        "period": one_sided("timed"),
        "scope": across("scope", ("each",), ("total",)),
        "subject": one_sided("subject_code"),
    }
    named = pl.concat_list(
        [
            pl.when((fired & pl.col("one_incident")).fill_null(False)).then(pl.lit(name))
            for name, fired in told.items()
        ]
    )
    return named.list.drop_nulls()


def _succession() -> list[pl.Expr]:
    """Which of two figures of a running count is the later one of the same owner.

    The owner is the witness; or the authorities, whichever of them speaks for the count and also an outlet that names
    nobody: a rising toll of theirs takes the place of the earlier one; and whoever it is that says it rose. A
    group or a
    witness who counts for himself does not speak for them.
    """
    running = both("nature", (*RUNNING, LEVEL))
    told = either("cumulative")
    nobodys_own = pl.all_horizontal(pl.col(f"official_{side}").fill_null(True) for side in "ab")
    authorities = ((pl.col("official_a") & pl.col("official_b")) | (told & nobodys_own)) & pl.col("one_incident")
    either_way = pl.col("nature_a") == LEVEL
    days = (pl.col("as_of_a") - pl.col("as_of_b")).dt.total_days().abs()
    whole = ~either("is_share")
    turns = later_is_larger() | told | either_way
    succeeds = running & authorities & whole & pl.col("later_b").is_not_null() & turns & (days <= LONGEST_RUN)
    return [succeeds.fill_null(False).alias("succeeds")]


def _later() -> pl.Expr:
    """Whether the right side is the later one; of one day, the one that was published later or that says that it
    rose."""
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


def _day_of_span(day: str, span: str) -> pl.Expr:
    """This side is of a day or two, and the other one of a longer time: what happened on one of its days is not all."""
    begins, ends = (pl.col(f"said_{end}_{day}") for end in ("from", "to"))
    shorter = (
        pl.col(f"timed_{day}").is_null() & pl.col(f"timed_{span}") & pl.col(f"to_day_{span}").is_not_null()
    )
    inside = (begins >= pl.col(f"from_day_{span}")) & (ends <= pl.col(f"to_day_{span}"))
    return (shorter & inside & ~pl.col(f"cumulative_{day}").fill_null(False) & ~same("number")).fill_null(
        False
    )


def _place_differs() -> pl.Expr:
    """Two places, neither of which is the country that the other one lies in."""
    within = (pl.col("place_a") == pl.col("country_b")) | (pl.col("place_b") == pl.col("country_a"))
    return differs("place_code") & ~within.fill_null(False)


def place_missing() -> pl.Expr:
    """Only one side says where: within one incident that goes without saying, unless a part of it may be meant."""
    placed = pl.any_horizontal(
        pl.col(f"place_{side}") == pl.col(f"country_{side}") for side in "ab"
    ).fill_null(False)
    part = ~pl.col("same_value") & (pl.col("independent") | placed)
    return one_sided("place_code") & (~same("incident") | part)


def period_missing() -> pl.Expr:
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


def across(field: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> pl.Expr:
    """One side has a word of the one list, the other side a word of the other."""
    a, b = pl.col(f"{field}_a"), pl.col(f"{field}_b")
    return ((a.is_in(ours) & b.is_in(theirs)) | (b.is_in(ours) & a.is_in(theirs))).fill_null(False)


def _unit_differs() -> pl.Expr:
    """Two units, or two currencies that no rate joins, or a unit that is none of the other side's candidates."""
    money = both("kind", ("money",))
    barred = [
        (pl.col(f"unit_{x}").is_null() & (pl.col(f"unit_candidates_{x}").list.len() > 0)
         & ~pl.col(f"unit_candidates_{x}").list.contains(pl.col(f"unit_{y}"))).fill_null(False)
        for x, y in ("ab", "ba")
    ]  # fmt: skip
    return (differs("unit") & (~money | pl.col("rate").is_null())) | barred[0] | barred[1]


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


def later_is_larger() -> pl.Expr:
    """The later figure is clearly the larger one."""
    return _later_against("point_a", "point_b")


def later_is_smaller() -> pl.Expr:
    """The later figure is clearly the smaller one."""
    return _later_against("point_b", "point_a")


def _later_against(one: str, other: str) -> pl.Expr:
    later_b = pl.col("later_b")
    return (later_b & (pl.col(other) > pl.col(one) * CLEARLY)) | (
        ~later_b & (pl.col(one) > pl.col(other) * CLEARLY)
    )
