"""The noun that a number counts, before or after it, by the word order of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reconcile.figures.counted import Counted
from reconcile.rules.reader import Reader
from reconcile.rules.senses import Noun, Sense
from reconcile.text import fold
from reconcile.text.passage import HYPHENS, NUMBER, SYMBOL, WORD

SENTENCE_REACH = 15  # words around a noun that tell which of two it is
MILLION = 1_000_000
MAX_PHRASE = 6  # words from a number to the head of its noun phrase
INNER_MARKS = HYPHENS + "'\u2019"  # inside a noun phrase: sign-language users, the world's banks
CLOSING = (
    "stop",
    "partitive",
    "hedge",
    "hedge_after",
    "num",
    "mult",
    "month",
    "ordinal",
    "exact",
    "other",
    "manner",
    "day_part",
    "relative_day",
    "weekday",
    "date_this",
)


def read_noun(r: Reader, j: int, *, single: bool) -> Counted | None:
    """The noun that a number counts, from token `j` on; `single` expects a singular."""
    found = _head_first(r, j) if r.rules["noun_phrase"] == "head_first" else _head_last(r, j, single)
    return _by_sentence(r, j, found) if found is not None and found.noun in r.lexicon.homographs else found


def _by_sentence(r: Reader, j: int, found: Counted) -> Counted:
    """The noun that the words of the sentence make of one that is two (مسيرة is a drone, and a march)."""
    near = {r.keys[k] for k in range(max(0, j - SENTENCE_REACH), min(r.n, j + SENTENCE_REACH))}
    for other, words in r.lexicon.homographs[found.noun or ""].items():
        if not words.isdisjoint(near):
            return found._replace(noun=other, unit=other)
    return found


def _noun_at(r: Reader, k: int) -> Sense | None:
    return r.first(k, "noun", "people_of")


def _counted(noun: Sense, k: int) -> Counted:
    return Counted("count", k + noun.length - 1, noun.value.unit, noun.value.id, rule="unit.noun")


def _head_first(r: Reader, j: int) -> Counted | None:
    """The head right after the number (83 شخصًا), with one unknown word between at most."""
    partitive = r.has(j, "partitive") and not r.particle(j) and r.is_word(j + 1)
    at = j + 1 if partitive else j
    for k in (at, at + 1):
        if not r.is_word(k) or r.particle(k) or r.preposition(k):
            break
        if r.has(k, "people") or (k == at and not partitive and _did_people(r, k)):
            return Counted("count", j - 1, "person", rule="unit.people")
        noun = _noun_at(r, k)
        apart = not partitive and (_is_apart(r, j, k) or _counts_nothing(r, j))
        if noun is not None and apart:
            break
        if noun is not None and partitive and not r.article and _of_one(r, j, noun):
            return None  # la porte 4 du port
        if noun is not None and not (partitive and r.has(k, "country")):
            return _counted(noun, k)
        bent = _bent_noun(r, k) if partitive and k == at and not r.has(k, "age") else None
        if bent is not None:
            return Counted("count", k, bent.unit, bent.id, rule="unit.noun")
        if (partitive and r.article) or _definite(r, k) or _is_verb(r, k):
            break
        if r.has_any(k, "stop", "hedge_after", "hedge", "month", "num", "time"):
            break
    if not r.is_word(at) or partitive or r.particle(at) or r.preposition(at):
        return None
    if (
        _is_verb(r, at)
        or _definite(r, at)
        or r.is_conjunction(at)
        or r.has_any(at, *CLOSING)
        or _begins_with_particle(r, at)
    ):
        return None
    if _counts_nothing(r, j):
        return None
    if r.possessed(at):
        return None  # بينهم 1300 حالاتهم خطرة
    written = r.written(at).strip(r.rules.get("tanwin", "") or " ")
    return Counted("count", at, None, written, rule="unit.unknown_noun")


def _counts_nothing(r: Reader, j: int) -> bool:
    """Whether the number before token `j` ends in a million, and the language says what these count only after "of"."""
    scale = r.get(j - 1, "mult")
    barred = r.rules["numbers"].get("nouns_after_millions") is False
    return barred and scale is not None and scale.value.value >= MILLION


def _is_apart(r: Reader, j: int, k: int) -> bool:
    """Whether a noun with its article stands after digits, which count none: غادر 19 من أصل 34 المستشفى."""
    return bool(r.article) and r.definite_word(k) and r.kinds[j - 1] == NUMBER


def _of_one(r: Reader, j: int, noun: Sense) -> bool:
    """Whether an "of the" at token `j` leads to a single thing, which no number counts."""
    definite = r.has(j, "partitive_of_one") or r.has(j + 1, "determiner")
    return definite and noun.value.number == "one"


def _did_people(r: Reader, k: int) -> bool:
    """Whether a word is a verb in the past whose subject is several people (أصيبوا)."""
    form: str | None = r.rules.get("people_verbs")
    known = r.senses[k].keys() - {"people_before"}
    return form is not None and not known and re.match(form, r.keys[k]) is not None


def _is_verb(r: Reader, k: int) -> bool:
    """Whether an unknown word has the form of a verb in the imperfect, whose subject the number is."""
    form: str | None = r.rules.get("imperfect_verbs")
    return form is not None and not r.senses[k] and re.match(form, r.keys[k]) is not None


def _bent_noun(r: Reader, k: int) -> Noun | None:
    """The noun under a possessive or a construct plural (ثلاثة من أبنائه، ستة من مقاتلي الحركة)."""
    if r.definite_word(k) or not r.senses[k].keys() <= {"noun_construct"}:
        return None
    construct = r.get(k, "noun_construct")
    if construct is not None:
        return _as_noun(construct)
    entries = (r.lexicon.entry(stem) for stem in _without_possessive(r, r.keys[k]))
    senses = (e.get("noun") or e.get("noun_construct") for e in entries)
    found = next(filter(None, senses), None)
    return _as_noun(found) if found is not None else None


def _begins_with_particle(r: Reader, k: int) -> bool:
    """Whether an unknown word seems to begin with a glued particle (بالاحتيال): then it is no counted noun."""
    key = r.keys[k]
    return not r.senses[k] and any(
        key.startswith(form) for form, conjunction, _, article in r.lexicon.prefixes if article or conjunction
    )


def _definite(r: Reader, k: int) -> bool:
    return r.definite_word(k) and len(r.keys[k]) > len(r.article) + 2


def _head_last(r: Reader, j: int, single: bool) -> Counted | None:
    """The head at the end of its phrase (83 armed police officers), after "of the" too."""
    at = j + r.has(j, "counted_filler")
    numbered = False
    if r.has(j, "partitive") and r.is_word(j + 1):
        at = j + 1
        while r.is_word(at) and r.has(at, "determiner"):
            at += 1
        if r.is_number(at) or r.has(at, "num"):
            at, numbered = at + 1, True
    if r.has(r.past(at, "auxiliary", limit=3), "people"):
        return Counted("count", j - 1, "person", rule="unit.people")
    found = _head_of(r, at, single)
    return found._replace(last=j - 1) if found is not None and numbered else found


def _head_of(r: Reader, at: int, single: bool) -> Counted | None:
    """The head of the noun phrase from token `at` on: its last plural (or, after one, its last singular) noun."""
    hyphenated = _noun_at(r, at) if r.is_symbol(at - 1, INNER_MARKS) and r.glued(at) else None
    if hyphenated is not None and hyphenated.value.number == "one":
        return _counted(hyphenated, at)  # a 550-member house has members
    k = at
    guess: Counted | None = None
    while k < r.n and k - at < MAX_PHRASE:
        if r.kinds[k] == SYMBOL and r.keys[k] in INNER_MARKS and r.glued(k) and r.glued(k + 1):
            k += 1
            continue
        if r.kinds[k] != WORD or (r.has(k, "stop") and not r.has(k, "noun")):
            break
        noun = _noun_at(r, k)
        if noun is None:
            if guess is not None:
                break
            if not single and not r.has(k, "stop") and _is_unknown_plural(r, k):
                one = singular(r.keys[k])
                return Counted("count", k, one, one, rule="unit.noun_by_form")
            k += 1
            continue
        if single or noun.value.number == "many":
            guess = _counted(noun, k)
            following = r.get(k + noun.length, "noun")
            if following is None or (following.value.number != "many" and not single):
                break
        k += noun.length
    return guess


def _is_unknown_plural(r: Reader, k: int) -> bool:
    """Whether an unknown word has the form of a plural, and no known plural follows that would be the head."""
    key = r.keys[k]
    if len(key) <= 3 or not key.endswith("s") or key.endswith(("ss", "us", "is")):
        return False
    following = r.get(k + 1, "noun")
    return following is None or following.value.number != "many"


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


def noun_before(r: Reader, i: int) -> Noun | None:
    """The definite noun right before a definite number or an ordinal (الدول الست), its possessive ending taken off."""
    if not r.is_word(i):
        return None
    noun = r.get(i, "noun")
    if noun is not None:
        return _as_noun(noun)
    for stem in _without_possessive(r, r.stem(i)):
        entry = r.lexicon.entry(stem)
        found = entry.get("noun") or entry.get("time")
        if found is not None:
            return _as_noun(found)
    time = r.get(i, "time")
    return _as_noun(time) if time is not None else None


def _as_noun(sense: Sense) -> Noun:
    """The noun itself, or a unit of time as the noun that it is."""
    if isinstance(sense.value, Noun):
        return sense.value
    return Noun(sense.value.id, sense.value.id, sense.value.number)


def _without_possessive(r: Reader, key: str) -> Iterator[str]:
    """The word without a possessive ending, and with the ending that this one had changed (مباراته: مباراة)."""
    for ending in r.rules.get("possessives") or []:
        if key.endswith(ending) and len(key) > len(ending) + 1:
            stem = key[: -len(ending)]
            yield stem
            for changed, original in r.rules.get("possessive_changes") or []:
                if stem.endswith(changed):
                    yield fold(stem[: -len(changed)] + original)
