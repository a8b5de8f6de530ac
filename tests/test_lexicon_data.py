"""The bulk lexicon is whole: every table has its form, no word stands for two things unsaid, and the codes are real."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from babel import Locale
from babel.core import get_global

from reconcile.rules.files import load_rules
from reconcile.rules.inflection import forms_of
from reconcile.text import fold

LANGUAGES = [language for language in ("ar", "en", "fr") if load_rules(f"nouns/{language}.yml")]
FORMS = {"one", "two", "many"}
VOWEL_MARKS = re.compile("[\N{ARABIC FATHATAN}-\N{ARABIC SUKUN}\N{ARABIC TATWEEL}]")

# States that are no members of the United Nations; news counts their people all the same.
NOT_MEMBERS = {"PS", "VA", "XK", "TW"}
# Territories of a state, of which news counts no people of their own and names no money.
_DEPENDENT = """
    AC AQ AS AX BL BQ BV CC CK CP CQ CX DG EA GF GG GP GS HM IC IM IO JE MF MP MQ MS NF NU PM PN RE SH SJ SX TA TC TF
    TK UM VG VI WF YT
"""
DEPENDENT = set(_DEPENDENT.split())
NO_TERRITORY = {"EZ", "QO", "UN", "XA", "XB", "ZZ"}


def nouns(language: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    data = load_rules(f"nouns/{language}.yml")
    for group in ("person", "thing"):
        for key, spec in data[group].items():
            yield group, key, spec or {}


def words_of(spec: dict[str, Any], key: str, language: str) -> list[str]:
    """What is listed and what the language's inflection derives from it: plurals, duals, accusatives."""
    return [form for form, _ in forms_of(load_rules(f"{language}.yml"), spec, key)]


def owners(pairs: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """The folded forms that more than one key has, with the keys."""
    found: dict[str, list[str]] = defaultdict(list)
    for form, key in pairs:
        if key not in found[fold(form)]:
            found[fold(form)].append(key)
    return {form: keys for form, keys in found.items() if len(keys) > 1}


def shared(data: dict[str, Any]) -> dict[str, list[str]]:
    return {fold(form): keys for form, keys in (data.get("shared") or {}).items()}


def check_words(where: str, spec: dict[str, Any], allowed: set[str]) -> None:
    """Each field is a list of words, written as rules write them: trimmed, no marks, none twice."""
    assert set(spec) <= allowed, f"{where}: unknown field {set(spec) - allowed}; use {sorted(allowed)}"
    for field in FORMS & set(spec):
        words = spec[field]
        assert isinstance(words, list), f"{where}: {field} is no list"
        for word in words:
            assert isinstance(word, str), f"{where}: {word!r} is not a word; quote it"
            assert word == " ".join(word.split()) != "", f"{where}: {word!r} has spare blanks"
            assert fold(word), f"{where}: {word!r} is empty when folded"
            assert not VOWEL_MARKS.search(word), f"{where}: {word!r} is vocalised"
        assert len(set(words)) == len(words), f"{where}: a word of {field} is given twice"


# ---------------------------------------------------------------- nouns


@pytest.mark.parametrize("language", LANGUAGES)
def test_nouns_have_the_form_that_the_loader_reads(language: str) -> None:
    data = load_rules(f"nouns/{language}.yml")
    assert set(data) <= {"person", "thing", "shared", "homographs"}
    things = set(load_rules("nouns/en.yml")["thing"])
    for group, key, spec in nouns(language):
        where = f"nouns/{language}.yml: {group}: {key}"
        check_words(where, {k: v for k, v in spec.items() if k != "share"}, FORMS | {"unit"})
        assert words_of(spec, key, language), f"{where}: no form; list one or take the key out"
        if "unit" in spec:
            assert group == "thing", f"{where}: the unit of people is person"
            assert spec["unit"] in things, f"{where}: unit {spec['unit']!r} is no thing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_means_two_nouns_unless_shared(language: str) -> None:
    data = load_rules(f"nouns/{language}.yml")
    clashes = owners(
        (form, key) for _, key, spec in nouns(language) for form in words_of(spec, key, language)
    )
    assert {form: sorted(keys) for form, keys in clashes.items()} == {
        form: sorted(keys) for form, keys in shared(data).items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_are_english_and_mean_one_thing(language: str) -> None:
    english = load_rules("nouns/en.yml")
    for group, key, spec in nouns(language):
        assert key in english[group], f"nouns/{language}.yml: {key!r} is not under {group} of en.yml"
        english_unit = (english[group][key] or {}).get("unit")
        assert spec.get("unit") == english_unit, f"nouns/{language}.yml: {key}: unit differs from en.yml"
    assert not set(english["person"]) & set(english["thing"])


def test_every_language_counts_what_news_counts() -> None:
    for language, people, things in (("en", 350, 600), ("ar", 330, 600), ("fr", 350, 600)):
        data = load_rules(f"nouns/{language}.yml")
        assert len(data["person"]) >= people, language
        assert len(data["thing"]) >= things, language


# ---------------------------------------------------------------- places


def place_forms(language: str) -> Iterator[tuple[str, str]]:
    for code, spec in load_rules(f"places/{language}.yml").items():
        if len(code) == 2:
            for field in ("names", "parts", "adjectives", "people"):
                for form in spec.get(field) or []:
                    yield form, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sovereign_state_has_its_adjective(language: str) -> None:
    data = load_rules(f"places/{language}.yml")
    states = {code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()}
    states -= DEPENDENT | NO_TERRITORY
    assert len(states) >= 190
    assert states >= NOT_MEMBERS
    lacking = sorted(code for code in states if not (data.get(code) or {}).get("adjectives"))
    assert lacking == [], f"places/{language}.yml: no adjectives for {lacking}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_have_the_form_that_the_loader_reads(language: str) -> None:
    data = load_rules(f"places/{language}.yml")
    territories = Locale("en").territories
    for code, spec in data.items():
        assert isinstance(code, str), f"{code!r}: quote the code; YAML reads it as a truth value"
        if len(code) != 2:
            assert code in {"shared", "other_words", "as_written"}
            continue
        assert code in territories, f"{code} is no territory of CLDR"
        where = f"places/{language}.yml: {code}"
        assert set(spec) <= {"names", "parts", "adjectives", "people", "within"}, where
        for field, words in spec.items():
            check_words(f"{where}: {field}", {"one": words}, FORMS)
    forms = {form for form, _ in place_forms(language)}
    for section in ("other_words", "as_written"):
        lost = sorted(set(data.get(section) or []) - forms - set(Locale(language).territories.values()))
        assert lost == [], f"places/{language}.yml: {section}: {lost} are no forms of this file"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_means_two_countries_unless_shared(language: str) -> None:
    known = [
        (name, code)
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    ]
    forms = list(place_forms(language))
    clashes = owners(iter([*forms, *((n, c) for n, c in known if c not in DEPENDENT | NO_TERRITORY)]))
    said = shared(load_rules(f"places/{language}.yml"))
    assert {form: sorted(codes) for form, codes in clashes.items()} == {f: sorted(c) for f, c in said.items()}


# ---------------------------------------------------------------- currencies

SECTIONS = ("families", "codes", "crypto", "subunits")
LANGUAGE_FIELDS = FORMS | {"signs", "before", "after", "bare"}
FIELDS = {
    "families": {"default", "sign_default", "candidates"},
    "codes": set(),
    "crypto": set(),
    "subunits": {"default", "of"},
}


def test_currencies_have_the_form_that_the_loader_reads() -> None:
    data = load_rules("currencies.yml")
    assert set(data) == {
        *SECTIONS,
        "countries",
        "main_dollars",
        "dollar_settled_from_tokens",
        "least_people_of_a_telling_city",
        "codes_as_words",
        "scaled_codes",
        "cldr_names_ignored",
    }
    for section in SECTIONS:
        for key, spec in data[section].items():
            where = f"currencies.yml: {section}: {key}"
            languages = {name for name in spec if name in ("ar", "en", "fr")}
            assert set(spec) - languages <= FIELDS[section] | {"signs", "before", "before_scaled", "after"}, (
                where
            )
            for language in languages:
                check_words(f"{where}: {language}", spec[language], LANGUAGE_FIELDS)
            for field in ("signs", "before", "after"):
                assert all(isinstance(sign, str) and sign.strip() == sign for sign in spec.get(field, [])), (
                    where
                )


def test_every_currency_code_is_one() -> None:
    data = load_rules("currencies.yml")
    known = set(Locale("en").currencies)
    crypto = set(data["crypto"])
    named = [*data["codes"], *data["main_dollars"], *data["countries"], *data["cldr_names_ignored"]]
    for spec in data["families"].values():
        assert spec["default"] is None or spec["default"] in spec["candidates"]
        named += spec["candidates"]
    assert sorted(set(named) - known) == []
    for key, spec in data["subunits"].items():
        assert set(spec["of"]) <= known | crypto, key
        assert spec["default"] is None or spec["default"] in spec["of"], key
        assert all(0 < factor < 1 for factor in spec["of"].values()), key
    assert sorted(set(data["codes_as_words"]) - known - crypto) == []
    assert not crypto & known
    territories = set(Locale("en").territories)
    assert all(set(countries) <= territories for countries in data["countries"].values())


def test_a_candidate_of_a_family_has_a_country_with_an_adjective() -> None:
    """Without one the family could never be settled: a dinar of nobody."""
    data = load_rules("currencies.yml")
    for language in LANGUAGES:
        places = load_rules(f"places/{language}.yml")
        for family, spec in data["families"].items():
            for code in spec["candidates"]:
                countries = data["countries"].get(code, [code[:2]])
                assert any((places.get(c) or {}).get("adjectives") for c in countries), (
                    language,
                    family,
                    code,
                )


def test_every_tender_in_use_can_be_named_in_every_language() -> None:
    """By our table or by CLDR's own name; what CLDR names only by its code is reported here."""
    data = load_rules("currencies.yml")
    current = {
        code
        for uses in get_global("territory_currencies").values()
        for code, _, end, tender in uses
        if end is None and tender
    } - set(data["cldr_names_ignored"])
    in_family = {code for spec in data["families"].values() for code in spec["candidates"]}
    for language in LANGUAGES:
        cldr = Locale(language).currencies
        unnamed = [
            c
            for c in sorted(current)
            if c not in in_family and c not in data["codes"] and cldr.get(c, c) == c
        ]
        assert unnamed == [], language


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_or_sign_of_money_means_two(language: str) -> None:
    data = load_rules("currencies.yml")
    words: list[tuple[str, str]] = []
    signs: dict[str, set[str]] = defaultdict(set)
    for section in SECTIONS:
        for key, spec in data[section].items():
            own = spec.get(language) or {}
            words += [(form, key) for field in ("one", "two", "many") for form in own.get(field, [])]
            for sign in chain(
                own.get("signs", []), *(spec.get(field, []) for field in ("signs", "before", "after"))
            ):
                signs[sign].add(key)
    assert owners(iter(words)) == {}
    assert {sign: keys for sign, keys in signs.items() if len(keys) > 1} == {}


# ---------------------------------------------------------------- units


def test_units_have_the_form_that_the_loader_reads() -> None:
    data = load_rules("units.yml")
    assert set(data) == {"physical", "duration", "parts", "rates", "settled_by", "weak"}
    for section in ("physical", "duration"):
        for key, spec in data[section].items():
            assert {"ar", "en"} <= set(spec) <= {"ar", "en", "fr", "pint"}, key
            for language in set(spec) - {"pint"}:
                check_words(f"units.yml: {key}: {language}", spec[language], FORMS | {"signs", "glued"})
    assert set(data["rates"]) <= set(data["duration"])
    names = set(data["physical"]) | set(data["duration"])
    assert all(whole in names and set(parts) <= names for whole, parts in data["parts"].items())
    ids = set(data["physical"]) | set(data["duration"]) | {"stone", "cup"}
    for key, spec in data["weak"].items():
        if key == "signs":
            assert all(set(units) <= ids for units in spec.values())
        else:
            assert key in ids, key


def test_pint_knows_every_unit() -> None:
    pint = pytest.importorskip("pint")
    registry = pint.UnitRegistry()
    data = load_rules("units.yml")
    for section in ("physical", "duration"):
        for key, spec in data[section].items():
            name = spec.get("pint", key.replace("metre", "meter").replace("litre", "liter"))
            assert registry.parse_expression(name) is not None, (
                f"units.yml: {key}: pint does not know {name!r}"
            )


@pytest.mark.parametrize(
    ("unit", "in_unit", "amount"),
    [
        ("barrel", "litre", 158.987),
        ("quintal", "kilogram", 100),
        ("dunam", "hectare", 0.1),
        ("feddan", "acre", 1.038),
    ],
)
def test_units_of_trade_and_land_are_those_of_news(unit: str, in_unit: str, amount: float) -> None:
    """An oil barrel of 42 US gallons, a metric quintal, a dunam of 1000 m²; pint's own `barrel` is not the oil one."""
    registry = pytest.importorskip("pint").UnitRegistry()
    made = registry.parse_expression(load_rules("units.yml")["physical"][unit]["pint"])
    assert made.to(in_unit).magnitude == pytest.approx(amount, rel=1e-3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_units_means_two(language: str) -> None:
    data = load_rules("units.yml")
    words = [
        (form, key)
        for section in ("physical", "duration")
        for key, spec in data[section].items()
        for field in ("one", "two", "many", "signs")
        for form in (spec.get(language) or {}).get(field, [])
    ]
    assert owners(iter(words)) == {}


# ---------------------------------------------------------------- across the tables

# Words that two tables have on purpose; the grammar asks for money and units before nouns.
ACROSS = {
    "ar": {"غرامات", "بير"},  # fines and grams; the birr (only beside Ethiopia) and a well
    "en": {"MP", "degree"},
    "fr": {"livre", "livres"},  # books, and pounds beside a country's adjective
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_of_one_table_is_not_in_another(language: str) -> None:
    units, money = load_rules("units.yml"), load_rules("currencies.yml")
    found: list[tuple[str, str]] = [
        (form, "nouns") for _, key, spec in nouns(language) for form in words_of(spec, key, language)
    ]
    for section in ("physical", "duration"):
        for spec in units[section].values():
            own = spec.get(language) or {}
            found += [
                (form, "units") for field in ("one", "two", "many", "signs") for form in own.get(field, [])
            ]
    for section in SECTIONS:
        for spec in money[section].values():
            own = spec.get(language) or {}
            found += [(form, "currencies") for field in ("one", "two", "many") for form in own.get(field, [])]
    assert set(owners(iter(found))) <= {fold(word) for word in ACROSS.get(language, set())}


@pytest.mark.parametrize("word", ["أم", "أب", "عام", "مدرسة جديدة", "أحد", "حول", "قدم", "كم"])
def test_words_that_would_make_figures_of_ordinary_prose_stay_out(word: str) -> None:
    forms = {fold(form) for _, key, spec in nouns("ar") for form in words_of(spec, key, "ar")}
    forms |= {
        fold(form) for spec in load_rules("units.yml")["physical"].values() for form in spec["ar"]["one"]
    }
    assert fold(word) not in forms
