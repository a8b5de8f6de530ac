"""From a language's rule file to its lexicon.

The tables of `sections.py` say which section becomes which category; what grammar builds (teens of two words, glued
hundreds, duals) is built here once, so that the parser never takes words apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reconcile.errors import RuleError
from reconcile.rules.files import load_rules
from reconcile.rules.inflection import construct_duals, forms_of
from reconcile.rules.lexicon import Lexicon
from reconcile.rules.money import add_money
from reconcile.rules.sections import EXCLUSIVE, KEYED, LISTED, REQUIRED, SETTINGS
from reconcile.rules.senses import Mult, Noun, Unit
from reconcile.text import fold

PERSON = "person"


def compile_language(language: str, rules: dict[str, Any]) -> Lexicon:
    """The lexicon of one language from its own file and the shared tables; RuleError names file, key and mend."""
    _check_sections(language, rules)
    lex = Lexicon(language, rules)
    clitics, numbers = rules["clitics"], rules["numbers"]
    lex.conjunctions = frozenset(clitics["conjunctions"]) | frozenset(numbers.get("conjunction", []))
    lex.prefixes = tuple(_prefixes(clitics))
    lex.to_prefixes = frozenset(word for word in rules["ranges"]["to"] if len(word) == 1)
    for step in STEPS:
        step(lex, rules)
    _check_words(lex)
    lex.finish()
    return lex


def _check_sections(language: str, rules: dict[str, Any]) -> None:
    for key in REQUIRED:
        if key not in rules:
            raise RuleError(
                f"{language}.yml", f"section '{key}' is missing", "take it over from en.yml and translate it"
            )
    known = SETTINGS | {section.path.split(".")[0] for section in (*KEYED, *LISTED)}
    for key in rules:
        if key not in known:
            raise RuleError(
                f"{language}.yml", f"section {key!r} is not known", f"use one of {', '.join(sorted(known))}"
            )


def _check_words(lex: Lexicon) -> None:
    for word, senses in lex.words.items():
        for one, other in EXCLUSIVE:
            if one in senses and other in senses:
                raise RuleError(
                    f"{lex.language}.yml: {other}", f"{word!r} is also listed under {one}", "keep one"
                )


def _section(rules: dict[str, Any], path: str) -> Any:
    part: Any = rules
    for key in path.split("."):
        part = (part or {}).get(key)
    return part


def _words(section: Any, where: str) -> Iterator[str]:
    for word in section or []:
        if not isinstance(word, str):
            raise RuleError(where, f"{word!r} is not a word", "put it in quotes")
        yield word


def _listed(lex: Lexicon, rules: dict[str, Any]) -> None:
    for path, category, _ in LISTED:
        for word in _words(_section(rules, path), f"{lex.language}.yml: {path}"):
            lex.add(word, category, word)


def _as_written(lex: Lexicon, rules: dict[str, Any]) -> None:
    """Labels that count only as written (No 45 is a house; no 45 is a refusal)."""
    for word in _words(rules.get("labels_as_written"), f"{lex.language}.yml: labels_as_written"):
        lex.add_cased(word, "label", word)


def _keyed(lex: Lexicon, rules: dict[str, Any]) -> None:
    for path, category, value in KEYED:
        for key, words in (_section(rules, path) or {}).items():
            for word in _words(words, f"{lex.language}.yml: {path}"):
                lex.add(word, category, value(key) if value is not None else key, keep=category == "num")


def _idioms(lex: Lexicon, rules: dict[str, Any]) -> None:
    article = rules["clitics"]["article"]
    for group in rules.get("idioms") or []:
        for word in _words(group, f"{lex.language}.yml: idioms"):
            lex.add(word, "idiom", word)
            if article and word.startswith(article):
                lex.add(word.removeprefix(article), "idiom", word)


def _hedges(lex: Lexicon, rules: dict[str, Any]) -> None:
    """Hedges whose last word is contracted with an article after it (près de: près du, près des)."""
    contractions: dict[str, list[str]] = rules.get("hedge_contractions") or {}
    for qualifier, words in rules["hedges"].items():
        for word in words:
            stem, _, last = word.rpartition(" ")
            for contracted in contractions.get(last, ()) if stem else ():
                lex.add(f"{stem} {contracted}", "hedge", qualifier, keep=True)


def _numbers(lex: Lexicon, rules: dict[str, Any]) -> None:
    """What the listed numbers build: zero and ten, teens of two words, hundreds glued to their unit."""
    numbers = rules["numbers"]
    for word in numbers["zero"]:
        lex.add(word, "num", (0, "zero"))
    for word in numbers["ten"]:
        lex.add(word, "num", (10, "teen"), keep=True)
    for word in numbers["hundred"]:
        lex.add(word, "mult", Mult(100, "one"))
    for word in numbers.get("pairs", []):
        lex.add(word, "pair", 2)
    for value, words in numbers["ones"].items():
        for word in words:
            for teen_word in numbers.get("teen_words", []):
                lex.add(f"{word} {teen_word}", "num", (10 + value, "teen"))
    for stem in numbers.get("hundred_glued_to", []):
        value = _value_of_stem(lex.language, stem, numbers["ones"])
        for hundred in numbers["hundred"]:
            lex.add(f"{stem}{hundred}", "num", (value * 100, "hundreds"))


def _value_of_stem(language: str, stem: str, ones: dict[int, list[str]]) -> int:
    for value, words in ones.items():
        if any(word.startswith(stem) or stem[:2] == word[:2] for word in words):
            return int(value)
    where = f"{language}.yml: numbers: hundred_glued_to"
    raise RuleError(where, f"{stem!r} begins none of the ones", "list the beginning of one of them")


def _fractions(lex: Lexicon, rules: dict[str, Any]) -> None:
    """Fractions with a possessive (نصفهم، ثلثاه، ثلاثة أرباعهم); خمسه is five and عشره ten."""
    endings = rules.get("possessives") or []
    ambiguous = set(rules.get("fraction_ambiguous") or ())
    for value, words in (rules.get("fractions") or {}).items():
        for word in words:
            for ending in endings:
                if len(ending) > 1 or (ending in rules["possessives_of_parts"] and word not in ambiguous):
                    lex.add(f"{word}{ending}", "fraction_of", float(value), keep=True)
    for value, words in (rules.get("fraction_plurals") or {}).items():
        for word in words:
            for ending in endings:
                lex.add(f"{word}{ending}", "fraction_plural", float(value), keep=True)


def _scales(lex: Lexicon, rules: dict[str, Any]) -> None:
    for section in ("scales", "dozen"):
        for value, forms in (rules.get(section) or {}).items():
            for form in ("one", "accusative", "many", "about"):
                for word in forms.get(form) or []:
                    lex.add(word, "mult", Mult(float(value), form))
            for word in forms.get("two") or []:
                lex.add(word, "dual", float(value) * 2)


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


def _calendar(lex: Lexicon, rules: dict[str, Any]) -> None:
    """Months and feasts, each with its calendar."""
    dates = rules["dates"]
    for calendar, months in dates["calendars"].items():
        for number, words in months.items():
            for word in words:
                lex.add(word, "month", (calendar, int(number)), keep=True)
    for calendar, days in (dates.get("holidays") or {}).items():
        for month_day, words in days.items():
            month, _, day = month_day.partition("-")
            for word in words:
                lex.add(word, "holiday", (calendar, int(month), int(day)))


def _nouns(lex: Lexicon, rules: dict[str, Any]) -> None:
    data = load_rules(f"nouns/{lex.language}.yml")
    for key, others in (data.get("homographs") or {}).items():
        lex.homographs[key] = {other: frozenset(map(fold, words)) for other, words in others.items()}
    shares = {key for key, spec in load_rules("nouns/en.yml")["thing"].items() if (spec or {}).get("share")}
    for group in ("person", "thing"):
        for key, spec in (data.get(group) or {}).items():
            unit = PERSON if group == "person" else (spec or {}).get("unit", key)
            category = "share_noun" if key in shares else "noun"
            forms = list(forms_of(rules, spec or {}, key))
            plurals = {form for form, number in forms if number == "many"}
            for form, number in forms:
                noun = Noun(key, unit, "many" if form in plurals else number)  # 31 aircraft
                lex.add(form, category, noun, keep=True)
            for form, ending in construct_duals(rules, spec or {}):
                whole = " " in form
                if "stop" in lex.words.get(fold(form), ()):
                    continue  # آلتي is folded to the relative pronoun
                noun = Noun(key, unit, "two" if whole else ending)
                lex.add(form, "noun" if whole else "noun_construct", noun, keep=True)


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
            for form in (words or {}).get("glued") or []:
                lex.add_cased(form, category, Unit(key, "glued"))
    for key, signs in (data["weak"]["signs"].get(lex.language) or {}).items():
        for form in signs:
            lex.add_cased(form, "weak_unit", Unit(key, "short"))
    for key, by_language in (data.get("rates") or {}).items():
        for form in by_language.get(lex.language) or []:
            lex.add(form, "rate", key)


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
            ("within", "within"),
        ):
            for word in spec.get(group) or []:
                if word in cased:
                    lex.add_cased(word, category, code)
                else:
                    for form, _ in forms_of(rules, {"one": [word], "many": [], "two": []}, word):
                        lex.add(form, category, code, keep=True)
                if group == "people" or (group == "adjectives" and rules["noun_phrase"] == "head_first"):
                    forms = (
                        {"one": [word], "many": []} if group == "adjectives" else {"one": [], "many": [word]}
                    )
                    for form, number in forms_of(rules, forms, word):
                        noun = Noun(adjectives[0], PERSON, number)
                        if rules.get("capitalised_people"):
                            lex.add_cased(form[0].upper() + form[1:], "people_of", noun)
                        else:
                            lex.add(form, "people_of", noun, keep=True)


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
    _listed,
    _as_written,
    _keyed,
    _idioms,
    _hedges,
    _numbers,
    _fractions,
    _scales,
    _ordinals,
    _calendar,
    _nouns,
    _units,
    add_money,
    _places,
)
