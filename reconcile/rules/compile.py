"""From a language's rule file to its lexicon: which section becomes which category of senses.

Adding a word is a line under a section; adding a kind of word is a section here. Forms that grammar builds (teens of
two words, glued hundreds, duals) are built here once, so the parser never takes words apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reconcile.errors import RuleError
from reconcile.rules.files import load_rules
from reconcile.rules.inflection import forms_of
from reconcile.rules.lexicon import Lexicon
from reconcile.rules.money import add_money
from reconcile.rules.senses import Mult, Noun, Unit

PERSON = "person"
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

# Sections whose words all get one category, and whose key is the value of the sense.
KEYED = {
    "fractions": ("fraction", float),
    "fraction_plurals": ("fraction_plural", float),
    "hedges": ("hedge", str),
    "hedges_after": ("hedge_after", str),
    "ordinals": ("ordinal", int),
}
# Sections that are plain lists of words, and the category that they get.
LISTED = {
    "few": "few",
    "fraction_less": "less",
    "decimal_words": "point",
    "minus": "minus",
    "hedge_fillers": "filler",
    "percent": "percent",
    "percent_points": "percent_points",
    "partitive": "partitive",
    "stop": "stop",
    "ages": "age",
    "exact": "exact",
    "ordinal_digits": "ordinal_suffix",
    "determiners": "determiner",
    "count_heads": "count_head",
    "tolls": "toll",
    "people": "people",
    "people_before": "people_before",
}


def compile_language(language: str, rules: dict[str, Any]) -> Lexicon:
    """The lexicon of one language from its own file and the shared tables; RuleError if a section is missing."""
    for key in REQUIRED:
        if key not in rules:
            raise RuleError(
                f"{language}.yml",
                f"section '{key}' is missing",
                "copy the section from en.yml and translate it",
            )
    lex = Lexicon(language, rules)
    lex.conjunctions = frozenset(rules["clitics"]["conjunctions"]) | frozenset(
        rules["numbers"].get("conjunction", [])
    )
    lex.prefixes = tuple(_prefixes(rules["clitics"]))
    lex.to_prefixes = frozenset(word for word in rules["ranges"]["to"] if len(word) == 1)
    for step in STEPS:
        step(lex, rules)
    lex.finish()
    return lex


def _words(section: Any, where: str) -> Iterator[str]:
    for word in section or []:
        if not isinstance(word, str):
            raise RuleError(where, f"{word!r} is not a word", "put it in quotes")
        yield word


def _simple(lex: Lexicon, rules: dict[str, Any]) -> None:
    for section, (category, cast) in KEYED.items():
        for value, words in (rules.get(section) or {}).items():
            for word in _words(words, f"{lex.language}.yml: {section}"):
                lex.add(word, category, cast(value))
    for section, category in LISTED.items():
        for word in _words(rules.get(section), f"{lex.language}.yml: {section}"):
            lex.add(word, category, word)
    for group in rules.get("idioms") or []:
        for word in _words(group, f"{lex.language}.yml: idioms"):
            lex.add(word, "idiom", word)
            article = rules["clitics"]["article"]
            if article and word.startswith(article):
                lex.add(word.removeprefix(article), "idiom", word)
    for category, words in (rules.get("page") or {}).items():
        for word in _words(words, f"{lex.language}.yml: page"):
            lex.add(word, f"page_{category}", word)
    for category in ("between", "between_and", "from", "to", "or", "change_verbs"):
        for word in _words(rules["ranges"].get(category), f"{lex.language}.yml: ranges"):
            lex.add(word, f"range_{category}", word)
    for category, words in (rules.get("ratios") or {}).items():
        for word in _words(words, f"{lex.language}.yml: ratios"):
            lex.add(word, f"ratio_{category}", word)


def _numbers(lex: Lexicon, rules: dict[str, Any]) -> None:
    numbers = rules["numbers"]
    for word in numbers["zero"]:
        lex.add(word, "num", (0, "zero"))
    for value, words in numbers["ones"].items():
        for word in words:
            lex.add(word, "num", (value, "unit"))
            for teen_word in numbers.get("teen_words", []):
                lex.add(f"{word} {teen_word}", "num", (10 + value, "teen"))
    for word in numbers["ten"]:
        lex.add(word, "num", (10, "teen"), keep=True)
    for value, words in (numbers.get("teens") or {}).items():
        for word in words:
            lex.add(word, "num", (value, "teen"))
    for value, words in numbers["tens"].items():
        for word in words:
            lex.add(word, "num", (value, "tens"))
    for value, words in (numbers.get("hundreds") or {}).items():
        for word in words:
            lex.add(word, "num", (value, "hundreds"))
    for word in numbers["hundred"]:
        lex.add(word, "mult", Mult(100, "one"))
    for stem in numbers.get("hundred_glued_to", []):
        value = _value_of_stem(stem, numbers["ones"])
        for hundred in numbers["hundred"]:
            lex.add(f"{stem}{hundred}", "num", (value * 100, "hundreds"))
    for word in numbers.get("articles", []):
        lex.add(word, "article", 1)
    for word in numbers.get("pairs", []):
        lex.add(word, "pair", 2)
    for word in numbers.get("bare_one", []):
        lex.add(word, "bare_one", 1)
    for word in numbers.get("unlikely_alone", []):
        lex.add(word, "unlikely", 1)
    for word in rules.get("fraction_ambiguous", []):
        lex.add(word, "fraction_ambiguous", 1)


def _value_of_stem(stem: str, ones: dict[int, list[str]]) -> int:
    for value, words in ones.items():
        if any(word.startswith(stem) or stem[:2] == word[:2] for word in words):
            return int(value)
    raise RuleError(
        "numbers: hundred_glued_to", f"{stem!r} is the beginning of none of the ones", "list the ones' form"
    )


def _scales(lex: Lexicon, rules: dict[str, Any]) -> None:
    for value, forms in rules["scales"].items():
        for form in ("one", "accusative", "many"):
            for word in forms.get(form) or []:
                lex.add(word, "mult", Mult(float(value), form))
        for word in forms.get("two") or []:
            lex.add(word, "dual", float(value) * 2)
    for value, forms in (rules.get("dozen") or {}).items():
        for form in ("one", "many"):
            for word in forms.get(form) or []:
                lex.add(word, "mult", Mult(float(value), form))
    for value, words in (rules.get("scale_short") or {}).items():
        for word in words:
            lex.add(word, "scale_short", float(value))
    for bounds, words in rules["vague"].items():
        low, _, high = bounds.partition("-")
        for word in words:
            lex.add(word, "vague", (float(low), float(high)))


def _ordinals(lex: Lexicon, rules: dict[str, Any]) -> None:
    """Compound ordinals: the teen words of a language after an ordinal unit (الثاني عشر).

    Cardinal forms used as ordinals (الإحدى عشرة) count only with the article: `ordinal_definite`.
    """
    variants = rules.get("ordinal_ones_variants") or {}
    for value, words in rules["ordinals"].items():
        if value >= 10:
            continue
        for teen_word in rules["numbers"].get("teen_words", []):
            for word in words:
                lex.add(f"{word} {teen_word}", "ordinal", value + 10)
            for word in variants.get(value, []):
                lex.add(f"{word} {teen_word}", "ordinal_definite", value + 10)
        for word in variants.get(value, []):
            lex.add(word, "ordinal_definite", value, keep=True)


def _dates(lex: Lexicon, rules: dict[str, Any]) -> None:
    dates = rules["dates"]
    for calendar, months in dates["calendars"].items():
        for number, words in months.items():
            for word in words:
                lex.add(word, "month", (calendar, int(number)), keep=True)
    for word in dates.get("ambiguous_months", []):
        lex.add(word, "month_ambiguous", word)
    for section, category in (
        ("weekdays", "weekday"),
        ("weekday_bare", "weekday_bare"),
        ("decades", "decade"),
    ):
        for number, words in (dates.get(section) or {}).items():
            for word in words:
                lex.add(word, category, int(number))
    for section, category in (("quarter_short", "quarter_short"), ("half_short", "half_short")):
        for number, words in (dates.get(section) or {}).items():
            for word in words:
                lex.add(word, category, int(number))
    for season, words in dates["seasons"].items():
        for word in words:
            lex.add(word, "season", season)
    for part, words in dates["parts"].items():
        for word in words:
            lex.add(word, "part", part)
    for era, words in dates["eras"].items():
        for word in words:
            lex.add(word, "era", era)
    for offset, words in dates["relative_days"].items():
        for word in words:
            lex.add(word, "relative_day", int(offset))
    for word in dates.get("relative_days_weak", []):
        lex.add(word, "weak", word)
    for part, words in dates["clock_parts"].items():
        for word in words:
            lex.add(word, "clock_part", part)
    for calendar, days in (dates.get("holidays") or {}).items():
        for month_day, words in days.items():
            month, _, day = month_day.partition("-")
            for word in words:
                lex.add(word, "holiday", (calendar, int(month), int(day)))
    for category in _DATE_LISTS:
        for word in _words(dates.get(category), f"{lex.language}.yml: dates: {category}"):
            lex.add(word, f"date_{category}", word)


_DATE_LISTS = (
    "day_words",
    "days_dual",
    "month_words",
    "months_dual",
    "year_words",
    "years_dual",
    "week_words",
    "quarter_words",
    "half_words",
    "decade_words",
    "century_words",
    "of",
    "in",
    "date_prefixes",
    "open_start",
    "open_end",
    "before",
    "after",
    "ago",
    "within",
    "last",
    "next",
    "this",
    "final",
    "clock_words",
    "zones",
)


def _nouns(lex: Lexicon, rules: dict[str, Any]) -> None:
    data = load_rules(f"nouns/{lex.language}.yml")
    for group in ("person", "thing"):
        for key, spec in (data.get(group) or {}).items():
            unit = PERSON if group == "person" else (spec or {}).get("unit", key)
            for form, number in forms_of(rules, spec or {}, key):
                lex.add(form, "noun", Noun(key, unit, number), keep=True)


def _units(lex: Lexicon, rules: dict[str, Any]) -> None:
    data = load_rules("units.yml")
    for section, category in (("duration", "time"), ("physical", "unit")):
        for key, spec in (data.get(section) or {}).items():
            words = (spec or {}).get(lex.language)
            if words is None:
                continue
            weak = words.get("bare") is False
            for form, number in forms_of(rules, words, key) if words.get("one") and not weak else ():
                lex.add(form, category, Unit(key, number), keep=True)
            for form in (words or {}).get("signs") or []:
                lex.add(form, category, Unit(key, "short"), keep=True)


def _places(lex: Lexicon, rules: dict[str, Any]) -> None:
    from babel import Locale

    extra = load_rules(f"places/{lex.language}.yml")
    names = Locale.parse(lex.language).territories
    english = load_rules("places/en.yml")
    cased = set(extra.get("as_written") or [])
    for code, name in names.items():
        if len(code) == 2 and code.isalpha() and name not in cased:
            lex.add(name, "country", code, keep=True)
    for code, spec in extra.items():
        if len(code) != 2 or not isinstance(spec, dict):
            continue
        adjectives = (english.get(code) or {}).get("adjectives") or [code]
        for group, category in (
            ("names", "country"),
            ("adjectives", "nationality"),
            ("people", "nationality"),
        ):
            for word in spec.get(group) or []:
                if word in cased:
                    lex.add_cased(word, category, code)
                else:
                    lex.add(word, category, code, keep=True)
                if group == "people" or (group == "adjectives" and rules["noun_phrase"] == "head_first"):
                    forms = (
                        {"one": [word], "many": []} if group == "adjectives" else {"one": [], "many": [word]}
                    )
                    for form, number in forms_of(rules, forms, word):
                        lex.add(form, "people_of", Noun(adjectives[0], PERSON, number), keep=True)


def _prefixes(clitics: dict[str, Any]) -> Iterator[tuple[str, str, str, bool]]:
    """Every glued beginning (form, its conjunction, its preposition, whether it ends in the article), longest first."""
    conjunctions = [*clitics["conjunctions"], ""]
    prepositions = [*clitics["prepositions"], *clitics.get("other", []), ""]
    article = clitics["article"]
    made: dict[str, tuple[str, str, bool]] = {}
    for conjunction in conjunctions:
        for preposition in prepositions:
            for art in (article, ""):
                form = f"{conjunction}{preposition}{art}"
                if form:
                    made.setdefault(form, (conjunction, preposition, bool(art)))
        for form, preposition in (clitics.get("contracted") or {}).items():
            made.setdefault(f"{conjunction}{form}", (conjunction, preposition, True))
    for form in sorted(made, key=len, reverse=True):
        yield form, *made[form]


STEPS: tuple[Callable[[Lexicon, dict[str, Any]], None], ...] = (
    _simple,
    _numbers,
    _scales,
    _ordinals,
    _dates,
    _nouns,
    _units,
    add_money,
    _places,
)
