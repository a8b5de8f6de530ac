"""Money words: families of a bare name (dollar, dinar) with their candidates, codes with signs, names from CLDR."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from reconcile.rules.files import load_rules

if TYPE_CHECKING:
    from reconcile.rules.lexicon import Lexicon


def add_money(lex: Lexicon, rules: dict[str, Any]) -> None:
    """Enter every way to name money in one language: our table first, then CLDR's names of all currencies."""
    from reconcile.rules.senses import Money

    table = load_rules("currencies.yml")
    for family, spec in (table.get("families") or {}).items():
        candidates = tuple(spec["candidates"])
        _enter(lex, rules, spec, family, Money(spec.get("default"), candidates, 1.0, "", family))
    for section in ("codes", "crypto"):
        for code, spec in (table.get(section) or {}).items():
            _enter(lex, rules, spec, code, Money(code, (code,), 1.0, "", None))
    for name, spec in (table.get("subunits") or {}).items():
        of = spec["of"]
        default = spec.get("default")
        factor = of[default] if default in of else next(iter(of.values()))
        _enter(lex, rules, spec, name, Money(default, tuple(of), float(factor), "", name))
    _cldr(lex, table)
    _scaled(lex, rules, table)
    weak = set(table.get("codes_as_words") or [])
    for code in _codes(table):
        category = "money_after" if code in weak else "money"
        lex.add_cased(code, category, Money(code, (code,), 1.0, "code", None))


def _scaled(lex: Lexicon, rules: dict[str, Any], table: dict[str, Any]) -> None:
    """Codes with their scale written to them (MUSD, 300 MDA, 2,5 MdDH), as the language shortens its scales."""
    from reconcile.rules.senses import Money

    shorts = {code: code for code in table["scaled_codes"]["codes"]} | dict(table["scaled_codes"]["shorts"])
    for factor, prefixes in (rules.get("money_scales") or {}).items():
        for prefix in prefixes:
            for short, code in shorts.items():
                money = Money(code, (code,), float(factor), "sign", None)
                lex.add_cased(f"{prefix}{short}", "money_after", money)
                lex.add_cased(f"{prefix}{short}", "money_before", money)


def _enter(lex: Lexicon, rules: dict[str, Any], spec: dict[str, Any], key: str, money: Any) -> None:
    from reconcile.rules.inflection import forms_of

    words = spec.get(lex.language) or {}
    weak = words.get("bare") is False
    category = "money_weak" if weak else "money"
    if words.get("one"):
        for form, number in forms_of(rules, words, key):
            lex.add(form, category, money._replace(number=number), keep=True)
    for form in words.get("many") or []:
        lex.add(form, category, money._replace(number="many"), keep=True)
    for sign in spec.get("before_scaled") or []:
        lex.add_cased(sign, "money_before", money._replace(number="scaled"))
    for place, target in (("signs", "money"), ("before", "money_before"), ("after", "money_after")):
        for sign in [*(spec.get(place) or []), *(words.get(place) or [])]:
            code = spec.get("sign_default", money.code)
            lex.add_cased(sign, target, money._replace(code=code, number="sign"))


def _codes(table: dict[str, Any]) -> Iterable[str]:
    from babel import Locale

    ignored = set(table.get("cldr_names_ignored") or [])
    yield from sorted(set(Locale.parse("en").currencies) - ignored)
    yield from table.get("crypto") or {}


def _cldr(lex: Lexicon, table: dict[str, Any]) -> None:
    """CLDR's own names ("Saudi riyals", "ريال سعودي"), which never replace ours."""
    from babel import Locale

    from reconcile.rules.senses import Money

    locale = Locale.parse(lex.language)
    ignored = set(table.get("cldr_names_ignored") or [])
    plurals = locale._data.get("currency_names_plural", {})
    for code, name in locale.currencies.items():
        if code in ignored:
            continue
        money = Money(code, (code,), 1.0, "one", None)
        for form in {name, *plurals.get(code, {}).values()}:
            if not any(c.isdigit() or c == "(" for c in form):
                lex.add(form, "money", money, keep=True)
