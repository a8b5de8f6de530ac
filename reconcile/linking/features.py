"""Features: what two reports share and where they differ, each as one number or named state a pair."""

from __future__ import annotations

import polars as pl

from reconcile.linking.model import DIGITS, UNKNOWN, load_model
from reconcile.linking.reports import Reports

CROWD = 800  # reports that share a key: beyond, it tells of no one incident, and is not joined on
RARE_BITS = 8.0  # of a key that few reports can have by chance
LEAST_BITS = 5.0  # of a key on which candidates are sought
FEW_BITS = 15.0  # of a side that names or numbers so little, that it shares all of it tells nothing
LONG_WORDS = 120  # different words from which a report is long
PAIR = ("a", "b")
DAYS_APART = ("first days apart", "first days within a week")
NEWS_NEAR = ("same day", "next day", "within three days")
NEAR_DAYS = 2
NEWS_APART = ("further apart", "within weeks")


def candidate_pairs(r: Reports) -> pl.DataFrame:
    """`a, b` (a < b): reports that share a rare key of any kind; few enough reports are all set side by side."""
    if r.reports.height <= CROWD:
        rows = r.reports.select("report")
        return (
            rows.join(rows, how="cross", suffix="_b")
            .filter(pl.col("report") < pl.col("report_b"))
            .rename({"report": "a", "report_b": "b"})
        )
    tables = (r.names, r.spellings, r.places, r.numbers, _days_of_places(r))
    rare = [table.select("report", "key", "bits").filter(pl.col("bits") >= LEAST_BITS) for table in tables]
    few = [table.filter(pl.len().over("key") <= CROWD) for table in rare]
    return pl.concat([_met(table).select(PAIR) for table in few]).unique()


def _days_of_places(r: Reports) -> pl.DataFrame:
    """`report, key, bits`: each country of a lead with each day that its report names or is of."""
    published = r.reports.select("report", pl.col("published").alias("day"))
    days = pl.concat([r.days.select("report", "day"), published]).drop_nulls().unique()
    where = r.countries.filter("lead").select("report", "key")
    return where.join(days, on="report").select(
        "report", pl.format("{} {}", "key", "day").alias("key"), bits=LEAST_BITS
    )


def _met(table: pl.DataFrame) -> pl.DataFrame:
    """The pairs of reports for each key that they share, `a < b`, with its columns on both sides."""
    return (
        table.join(table, on="key", suffix="_b")
        .filter(pl.col("report") < pl.col("report_b"))
        .rename({"report": "a", "report_b": "b"})
    )


def _shared(pairs: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """For each pair every key that both reports have."""
    if pairs.height * 20 > table.height**2 / max(1, table.get_column("key").n_unique()):
        return _met(table).join(pairs, on=PAIR, how="semi")
    return pairs.join(table, left_on="a", right_on="report").join(
        table, left_on=["b", "key"], right_on=["report", "key"], suffix="_b"
    )


def _sum(pairs: pl.DataFrame, table: pl.DataFrame, name: str, wanted: pl.Expr | None = None) -> pl.DataFrame:
    shared = _shared(pairs, table)
    if wanted is not None:
        shared = shared.filter(wanted)
    rare = (pl.col("bits") >= RARE_BITS).sum().alias(f"{name}_rare")
    return shared.group_by(PAIR).agg(_total(pl.col("bits")).alias(name), rare)


def _total(bits: pl.Expr) -> pl.Expr:
    """The sum, to the digits that are the same whatever the threads do."""
    return bits.sum().round(DIGITS)


def _norm(table: pl.DataFrame) -> pl.DataFrame:
    return table.group_by("report").agg(_total(pl.col("bits") ** 2).sqrt().alias("norm"))


def features(r: Reports, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with what the comparisons of the model ask: bits and shares of what both name, cosines of their words,
    and how places, days, publication and kinds stand to each other. Null where one side says nothing."""
    lead = pl.col("lead") & pl.col("lead_b")
    found = _with_sides(pairs, r)
    for name, table, wanted in (
        ("names", r.names, None),
        ("names_lead", r.names, lead),
        ("spelt", r.spellings, pl.col("arabic") != pl.col("arabic_b")),
        ("numbers", r.numbers, None),
        ("things", r.things, None),
    ):
        found = found.join(_sum(pairs, table, name, wanted), on=PAIR, how="left")
    for name, table in (("names", r.names), ("numbers", r.numbers), ("things", r.things)):
        totals = table.group_by("report").agg(_total(pl.col("bits")).alias("total"))
        for side in PAIR:
            found = found.join(
                totals.rename({"report": side, "total": f"{name}_{side}"}), on=side, how="left"
            )
    alike = _cosine(pairs, r, r.words, "cosine"), _cosine(pairs, r, r.titles, "title")
    found = found.join(alike[0], on=PAIR, how="left").join(alike[1], on=PAIR, how="left")
    for step in (_with_places, _with_sites, _with_days, _with_happenings):
        found = step(found, pairs, r)
    found = _with_lasting(found)
    return found.with_columns(_shares()).with_columns(together(), _setting()).sort(PAIR)


def _shares() -> list[pl.Expr]:
    """Sums of shared bits, zero where both sides have something and share none, and as shares of the poorer side."""
    cross = pl.col("arabic_a") != pl.col("arabic_b")
    counted = ("names", "numbers", "things")
    named, numbered, told = (
        pl.all_horizontal((pl.col(f"{name}_{side}") > 0).fill_null(False) for side in PAIR)
        for name in counted
    )
    poorer = {name: pl.min_horizontal(f"{name}_a", f"{name}_b") for name in counted}
    shared = {name: pl.col(name).fill_null(0.0) for name in (*counted, "names_lead", "names_rare", "spelt")}
    return [
        *(
            pl.when(named & ~cross).then(shared[name]).alias(name)
            for name in ("names", "names_lead", "names_rare")
        ),
        pl.when(named & ~cross & (poorer["names"] >= FEW_BITS))
        .then(shared["names"] / poorer["names"])
        .alias("names_share"),
        pl.when(named & cross).then(shared["spelt"]).alias("spelt"),
        pl.when(numbered).then(shared["numbers"]).alias("numbers"),
        pl.when(told).then(shared["things"]).alias("things"),
        pl.when(told & (poorer["things"] >= FEW_BITS))
        .then(shared["things"] / poorer["things"])
        .alias("things_share"),
        pl.when(numbered & (poorer["numbers"] >= FEW_BITS))
        .then(shared["numbers"] / poorer["numbers"])
        .alias("numbers_share"),
    ]


def together() -> pl.Expr:
    """Place and time in one: two reports of one town and day are rather of one incident than either says alone."""
    where = (
        pl.when(pl.col("place").str.contains("both leads")).then(pl.lit("city"))
        .when(pl.col("place") == "other cities").then(pl.lit("elsewhere"))
        .when(pl.col("place") == UNKNOWN).then(pl.lit("somewhere"))
        .otherwise(pl.lit("near"))
    )  # fmt: skip
    when = (
        pl.when(pl.col("day").is_in(["same first day", "an older day in both"])).then(pl.lit("one day"))
        .when(pl.col("day").is_in(DAYS_APART)).then(pl.lit("days apart"))
        .when(pl.col("published").is_in(NEWS_NEAR)).then(pl.lit("news of days"))
        .when(pl.col("published").is_in(NEWS_APART)).then(pl.lit("news of weeks"))
        .otherwise(pl.lit("any day"))
    )  # fmt: skip
    told = pl.concat_str(where, pl.lit(", "), when)
    return pl.when(told != "somewhere, any day").then(told).alias("together")


def _setting() -> pl.Expr:
    """In what texts all this is found: weights of long dated reports fail on short ones, and between languages."""
    one = pl.col("language_a") == pl.col("language_b")
    short = pl.min_horizontal("n_words_a", "n_words_b").fill_null(0) < LONG_WORDS
    dated = pl.all_horizontal(pl.col(f"published_{side}").is_not_null() for side in PAIR)
    length = (
        pl.when(~one)
        .then(pl.lit("between languages"))
        .when(short)
        .then(pl.lit("short"))
        .otherwise(pl.lit("long"))
    )
    return pl.concat_str(
        length, pl.lit(", "), pl.when(dated).then(pl.lit("dated")).otherwise(pl.lit("undated"))
    ).alias("setting")


def _with_sides(pairs: pl.DataFrame, r: Reports) -> pl.DataFrame:
    length = r.words.group_by("report").len("n_words")
    sides = r.reports.select("report", "published", "language", "arabic", "main_day").join(
        length, on="report", how="left"
    )
    found = pairs
    for side in PAIR:
        found = found.join(
            sides.rename({c: f"{c}_{side}" for c in sides.columns if c != "report"}).rename({"report": side}),
            on=side,
        )
    return found


def _cosine(pairs: pl.DataFrame, r: Reports, words: pl.DataFrame, name: str) -> pl.DataFrame:
    """How alike the words of two reports of one language are, each by its rarity."""
    telling = words.filter(pl.col("bits") >= 2)
    language = r.reports.select("report", "language")
    within = (
        pairs.join(language, left_on="a", right_on="report")
        .join(language, left_on="b", right_on="report", suffix="_b")
        .filter(pl.col("language") == pl.col("language_b"))
        .select(PAIR)
    )
    dots = _shared(within, telling).group_by(PAIR).agg(_total(pl.col("bits") * pl.col("bits_b")).alias("dot"))
    norm = _norm(telling)
    return (
        within.join(dots, on=PAIR, how="left")
        .join(norm, left_on="a", right_on="report")
        .join(norm, left_on="b", right_on="report", suffix="_b")
        .select(*PAIR, (pl.col("dot").fill_null(0.0) / (pl.col("norm") * pl.col("norm_b"))).alias(name))
    )


def _with_places(found: pl.DataFrame, pairs: pl.DataFrame, r: Reports) -> pl.DataFrame:
    """`place`: what title, lead and text say of where: the state of the pair, the nearest first."""
    shared = _shared(pairs, r.places)
    both = pl.col("lead") & pl.col("lead_b")
    either = pl.col("lead") | pl.col("lead_b")
    cities = shared.group_by(PAIR).agg(
        pl.when(both).then("bits").max().alias("city_lead"),
        pl.when(either).then("bits").max().alias("city_near"),
        pl.col("bits").max().alias("city"),
    )
    countries = (
        _shared(pairs, r.countries)
        .group_by(PAIR)
        .agg(
            both.any().alias("country_lead"),
            pl.lit(True).alias("country"),
        )
    )
    has = r.places.group_by("report").agg(pl.col("lead").any().alias("placed"))
    stated = r.countries.group_by("report").agg(pl.col("lead").any().alias("stated"))
    joined = found.join(cities, on=PAIR, how="left").join(countries, on=PAIR, how="left")
    for side in PAIR:
        joined = joined.join(has.rename({"report": side, "placed": f"placed_{side}"}), on=side, how="left")
        joined = joined.join(stated.rename({"report": side, "stated": f"stated_{side}"}), on=side, how="left")
    placed = [pl.col(f"placed_{side}").fill_null(False) for side in PAIR]
    stated_both = [pl.col(f"stated_{side}").fill_null(False) for side in PAIR]
    return joined.with_columns(
        pl.when(pl.col("city_lead") >= 7).then(pl.lit("rare city in both leads"))
        .when(pl.col("city_lead").is_not_null()).then(pl.lit("city in both leads"))
        .when(pl.col("city_near").is_not_null()).then(pl.lit("city of one lead"))
        .when(pl.col("city").is_not_null()).then(pl.lit("city in both texts"))
        .when(placed[0] & placed[1]).then(pl.lit("other cities"))
        .otherwise(pl.lit(UNKNOWN))
        .alias("place"),
        pl.when(pl.col("country_lead")).then(pl.lit("country in both leads"))
        .when(pl.col("country")).then(pl.lit("country"))
        .when(stated_both[0] & stated_both[1]).then(pl.lit("other countries"))
        .otherwise(pl.lit(UNKNOWN))
        .alias("where"),
    )  # fmt: skip


def _with_sites(found: pl.DataFrame, pairs: pl.DataFrame, r: Reports) -> pl.DataFrame:
    """`site`: whether the leads name one camp, village, firm or ship, or two of one kind."""
    kinds = (
        r.sites.select("report", pl.col("kind").alias("key"))
        .unique()
        .with_columns(pl.lit(True).alias("lead"))
    )
    both = _shared(pairs, kinds).select(PAIR).unique().with_columns(pl.lit(True).alias("one_kind_of_site"))
    same = (
        _shared(pairs, r.sites.select("report", "key").unique())
        .select(PAIR)
        .unique()
        .with_columns(pl.lit(True).alias("one_site"))
    )
    readings = r.sites.select("report", pl.col("key").str.split(" ").list.last().alias("key")).unique()
    spelt = pl.concat([r.spellings.select("report", "key"), readings]).unique()
    told = [
        _shared_keys(pairs, readings, spelt, order)
        .select(PAIR)
        .unique()
        .with_columns(pl.lit(True).alias(f"told_{order[0]}"))
        for order in (("a", "b"), ("b", "a"))
    ]
    joined = found
    for table in (both, same, *told):
        joined = joined.join(table, on=PAIR, how="left")
    return joined.with_columns(
        pl.when(pl.col("one_site")).then(pl.lit("one site"))
        .when(pl.col("one_kind_of_site") & (pl.col("told_a") |
        pl.col("told_b")).fill_null(False)).then(pl.lit("named in both"))
        .when(pl.col("one_kind_of_site")).then(pl.lit("other sites"))
        .otherwise(pl.lit(UNKNOWN))
        .alias("site")
    ).drop("told_a", "told_b")  # fmt: skip


def _shared_keys(
    pairs: pl.DataFrame, ours: pl.DataFrame, theirs: pl.DataFrame, order: tuple[str, str]
) -> pl.DataFrame:
    """The pairs of which one report has a key of `ours` that the other one has among `theirs`."""
    one, other = order
    return pairs.join(ours, left_on=one, right_on="report").join(
        theirs, left_on=[other, "key"], right_on=["report", "key"]
    )


def _with_days(found: pl.DataFrame, pairs: pl.DataFrame, r: Reports) -> pl.DataFrame:
    """`day`: what the days that both name say of when; `published`: how far apart the reports are."""
    days = r.days.with_columns(pl.lit(True).alias("lead")).rename({"day": "key"})
    shared = _shared(pairs, days).group_by(PAIR).agg(pl.len().alias("days"))
    sides = r.reports.select("report", "published")
    old = (
        _shared(pairs, days)
        .join(sides, left_on="a", right_on="report")
        .join(sides, left_on="b", right_on="report", suffix="_b")
        .filter(pl.col("key") < pl.max_horizontal("published", "published_b") - pl.duration(days=7))
        .group_by(PAIR)
        .agg(pl.lit(True).alias("old_day"))
    )
    has = r.days.group_by("report").agg(pl.len().alias("n_days"))
    joined = found.join(shared, on=PAIR, how="left").join(old, on=PAIR, how="left")
    for side in PAIR:
        joined = joined.join(has.rename({"report": side, "n_days": f"n_days_{side}"}), on=side, how="left")
    main = (pl.col("main_day_a") - pl.col("main_day_b")).dt.total_days().abs()
    apart = (pl.col("published_a") - pl.col("published_b")).dt.total_days().abs()
    known = pl.col("n_days_a").is_not_null() & pl.col("n_days_b").is_not_null()
    return joined.with_columns(
        pl.when(pl.col("old_day")).then(pl.lit("an older day in both"))
        .when(main == 0).then(pl.lit("same first day"))
        .when(pl.col("days").is_not_null()).then(pl.lit("a day in both"))
        .when(main <= 2).then(pl.lit("first days near"))
        .when(main <= 7).then(pl.lit("first days within a week"))
        .when(main.is_not_null()).then(pl.lit("first days apart"))
        .when(known).then(pl.lit("other days"))
        .otherwise(pl.lit(UNKNOWN))
        .alias("day"),
        pl.when(apart == 0).then(pl.lit("same day"))
        .when(apart == 1).then(pl.lit("next day"))
        .when(apart <= 3).then(pl.lit("within three days"))
        .when(apart <= 10).then(pl.lit("within ten days"))
        .when(apart <= 45).then(pl.lit("within weeks"))
        .when(apart > 45).then(pl.lit("further apart"))
        .otherwise(pl.lit(UNKNOWN))
        .alias("published"),
    )  # fmt: skip


def _with_happenings(found: pl.DataFrame, pairs: pl.DataFrame, r: Reports) -> pl.DataFrame:
    """`kind`: whether titles and leads name one kind of incident, and of kinds that a country seldom has two of in a
    week, whether in the same days of one country, or on other days."""
    kinds = r.happenings.with_columns(pl.lit(True).alias("lead"))
    rare = pl.col("key").is_in(load_model().rare_kinds).any().alias("rare_kind")
    lasts = pl.col("key").is_in(load_model().lasting).any().alias("lasts")
    shared = _shared(pairs, kinds).group_by(PAIR).agg(pl.lit(True).alias("one_kind"), rare, lasts)
    has = kinds.group_by("report").agg(pl.lit(True).alias("told"))
    joined = found.join(shared, on=PAIR, how="left")
    for side in PAIR:
        joined = joined.join(has.rename({"report": side, "told": f"told_{side}"}), on=side, how="left")
    days = (pl.col("main_day_a") - pl.col("main_day_b")).dt.total_days().abs()
    other_days = (days > NEAR_DAYS) & ~pl.col("lasts")
    near = (days <= NEAR_DAYS) | (days.is_null() & pl.col("published").is_in(NEWS_NEAR))
    country = pl.col("where").is_in(["country", "country in both leads"])
    return joined.with_columns(
        pl.when(pl.col("rare_kind") & other_days).then(pl.lit("one rare kind on other days"))
        .when(pl.col("rare_kind") & near & country).then(pl.lit("one rare kind in days of one country"))
        .when("one_kind").then(pl.lit("one kind"))
        .when(pl.col("told_a") & pl.col("told_b")).then(pl.lit("other kinds"))
        .otherwise(pl.lit(UNKNOWN))
        .alias("kind")
    )  # fmt: skip


def _with_lasting(found: pl.DataFrame) -> pl.DataFrame:
    """`day` and `published` unknown where they lie apart and both reports tell of what goes on for weeks."""
    apart = (pl.col("day").is_in(DAYS_APART), pl.col("published").is_in(NEWS_APART))
    return found.with_columns(
        pl.when(pl.col("lasts") & far).then(pl.lit(UNKNOWN)).otherwise(name).alias(name)
        for name, far in zip(("day", "published"), apart, strict=True)
    )
