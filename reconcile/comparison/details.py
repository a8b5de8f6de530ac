"""Details: for each verdict one sentence that a report can print, from the template of the rule that fired."""

from __future__ import annotations

import polars as pl

from reconcile.comparison.policy import Policy
from reconcile.comparison.scales import MEASURED
from reconcile.comparison.wording import (
    capitalised,
    day_text,
    filled,
    filled_if,
    number_text,
    placeholders,
    plural,
    quoted,
    readable,
    with_figures,
    with_unit,
    words,
)
from reconcile.errors import RuleError

FIRST, DISTANCE = "first", "{distance}"
LATIN = r"^[A-Za-z]"
MISSING = {
    "undetermined.unit": "unit", "undetermined.measure": "measure_code", "undetermined.event": "incident",
    "undetermined.place": "place_code", "undetermined.as_of": "as_of", "undetermined.period": "timed",
    "undetermined.subject": "subject_code", "undetermined.value": "read_low",
}  # fmt: skip


def with_details(judged: pl.DataFrame, texts: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """`left, right, verdict, reason, detail, look_alike, gap_ratio, rule` of the judged pairs, in their order.

    `texts` holds what `side_texts()` makes of the statements.
    """
    groups = judged.with_row_index("_pair").partition_by("rule", maintain_order=True)
    kept = ("_pair", "left", "right", "verdict", "reason", "look_alike", "gap_ratio", "assumed", "rule")
    told = [
        group.select(kept).with_columns(_sentence(group, texts, policy).alias("detail")) for group in groups
    ]
    return (
        pl.concat(told)
        .sort("_pair")
        .select("left", "right", "verdict", "reason", "detail", "look_alike", "gap_ratio", "assumed", "rule")
    )


def side_texts(stated: pl.DataFrame) -> pl.DataFrame:
    """What a sentence may say of a statement: one text column each, row by row."""
    return with_figures(stated).select(text.alias(name) for name, text in _side_texts().items())


def _sentence(group: pl.DataFrame, texts: pl.DataFrame, policy: Policy) -> pl.Series:
    """The sentences of pairs that one rule decided."""
    rule = group.item(0, "rule")
    template = words()["verdicts"].get(rule)
    if template is None:
        raise RuleError(f"details.yml: verdicts: {rule}", "the rule has no sentence", "add one")
    names = sorted(_needed(template) & set(texts.columns))
    told = [
        texts.select(names)[group.get_column(row)].select(
            pl.all().name.prefix("say_").name.suffix(f"_{side}")
        )
        for row, side in (("left", "a"), ("right", "b"))
    ]
    wide = pl.concat([_with_distance(group) if DISTANCE in template else group, *told], how="horizontal")
    parts = {f"{name}_{side}": _say(name, side) for name in names for side in "ab"}
    parts |= {name: part for name, part in _pair_parts(policy).items() if name in placeholders(template)}
    first = placeholders(template)[0]
    if template.startswith(f"{{{first}}}"):
        # Of the first part alone: the whole sentence is many times as long.
        template, parts[FIRST] = template.replace(first, FIRST, 1), capitalised(parts[first])
    sentence = filled(template, parts, f"details.yml: verdicts: {rule}")
    return wide.select(pl.concat_str(sentence, _rate(), _assumed(), ignore_nulls=True)).to_series()


# The texts of the two sides that a part of the pair as a whole is made of.
DRAWS_ON = {
    "a": ["figure"],
    "b": ["figure"],
    "part": ["figure", "what"],
    "whole": ["figure", "what"],
    "earlier": ["figure"],
    "later": ["figure"],
    "earlier_date": ["as_of"],
    "later_date": ["as_of"],
    "refuted": ["figure", "by"],
    "kept": ["figure", "by"],
    "refuter": ["refuter"],
    "bound": ["bound"],
    "whole_elsewhere": ["figure"],
    "part_elsewhere": ["figure"],
}


def _needed(template: str) -> set[str]:
    names = placeholders(template)
    of_sides = {name[:-2] for name in names if name.endswith(("_a", "_b"))}
    return of_sides.union(*(DRAWS_ON.get(name, []) for name in names))


def _say(name: str, side: str) -> pl.Expr:
    return pl.col(f"say_{name}_{side}")


def _side_texts() -> dict[str, pl.Expr]:
    """What a template may say of one side, from the columns of the statements and `with_figures()`."""
    unknown, joins, at = words()["unknown"], words()["joins"], words()["at"]
    place = pl.coalesce("outlet", "article_id")
    named = pl.when(
        pl.col("speaker").is_not_null() & ~place.str.contains(pl.col("speaker"), literal=True)
    ).then(filled(joins["from"], {"who": pl.col("speaker"), "where": place}))
    who = pl.coalesce(named, place)
    dated = filled(joins["dated"], {"from": who, "day": day_text(pl.col("as_of"))})
    return {
        "figure": pl.col("figure"),
        "plain": pl.col("plain"),
        "what": pl.coalesce("measure_en", _counted(), pl.lit(unknown["measure"])),
        "by": pl.when(pl.col("as_of").is_null()).then(who).otherwise(dated),
        "event": pl.coalesce("event_en", "label_en", readable(pl.col("event")), pl.lit(unknown["event"])),
        "place": pl.coalesce("place", pl.lit(unknown["place"])),
        "at": pl.coalesce(filled_if(pl.col("place"), at["known"], "place"), pl.lit(at["unknown"])),
        "period": _period(),
        "kind": pl.col("kind"),
        "scope": pl.col("scope").replace(words()["scopes"]),
        "subject": pl.coalesce("noun", pl.lit(unknown["subject"])),
        "actor": pl.coalesce("actor", pl.lit(unknown["actor"])),
        "as_of": pl.coalesce(day_text(pl.col("as_of")), pl.lit(unknown["date"])),
        "refuter": pl.col("refuted_by"),
        "bound": _bound(),
    }


def _counted() -> pl.Expr:
    """What a figure of no known measure counts: its noun, quoted where the rules do not know the word."""
    noun = pl.col("noun").fill_null(pl.when(pl.col("kind") != "money").then(pl.col("said_unit")))
    known = noun.str.contains(LATIN)
    named = pl.when(known).then(plural(noun.str.replace_all("_", " "))).otherwise(quoted(noun))
    text = pl.coalesce(named, pl.when(pl.col("measure").is_not_null()).then(pl.col("kind")))
    return filled_if(text, words()["unknown"]["counted"], "noun")


def _period() -> pl.Expr:
    forms = words()["periods"]
    parts = {"from": day_text(pl.col("from_day")), "to": day_text(pl.col("to_day"))}
    return (
        pl.when(pl.col("timed").is_null())
        .then(pl.lit(forms["none"]))
        .when(pl.col("to_day").is_null())
        .then(filled(forms["since"], parts))
        .when(pl.col("from_day").is_null())
        .then(filled(forms["until"], parts))
        .when(pl.col("from_day") == pl.col("to_day"))
        .then(filled(forms["day"], parts))
        .otherwise(filled(forms["days"], parts))
    )


def _bound() -> pl.Expr:
    """What of this side lets the other one be true as well."""
    forms = words()["bound"]
    parts = {
        "n": pl.col("plain"),
        "hedge": pl.coalesce("hedge", pl.col("qualifier").str.replace_all("_", " ")),
    }
    loose = ~pl.col("qualifier").is_in(["exact", "about", "almost"])
    return (
        pl.when(loose)
        .then(filled(forms["stated"], {**parts, "n": pl.col("figure")}))
        .when(pl.col("reading") == "hedged")
        .then(filled(forms["hedged"], parts))
        .when(pl.col("reading") == "rounded")
        .then(filled(forms["rounded"], parts))
    )


def _pair_parts(policy: Policy) -> dict[str, pl.Expr]:
    """What a template may say of the pair as a whole."""
    forms = words()
    points_at = (pl.col("part_row_a") == pl.col("right")).fill_null(False)
    pointed_at = (pl.col("part_row_b") == pl.col("left")).fill_null(False)
    a_is_part = (
        points_at
        | pl.col("told_part_a")
        | (~pointed_at & ((pl.col("narrower") == -1) | (pl.col("is_share_a") & ~pl.col("is_share_b"))))
    )
    a_first = pl.coalesce("later_b", pl.lit(True))
    a_falls = pl.col("rejected_a") | pl.col("answered_a")
    share = (
        pl.when(a_is_part)
        .then(pl.col("point_a") / pl.col("point_b"))
        .otherwise(pl.col("point_b") / pl.col("point_a"))
    )
    undated = pl.col("as_of_a").is_null() & pl.col("as_of_b").is_null()
    return {
        "a": _say("figure", "a"),
        "b": _say("figure", "b"),
        "part": pl.when(a_is_part).then(_labelled("a")).otherwise(_labelled("b")),
        "whole": pl.when(a_is_part).then(_labelled("b")).otherwise(_labelled("a")),
        "share": pl.when(share.is_finite()).then(filled(forms["share"], {"pct": _percent(share * 100)})).otherwise(
            pl.lit(forms["no_share"])
        ),
        "earlier": pl.when(a_first).then(_say("figure", "a")).otherwise(_say("figure", "b")),
        "later": pl.when(a_first).then(_say("figure", "b")).otherwise(_say("figure", "a")),
        "earlier_date": pl.when(a_first).then(_say("as_of", "a")).otherwise(_say("as_of", "b")),
        "later_date": pl.when(a_first).then(_say("as_of", "b")).otherwise(_say("as_of", "a")),
        "refuted": pl.when(a_falls).then(_attributed("a")).otherwise(_attributed("b")),
        "kept": pl.when(a_falls).then(_attributed("b")).otherwise(_attributed("a")),
        "refuter": pl.coalesce(_say("refuter", "a"), _say("refuter", "b"), pl.lit(forms["unknown"]["refuter"])),
        "bound": pl.coalesce(_say("bound", "a"), _say("bound", "b"), pl.lit(forms["bound"]["exact"])),
        "part_elsewhere": pl.when("is_share_a").then(_say("figure", "a")).otherwise(_say("figure", "b")),
        "whole_elsewhere": pl.when("is_share_a").then(_say("figure", "b")).otherwise(_say("figure", "a")),
        "distance": pl.col("distance"),
        "within": pl.lit(f"{policy.agree.within_pct:g} %"),
        "why_no_rate": pl.when(undated).then(pl.lit(forms["no_rate"]["undated"])),
        "missing_in": _missing(),
        "several_in": _several(),
    }  # fmt: skip


def _labelled(side: str) -> pl.Expr:
    return pl.concat_str(_say("figure", side), pl.lit(" ("), _say("what", side), pl.lit(")"))


def _attributed(side: str) -> pl.Expr:
    return pl.concat_str(_say("figure", side), pl.lit(" ("), _say("by", side), pl.lit(")"))


def _percent(share: pl.Expr) -> pl.Expr:
    return pl.when(share >= 10).then(share.round(0).cast(pl.Int64, strict=False).cast(pl.String)).otherwise(
        share.round_sig_figs(2).cast(pl.String)
    )  # fmt: skip


def _with_distance(group: pl.DataFrame) -> pl.DataFrame:
    """Add `distance`: how far apart the two are, in their unit, and how many times the one is the other; physical
    units, which may differ from each other, give the factor only. In steps: each text is made once."""
    forms = words()["distance"]
    unit = pl.when(pl.col("rate").is_not_null()).then("into").otherwise("unit_a")
    ratio = number_text(pl.col("gap_ratio").round_sig_figs(3))
    numbers = group.with_columns(number_text(pl.col("gap")).alias("_gap"), ratio.alias("_ratio"))
    told = with_unit(pl.col("_gap"), pl.col("gap"), unit, pl.col("kind_a"))
    gap, times = pl.col("_gap"), pl.col("_ratio")
    parts = {"gap": gap, "ratio": times}
    distance = (
        pl.when(gap.is_not_null() & times.is_not_null())
        .then(filled(forms["both"], parts))
        .when(times.is_not_null())
        .then(filled(forms["ratio"], parts))
        .otherwise(filled(forms["gap"], parts))
    )
    in_unit = numbers.with_columns(pl.when(~pl.col("kind_a").is_in(MEASURED)).then(told).alias("_gap"))
    return in_unit.with_columns(distance.alias("distance"))


def _missing() -> pl.Expr:
    """Which side lacks the field that the rule asks for."""
    forms = words()["missing"]
    text = pl.lit("")
    for rule, field in MISSING.items():
        a, b = pl.col(f"{field}_a").is_null(), pl.col(f"{field}_b").is_null()
        which = (
            pl.when(a & b)
            .then(pl.lit(forms["both"]))
            .when(a)
            .then(pl.lit(forms["a"]))
            .otherwise(pl.lit(forms["b"]))
        )
        text = pl.when(pl.col("rule") == rule).then(which).otherwise(text)
    return text


def _several() -> pl.Expr:
    """Whose article gives several figures."""
    forms = words()["several"]
    both = pl.col("unsettled_a") & pl.col("unsettled_b")
    one = pl.when("unsettled_a").then(pl.lit(forms["a"])).otherwise(pl.lit(forms["b"]))
    return pl.when(both).then(pl.lit(forms["both"])).otherwise(one)


def _assumed() -> pl.Expr:
    """What was taken from the incident, of two figures that were set against each other for it."""
    met = ~pl.col("verdict").is_in(["not_comparable", "undetermined", "linked"])
    told = filled(words()["assumed"], {"fields": pl.col("assumed").list.join(", ")})
    return pl.when(met & (pl.col("assumed").list.len() > 0)).then(told)


def _rate() -> pl.Expr:
    parts = {
        "from": pl.col("rate_from"), "into": pl.col("into"), "rate": pl.col("rate").round_sig_figs(5).cast(pl.String),
        "day": day_text(pl.col("rate_date")), "source": pl.col("rate_source"),
    }  # fmt: skip
    return pl.when(pl.col("rate").is_not_null()).then(filled(words()["rate"], parts))
