"""Digits and number words that only name something: Room 101, the witness 7, مركز الاقتراع 112, G20, 20 Minutes.

They are kept as metadata with the rule that says why, and count nothing. What a number names stands beside it: a label
(a kind of thing that is numbered), a word for "number", a name, or letters that touch it.
"""

from __future__ import annotations

from reconcile.figures.nouns import read_noun
from reconcile.numbers import Number
from reconcile.rules.reader import Reader
from reconcile.text.passage import HYPHENS, NUMBER

GLUED, LABELLED, NUMBERED = "unit.name", "unit.label", "unit.number"
NAMES = frozenset((GLUED, LABELLED, NUMBERED))
MAX_HOPS = 4  # numbers of a hyphenated name (CVE-2023-4863)
MAX_NAMED = 2  # words of a name between its label and its number (قناة فرانس 24)
COUNTED = ("percent", "money", "unit", "time", "mult", "scale_short", "people", "auxiliary_many", "people_of")
LARGEST = 100_000  # of a number that names a room, a witness or a street
OPENING = "\"'\u00ab\u201c\u2018([:"
LONG_WORD = 5  # letters; a longer word after digits lost its blank
POSTCODE = 5  # digits
LONGEST_SHORT = 3  # letters of a label that a point shortens
LIST_REACH = 15  # tokens between the numbers of a list of places
NO_NAMES = (  # of a capitalised word after which a number may count
    *("month", "weekday", "country", "nationality", "people_before", "people_of", "money", "noun", "stop", "num"),
    *("mult", "hedge", "ordinal", "toll", "unit_before", "level_verb", "range_change_verbs"),
)
QUARTERS = tuple("NSEWO")  # of the sky
LAST_DAY = 31
CHANNEL = "24"  # which news channels have after a name
LINKS = HYPHENS + "+"
MOST_OF_STREET = 3  # words between a house number and the word for its street


def name_rule(r: Reader, i: int, number: Number, *, second: bool = True) -> str | None:
    """The rule by which the number at token `i` is only a name, or None where it may count.

    `second` says whether it may be one as the second of two (suspects 3 and 4).
    """
    if number.value is None or number.scale != 1 or number.first != i:
        return None
    if r.glued(i) and r.is_clitic(i - 1) and not r.is_article(i - 1):
        return None
    if number.form == "digits":
        if r.is_word(i + 1) and r.written(i + 1) in QUARTERS and "." in r.keys[i]:
            return NUMBERED  # 36.75 N, 3.06 E
        after = i + 1 + (r.is_symbol(i + 1, HYPHENS) and r.glued(i + 1))
        if r.has(after, "label_after"):
            return LABELLED  # a .45-caliber gun
        if r.is_symbol(i + 1, HYPHENS) and r.glued(i + 1) and r.has_any(i + 2, "time", "noun"):
            return None  # father 60-year-old
        if not r.keys[i].isdecimal():
            return None
        if number.value > LARGEST:
            return NUMBERED if _is_code(r, i) else None
        labelled = _labelled(r, i, number) or (second and _next_of_named(r, i, number))
        if labelled or _numbers_person(r, i, number) or _is_ordered_time(r, i):
            return LABELLED
        if _is_code(r, i) or _is_house(r, i, number) or _closes_name(r, i, number) or _begins_title(r, i, number):
            return NUMBERED
        return None
    if number.form == "words" and (is_group(r, i, number.last) or _is_capitalised_name(r, i, number)):
        return NUMBERED
    return LABELLED if number.form == "words" and _labelled_in_words(r, i, number) else None


def is_inside_name(r: Reader, i: int) -> bool:
    """Digits glued to letters before them or a hyphenated word are names (G20, COVID-19, P5+1), unless those are
    clitics."""
    if r.is_number(i) and r.glued(i):
        before = i - 1
        if r.is_word(before):
            elided = r.keys[before].endswith("'")
            return not elided and not r.is_clitic(before) and not r.has(before, "money")
        if r.is_symbol(before, "+") and r.glued(before) and r.is_number(before - 1):
            return is_inside_name(r, before - 1)
        for _ in range(MAX_HOPS):
            linked = r.is_symbol(before, HYPHENS) and r.glued(before)
            if not (linked and r.is_number(before - 1) and r.glued(before - 1)):
                break
            before -= 2
        if r.is_symbol(before, HYPHENS) and r.glued(before) and r.is_word(before - 1):
            return not r.is_clitic(before - 1)
    return False


def begins_name(r: Reader, i: int, number: Number) -> bool:
    """Whether letters that the rules do not know are glued after digits (5G, 3D): they name something."""
    after = number.last + 1
    if not r.is_number(i) or not r.glued(after) or not r.is_word(after):
        return False
    known = r.has_any(
        after, "scale_short", "money", "unit", "time", "ordinal_suffix", "percent", "noun", "mult", "percent_points"
    )
    typo = len(r.keys[after]) >= LONG_WORD and r.written(after).islower()  # 210detainments
    return not known and not typo and r.passage.text[r.passage.starts[after]].isascii()


def _label_before(r: Reader, i: int) -> int | None:
    """The first token of the label that ends right before token `i`, a point after it included (case no. 5)."""
    end = i - 1 if r.is_article(i - 1) else i
    # art. 5, and no end of a sentence
    pointed = r.is_symbol(end - 1, ".") and end >= 2 and len(r.keys[end - 2]) <= LONGEST_SHORT
    for at in (end, end - 1 if pointed else -1):
        for k in range(at - 1, max(-1, at - 5), -1):
            label = r.get(k, "label")
            if label is not None and k + label.length == at:
                return k
    return None


def _labelled(r: Reader, i: int, number: Number) -> bool:
    """Whether a label stands before digits; one that is also a counted noun only where nothing counted follows."""
    k = _label_before(r, i)
    if k is None:
        return _named_label(r, i, number)
    if r.has_any(k - 1, "date_following", "date_previous", "date_last", "date_next", "date_this", "date_same"):
        return False  # the following day, 5 were killed
    counted = r.is_number(k - 1) or (r.has_any(k - 1, "num", "mult") and not r.has(k - 1, "ordinal"))
    if counted and not r.particle(k):
        return r.capitalised(k) if r.rules["script"] == "latin" else False
    if r.rules["script"] != "latin":
        return r.definite_word(i + 1) or bool(r.particle(i + 1)) or not r.has_any(i + 1, "noun", *COUNTED)
    return r.capitalised(k) or not _counts(r, number) or _heads_things(r, k, number)


def _heads_things(r: Reader, k: int, number: Number) -> bool:
    """Whether a label without an article leads a phrase for things (in phase 3 trials); people are counted."""
    noun = read_noun(r, number.last + 1, single=False)
    led = r.has(k - 1, "stop") and not r.has_any(k - 1, "article", "determiner")
    return led and noun is not None and noun.unit != "person" and "counts_one" not in r.rules["numbers"]


def _next_of_named(r: Reader, i: int, number: Number) -> bool:
    """The second of two numbers after a label or a plural for people (suspects 3 and 4, phases 2 et 3)."""
    if not (r.is_conjunction(i - 1) and r.is_number(i - 2)) or _counts(r, number):
        return False
    before = r.numbers.get(i - 2)
    return before is not None and name_rule(r, i - 2, before, second=False) is not None


def _named_label(r: Reader, i: int, number: Number) -> bool:
    """A label with a name between it and the number (قناة فرانس 24, 24 of nothing that is counted)."""
    for k in range(i - 1, i - 1 - MAX_NAMED, -1):
        if not r.is_word(k) or r.senses[k] or r.particle(k):
            return False
        if r.has(k - 1, "label_of_name"):
            return not _counts(r, number)
    return False


def _numbers_person(r: Reader, i: int, number: Number) -> bool:
    """A singular for a person right before digits, with nothing counted after them (witness 7 was heard)."""
    noun = r.get(i - 1, "noun")
    if r.article or noun is None or noun.value.unit != "person":
        return False
    if noun.value.number != "one":
        after = number.last + 2
        two = r.is_conjunction(after - 1) and r.is_number(after) and not r.is_number(i - 2)
        return two and not r.has(i - 2, "num") and not _counts(r, number._replace(last=after))
    at = i - 2
    alone = r.is_break(at) or r.kinds[at] != "w" or r.has_any(at, "stop", "determiner", "article")
    english = "counts_one" not in r.rules["numbers"]
    if english and not r.capitalised(i - 1) and r.has_any(at, "article", "determiner"):
        return False
    return alone and not _counts(r, number)


def _counts(r: Reader, number: Number) -> bool:
    """Whether a known noun, people or a verb in the plural stand after a number: then it counts."""
    k = number.last + 1
    if r.has_any(k, *COUNTED):
        return True
    if r.has(k, "auxiliary") and number.value != 1:
        return False  # witness 7 was wounded
    counted = read_noun(r, k, single=False)
    return counted is not None and counted.rule in ("unit.noun", "unit.people")


def _is_ordered_time(r: Reader, i: int) -> bool:
    """The day that a number picks (اليوم الـ45 للحرب): a definite singular before a definite number, or one that no
    month has."""
    at = i - 2 if r.is_article(i - 1) else i - 1
    time = r.get(at, "time") if r.article and (at < i - 1 or int(r.keys[i]) > LAST_DAY) else None
    return time is not None and time.value.number == "one" and r.took_article(at)


def _is_code(r: Reader, i: int) -> bool:
    """Digits with a zero before them, and digits beside such (020 7946 0958)."""

    def padded(k: int) -> bool:
        return r.kinds[k] == NUMBER and len(r.keys[k]) > 1 and r.keys[k][0] in "0\u0660" and r.keys[k].isdecimal()

    if len(r.keys[i]) == POSTCODE and _is_postcode(r, i):
        return True
    if padded(i):
        return not r.has_any(i + 1, "unit", "time", "percent", "money")
    run = [k for step in (-1, 1) for k in _row(r, i, step)]
    return any(padded(k) for k in run)


def _is_postcode(r: Reader, i: int) -> bool:
    """Five digits after a state (DC 20500), or before a town after a comma (75002 Paris)."""
    if r.rules["script"] != "latin":
        return False
    state = r.written(i - 1) if r.is_word(i - 1) else ""
    if len(state) == 2 and state.isupper():
        return True
    k = i + 1
    town = r.is_word(k) and r.capitalised(k) and not r.has_any(k, "noun", "people_of", "nationality", "month")
    return town and r.is_symbol(i - 1, ",") and (not r.is_word(k + 1) or r.is_break(k + 1))


def _row(r: Reader, i: int, step: int) -> list[int]:
    """The numbers that stand side by side with the one at `i`, on one side of it."""
    row: list[int] = []
    k = i + step
    while r.kinds[k] == NUMBER and len(row) <= MAX_HOPS:
        row.append(k)
        k += step
    return row


def _is_house(r: Reader, i: int, number: Number) -> bool:
    """The number of a house before its street: 17 Baker Street, 12, rue de Rivoli."""
    if r.rules["script"] != "latin":
        return False
    k = number.last + 1
    k += r.is_symbol(k, ",")
    if r.has(k, "street_before"):
        return True
    if k > number.last + 1:
        return False
    for at in range(k, k + MOST_OF_STREET):
        if not (r.is_word(at) and r.capitalised(at)):
            return False
        if r.has(at, "street") and at > k:
            return True
    return False


def _sentence_case(r: Reader, i: int) -> bool:
    """Whether the line of token `i` is in small letters, so that a capital inside it begins a name."""
    begin, end = r.passage.line(i)
    if begin in r.small_letters:
        return r.small_letters[begin]
    small = sum(r.is_word(k) and not r.capitalised(k) and not r.has(k, "stop") for k in range(begin, end))
    large = sum(r.is_word(k) and r.capitalised(k) for k in range(begin, end))
    r.small_letters[begin] = small > 0 and small * 3 >= large
    return r.small_letters[begin]


def _begins_sentence(r: Reader, i: int) -> bool:
    """Whether token `i` stands where a capital says nothing: first in its line, its sentence or a quotation."""
    return r.is_break(i - 1) or r.is_symbol(i - 1, OPENING + ".!?\u2026\u2022-\u2013\u2014")


def _closes_name(r: Reader, i: int, number: Number) -> bool:
    """Digits right after a capitalised word inside a sentence, which counts nothing (Al Jazeera 24, Galaxy 8)."""
    possessive = r.is_word(i - 1) and r.keys[i - 1] == "s" and r.is_symbol(i - 2, "'\u2019")
    k = i - 3 if possessive else i - 1  # Ocean's 11
    if r.rules["script"] != "latin" or not r.is_word(k) or not r.capitalised(k) or _begins_sentence(r, k):
        return False
    channel = r.keys[i] == CHANNEL and r.has(k, "country")  # France 24
    if not channel and r.has_any(k, *NO_NAMES):
        return False
    after = number.last + 1
    if not channel and _goes_on_list(r, k):
        return False
    ended = not r.is_word(after) or (r.has(after, "stop") and not r.has_any(after, "auxiliary", "people"))
    return ended and not r.is_symbol(after, HYPHENS + "/:") and _sentence_case(r, i)


def _goes_on_list(r: Reader, k: int) -> bool:
    """Whether the name at `k` is one of a list of which each has its number (1,120 in Bol, Baga Sola 540, Liwa 250)."""
    while r.is_word(k) and (r.capitalised(k) or r.has(k, "stop")):
        if r.is_conjunction(k):
            break
        k -= 1
    listed = r.is_symbol(k, ",;:") or r.is_conjunction(k)
    return listed and any(r.is_number(t) and not r.glued(t) for t in r.earlier(k, LIST_REACH))


def _begins_title(r: Reader, i: int, number: Number) -> bool:
    """A capitalised thing or time after digits inside a sentence is a title (the paper 20 Minutes)."""
    k = number.last + 1
    if r.rules["script"] != "latin" or not (r.is_word(k) and r.capitalised(k)):
        return False
    if not (r.rules.get("capitalised_people") or _sentence_case(r, i)):
        return False  # a headline in capitals, which this language may have
    if r.is_symbol(i - 1, ":/") or (r.is_word(i - 1) and r.capitalised(i - 1)):
        return False
    thing, time = r.get(k, "noun"), r.get(k, "time")
    named = time is not None or (thing is not None and thing.value.unit != "person")
    return named and not r.has_any(k, "month", "weekday", "money", "unit", "people_of", "nationality", "mult")


def is_group(r: Reader, i: int, last: int) -> bool:
    """A definite number that an indefinite singular governs (مجموعة العشرين): the group of the twenty."""
    noun = r.get(i - 1, "noun")
    if not r.article or not r.took_article(i) or noun is None or noun.value.number != "one" or r.took_article(i - 1):
        return False
    if not r.has(i, "num") or r.has_any(i, "ordinal", "ordinal_definite"):
        return False
    k = last + 1
    counted = r.has(k, "noun") and not (r.took_article(k) or r.particle(k) or r.preposition(k))
    return not (counted or r.definite_word(i - 1) or r.has(i - 1, "time"))


def _is_capitalised_name(r: Reader, i: int, number: Number) -> bool:
    """Number words with a capital inside a sentence (the Twenty-Six building, les Vingt-Sept, in Four Corners)."""
    if r.rules["script"] != "latin" or not r.capitalised(i) or _begins_sentence(r, i):
        return False
    words = [k for k in range(number.first, number.last + 1) if r.is_word(k)]
    if r.written(i).isupper() or not all(r.capitalised(k) or r.is_conjunction(k) for k in words):
        return False
    led = r.has_any(i - 1, "article", "determiner")
    inside = r.is_word(i - 1) and not r.capitalised(i - 1) and not _counts(r, number)
    return (led or inside) and _sentence_case(r, i)


def _labelled_in_words(r: Reader, i: int, number: Number) -> bool:
    """A number in words after a capitalised label (Channel Four, Phase Two), and nothing counted after it."""
    if r.rules["script"] != "latin" or number.last != i:
        return False
    k = _label_before(r, i)
    return k is not None and r.capitalised(k) and not _begins_sentence(r, k) and not _counts(r, number)
