"""Money words: families of a bare name (dollar, dinar) with their candidates, codes with signs, names from CLDR."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reconcile.rules.files import load_rules

if TYPE_CHECKING:
    from reconcile.rules.lexicon import Lexicon


def add_money(lex: Lexicon, rules: dict[str, Any]) -> None:
    """Enter every way to name money in one language: our table first, then CLDR's names of all currencies."""
