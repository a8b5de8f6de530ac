"""The sections of a language file: which become which category of senses, and what their keys mean.

Adding a kind of word to the grammar is a line here; adding a word is a line in the rule file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Section(NamedTuple):
    """A section of a rule file (`dates.parts`): a list of words, or words by key whose sense `value` makes of it."""

    path: str
    category: str
    value: Callable[[Any], Any] | None = None  # None: a plain list, whose words stand for themselves


def _bounds(key: str) -> tuple[float, float]:
    low, _, high = key.partition("-")
    return float(low), float(high)


def _kind(kind: str) -> Callable[[Any], Any]:
    return lambda value: (int(value), kind)


_DATE_LISTS = """
    day_words month_words year_words years_dual quarter_words half_words decade_words century_words
    of day_of in date_prefixes open_end until by_end span_end after ago last next this final same previous
    clock_words clock_hours zones year_preps month_preps earlier
    first_day two_days before_era weekend_words slash_preps beginnings ahead back turn passive no_verb following
"""
KEYED = (
    Section("numbers.ones", "num", _kind("unit")),
    Section("numbers.teens", "num", _kind("teen")),
    Section("numbers.tens", "num", _kind("tens")),
    Section("numbers.hundreds", "num", _kind("hundreds")),
    Section("scale_short", "scale_short", float),
    Section("vague", "vague", _bounds),
    Section("fractions", "fraction", float),
    Section("ratios.multiples", "multiple", float),
    Section("fraction_plurals", "fraction_plural", float),
    Section("hedges", "hedge", str),
    Section("hedges_after", "hedge_after", str),
    Section("hedge_verbs", "hedge_verb", str),
    Section("hedge_verbs_linked", "hedge_verb_linked", str),
    Section("hedge_verbs_to", "hedge_verb_to", str),
    Section("units_before", "unit_before", str),
    Section("ordinals", "ordinal", int),
    Section("dates.weekdays", "weekday", int),
    Section("dates.weekday_bare", "weekday_bare", int),
    Section("dates.decades", "decade", int),
    Section("dates.quarter_short", "quarter_short", int),
    Section("dates.half_short", "half_short", int),
    Section("dates.seasons", "season", str),
    Section("dates.parts", "part", str),
    Section("dates.eras", "era", str),
    Section("dates.relative_days", "relative_day", int),
    Section("dates.clock_parts", "clock_part", str),
    Section("dates.told_years", "told_year", int),
    Section("dates.told_days", "told_day", int),
)
LISTED = (
    Section("numbers.articles", "article"),
    Section("numbers.bare_one", "bare_one"),
    Section("numbers.partitive_one", "partitive_one"),
    Section("numbers.counts_one", "counts_one"),
    Section("numbers.unlikely_alone", "unlikely"),
    Section("fraction_ambiguous", "fraction_ambiguous"),
    Section("fraction_less", "less"),
    Section("few", "few"),
    Section("decimal_words", "point"),
    Section("minus", "minus"),
    Section("minus_of_degrees", "minus_of_degrees"),
    Section("minus_after", "minus_after"),
    Section("hedge_fillers", "filler"),
    Section("percent", "percent"),
    Section("percent_points", "percent_points"),
    Section("partitive", "partitive"),
    Section("partitive_of_one", "partitive_of_one"),
    Section("part_links", "part_link"),
    Section("figure_links", "figure_link"),
    Section("inclusions", "inclusion"),
    Section("link_followers", "link_follower"),
    Section("determiners", "determiner"),
    Section("count_heads", "count_head"),
    Section("tolls", "toll"),
    Section("people", "people"),
    Section("auxiliaries", "auxiliary"),
    Section("below_zero", "below_zero"),
    Section("lasting", "lasting"),
    Section("rate_heads", "rate_head"),
    Section("rate_links", "rate_link"),
    Section("people_before", "people_before"),
    Section("stop", "stop"),
    Section("ages", "age"),
    Section("coins", "coin"),
    Section("rates_barred_before", "rate_barred"),
    Section("ordinal_heads", "ordinal_head"),
    Section("ordinal_fillers", "ordinal_filler"),
    Section("ordinal_links", "ordinal_link"),
    Section("ordinal_after_names", "ordinal_after_name"),
    Section("ordinal_names", "ordinal_name"),
    Section("hedge_links", "hedge_link"),
    Section("hedge_marks", "hedge_mark"),
    Section("hedges_of_change", "hedge_of_change"),
    Section("others", "other"),
    Section("counted_pronouns", "counted_pronoun"),
    Section("people_heads", "people_head"),
    Section("sums", "sum_head"),
    Section("manners", "manner"),
    Section("labels", "label"),
    Section("labels_of_names", "label_of_name"),
    Section("labels_after", "label_after"),
    Section("number_words", "number_word"),
    Section("number_words", "label"),
    Section("streets", "street"),
    Section("streets_before", "street_before"),
    Section("auxiliaries_many", "auxiliary_many"),
    Section("exact", "exact"),
    Section("ordinal_digits", "ordinal_suffix"),
    Section("ranges.between", "range_between"),
    Section("ranges.between_and", "range_between_and"),
    Section("ranges.from", "range_from"),
    Section("ranges.to", "range_to"),
    Section("ranges.or", "range_or"),
    Section("ranges.change_verbs", "range_change_verbs"),
    Section("ranges.falls", "change_falls"),
    Section("ranges.neutral", "change_neutral"),
    Section("ranges.upward", "change_upward"),
    Section("ranges.sizes", "change_size"),
    Section("ranges.levels", "level_verb"),
    Section("ratios.out_of", "ratio_out_of"),
    Section("ratios.in", "ratio_in"),
    Section("ratios.times", "times"),
    Section("ratios.after_multiple", "after_multiple"),
    Section("counted_fillers", "counted_filler"),
    Section("hedge_subjects", "hedge_subject"),
    Section("hedge_subject_links", "hedge_subject_link"),
    Section("page.caption", "page_caption"),
    Section("page.counters", "page_counters"),
    Section("page.part", "page_part"),
    Section("page.copyright", "page_copyright"),
    Section("page.related", "page_related"),
    Section("page.date_labels", "page_date_labels"),
    Section("dates.ambiguous_months", "month_ambiguous"),
    Section("dates.months_as_names", "month_name"),
    Section("dates.day_parts", "day_part"),
    Section("dates.noons", "clock_noon"),
    Section("dates.week_starts", "week_starts"),
    Section("dates.week_ends", "week_ends"),
    Section("dates.relative_days_weak", "weak"),
    *(Section(f"dates.{name}", f"date_{name}") for name in _DATE_LISTS.split()),
)
# What the grammar asks of a language besides words, and the sections that code reads by itself.
_SETTINGS = """
    language script digits clitics numbers scales dozen ordinals ordinal_ones_variants ordinal_after_noun
    noun_phrase capitalised_people tanwin possessives possessives_of_parts possessive_changes inflection idioms
    dates ranges ratios page fraction_added hedge_only_before_number lone_endings dual_marks hedge_verb_reach
    span_hedges fraction_mark participle_endings participles hedge_contractions specification_endings imperfect_verbs
    money_scales labels_as_written people_verbs
"""
SETTINGS = frozenset(_SETTINGS.split())
REQUIRED = (
    "language",
    "script",
    "digits",
    "clitics",
    "numbers",
    "scales",
    "hedges",
    "ranges",
    "dates",
    "inflection",
)
# Two senses that no word may have at once: the grammar could not tell which is meant.
EXCLUSIVE = (("hedge", "num"), ("hedge", "mult"), ("hedge", "dual"), ("hedge", "month"), ("stop", "mult"))
