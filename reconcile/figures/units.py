"""What a number counts: percent, money, time, a physical unit, or a noun, read from the words beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from reconcile.rules.files import load_rules
from reconcile.rules.reader import Reader
from reconcile.rules.senses import Money, Noun
from reconcile.text import fold
from reconcile.text.passage import NEWLINE, NUMBER, SYMBOL, WORD

MAX_PHRASE = 6  # words from a number to the head of its noun phrase
HYPHENS = "-\u2010\u2011"
APOSTROPHES = "'\u2019"


class Counted(NamedTuple):
    """What was found beside a number: its kind and unit, and the last token that it took."""

    kind: str
    last: int
    unit: str | None = None
    noun: str | None = None
    candidates: tuple[str, ...] = ()
    factor: float = 1.0
    rule: str = ""


def read_counted(r: Reader, j: int, *, vague: bool, single: bool, digits: bool) -> Counted | None:
    """What stands right after a number that ended before token `j`; None if nothing there can be counted.

    `vague` allows an "of" between (millions of dollars), `single` expects a singular noun, `digits` allows unit
    abbreviations.
    """
    if j >= r.n:
        return None
    at = j
    if r.is_symbol(j, HYPHENS) and r.glued(j) and r.glued(j + 1) and r.is_word(j + 1):
        at = j + 1
    if r.has(at, "coin") and read_money(r, at + 1) is not None:
        return read_money(r, at + 1)
    percent = r.get(at, "percent")
    if percent is not None:
        return Counted("percentage", at + percent.length - 1, "percent", rule="unit.percent")
    points = r.get(at, "percent_points")
    if points is not None:
        return Counted("percentage", at + points.length - 1, "percentage point", rule="unit.percent_points")
    linked = at
    if r.has(at, "partitive") and not r.particle(at):
        linked = at + 1
        if not vague and r.has(linked, "money"):
            linked = at
    money = read_money(r, linked if vague else at)
    if money is not None:
        return money
    if r.particle(at) and at == j:
        return None
    time = r.get(at, "time") or (r.get(linked, "time") if vague else None)
    if time is not None and not (time.value.number == "short" and not digits) and not r.has(at, "percent"):
        last = (at if r.has(at, "time") else linked) + time.length - 1
        return Counted("duration", _old(r, last), time.value.id, rule="unit.time")
    unit = r.get(at, "unit") or (r.get(linked, "unit") if vague else None)
    if unit is not None and not (unit.value.number == "short" and not digits):
        last = (at if r.has(at, "unit") else linked) + unit.length - 1
        return Counted("quantity", last, unit.value.id, rule="unit.physical")
    return read_noun(r, at, single=single or at > j)


def _old(r: Reader, last: int) -> int:
    """A 35-year-old: the age takes its last hyphen and word."""
    if r.is_symbol(last + 1, HYPHENS) and r.glued(last + 1) and r.is_word(last + 2) and r.glued(last + 2):
        return last + 2
    return last


def read_money(r: Reader, j: int) -> Counted | None:
    """Money words from token `j`: a name, a name and a nationality in either order, a code or a sign."""
    if r.particle(j) or r.preposition(j):
        return None
    country = r.get(j, "nationality") or r.get(j, "country")
    if country is not None:
        k = j + country.length
        money = r.get(k, "money") or r.get(k, "money_weak")
        if money is not None and not r.particle(k):
            return _money(money.value, country.value, k + money.length - 1)
    money = r.get(j, "money") or (r.get(j, "money_after") if r.plain_number(j - 1) else None)
    weak = r.get(j, "money_weak") if money is None else None
    sense = money or weak
    if sense is None:
        return None
    last = j + sense.length - 1
    after = r.get(last + 1, "nationality")
    if after is not None and not r.particle(last + 1) and len(sense.value.candidates) > 1:
        settled = _money(sense.value, after.value, last + after.length)
        if settled is not None:
            return settled
    if money is None and not (
        r.plain_number(j - 1) and len(sense.value.candidates) == 1 and sense.value.factor == 1.0
    ):
        return None
    return _money(sense.value, None, last)


def read_money_before(r: Reader, j: int) -> Counted | None:
    """A sign or code of money that stands before its number; one Latin letter must touch it."""
    sense = r.get(j, "money_before")
    if sense is not None and not (r.is_word(j) and len(r.keys[j]) == 1 and not r.glued(j + 1)):
        return _money(sense.value, None, j + sense.length - 1)
    return read_money(r, j)


def _money(money: Money, country: str | None, last: int) -> Counted | None:
    if country is not None:
        codes = [c for c in money.candidates if country in countries_of(c)]
        if not codes:
            return None
        return Counted("money", last, codes[0], factor=money.factor, rule="unit.money.country")
    if money.code is not None:
        return Counted("money", last, money.code, factor=money.factor, rule="unit.money")
    return Counted(
        "money", last, None, candidates=money.candidates, factor=money.factor, rule="unit.money.candidates"
    )


@cache
def countries_of(code: str) -> tuple[str, ...]:
    """The countries whose money a code is: its own table row, else the country of its first two letters."""
    listed = (load_rules("currencies.yml").get("countries") or {}).get(code)
    return tuple(listed) if listed is not None else (code[:2],)


def read_noun(r: Reader, j: int, *, single: bool) -> Counted | None:
    """The noun that a number counts, from token `j` on."""
    if r.rules["noun_phrase"] == "head_first":
        return _head_first(r, j)
    return _head_last(r, j, single)


def _head_first(r: Reader, j: int) -> Counted | None:
    at = j
    partitive = False
    if r.has(j, "partitive") and not r.particle(j) and r.is_word(j + 1):
        at, partitive = j + 1, True
    for k in (at, at + 1):
        if not r.is_word(k) or r.particle(k) or r.preposition(k):
            break
        if r.has(k, "people"):
            return Counted("count", j - 1, "person", rule="unit.people")
        noun = r.get(k, "noun") or r.get(k, "people_of")
        if noun is not None:
            return _noun(r, noun.value, k, noun.length)
        if r.has(k, "stop") or r.has(k, "hedge_after") or r.has(k, "hedge") or _definite(r, k) or partitive:
            break
        if r.has(k, "month") or r.has(k, "num") or r.has(k, "time"):
            break
    if (
        not r.is_word(at)
        or partitive
        or r.particle(at)
        or r.preposition(at)
        or _definite(r, at)
        or _closes(r, at)
    ):
        return None
    return Counted("count", at, None, _bare(r, at), rule="unit.unknown_noun")


def _closes(r: Reader, k: int) -> bool:
    return r.keys[k] in r.lexicon.conjunctions or any(
        r.has(k, c)
        for c in ("stop", "partitive", "hedge", "hedge_after", "num", "mult", "month", "ordinal", "exact")
    )


def _definite(r: Reader, k: int) -> bool:
    return bool(r.article) and r.keys[k].startswith(r.article) and len(r.keys[k]) > len(r.article) + 2


def _bare(r: Reader, k: int) -> str:
    return r.written(k).strip(r.rules.get("tanwin", "") or " ")


def _head_last(r: Reader, j: int, single: bool) -> Counted | None:
    at = j
    of = numbered = False
    if r.has(j, "partitive") and r.is_word(j + 1):
        at, of = j + 1, True
        while r.is_word(at) and r.has(at, "determiner"):
            at += 1
        if r.is_number(at) or r.has(at, "num"):
            at, numbered = at + 1, True
    if r.has(at, "people"):
        return Counted("count", j - 1, "person", rule="unit.people") if not of else None
    found = _head_of(r, at, single)
    return found._replace(last=j - 1) if found is not None and numbered else found


def _head_of(r: Reader, at: int, single: bool) -> Counted | None:
    """The head of the noun phrase from token `at` on: its last plural (or, after one, its last singular) noun."""
    k = at
    guess: Counted | None = None
    while k < r.n and k - at < MAX_PHRASE:
        kind = r.kinds[k]
        if kind == SYMBOL and r.keys[k] in HYPHENS + APOSTROPHES and r.glued(k) and r.glued(k + 1):
            k += 1
            continue
        if kind in (SYMBOL, NUMBER, NEWLINE) or kind != WORD or (r.has(k, "stop") and not r.has(k, "noun")):
            break
        noun = r.get(k, "noun") or r.get(k, "people_of")
        if noun is not None:
            plural = noun.value.number == "many"
            hit = _noun(r, noun.value, k, noun.length)
            if plural or single:
                guess = hit
                following = r.get(k + noun.length, "noun")
                if following is None or (following.value.number != "many" and not single):
                    return hit
            k += noun.length
            continue
        if guess is not None:
            return guess
        if _looks_plural(r, k) and not r.has(k, "stop") and not single:
            following = r.get(k + 1, "noun")
            if following is None or following.value.number != "many":
                one = singular(r.keys[k])
                return Counted("count", k, one, one, rule="unit.noun_by_form")
        k += 1
    return guess


def _looks_plural(r: Reader, k: int) -> bool:
    key = r.keys[k]
    return len(key) > 3 and key.endswith("s") and not key.endswith(("ss", "us", "is", "ous"))


def singular(word: str) -> str:
    """The singular of a regular plural, by its spelling alone.

    >>> singular("wallets"), singular("agencies"), singular("boxes")
    ('wallet', 'agency', 'box')
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def _noun(r: Reader, noun: Noun, k: int, length: int) -> Counted:
    return Counted("count", k + length - 1, noun.unit, noun.id, rule="unit.noun")


def _without_possessive(r: Reader, key: str) -> Iterator[str]:
    """The word without a possessive ending, and with the ending that this one had changed (مباراته: مباراة)."""
    for ending in r.rules.get("possessives") or []:
        if key.endswith(ending) and len(key) > len(ending) + 1:
            stem = key[: -len(ending)]
            yield stem
            for changed, original in r.rules.get("possessive_changes") or []:
                if stem.endswith(changed):
                    yield fold(stem[: -len(changed)] + original)


def noun_before(r: Reader, i: int) -> Noun | None:
    """The definite noun right before a definite number or an ordinal (الدول الست), its possessive ending taken off."""
    if not r.is_word(i):
        return None
    noun = r.get(i, "noun")
    if noun is not None:
        return noun.value
    key = r.stem(i)
    for stem in _without_possessive(r, key):
        entry = r.lexicon.entry(stem)
        if entry is not None:
            found = entry.get("noun")
            if found is not None:
                return found.value
            time = entry.get("time")
            if time is not None:
                return Noun(time.value.id, time.value.id, time.value.number)
    time = r.get(i, "time")
    return Noun(time.value.id, time.value.id, time.value.number) if time is not None else None
