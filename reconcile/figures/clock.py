"""Times of the day: 15:15, 3 pm, الساعة الثالثة والنصف عصرًا. They are figures of kind time and count nothing."""

from __future__ import annotations

from reconcile.figures.bounds import Amount
from reconcile.figures.hedges import before_hedge
from reconcile.numbers import parse_number, parse_ordinal_words
from reconcile.rules.reader import Reader
from reconcile.text.passage import CLOCK, DASHES, WORD

HOURS = range(25)


def parse_clock(r: Reader, i: int) -> Amount | None:
    """The time of day that begins at token `i`, or None."""
    if r.kinds[i] == CLOCK:
        return _time(i, _part(r, i + 1, i), "time.clock")
    numbered = r.is_number(i) or r.has_any(i, "num", "ordinal")
    spread = _from_to(r, i) or _of_night(r, i) if numbered else None
    if spread is not None:
        return spread
    if r.has(i, "date_clock_words"):
        if r.article and not r.took_article(i) and not r.is_number(i + 1):
            return None  # ساعة واحدة is how long
        hour = _hour(r, i + 1)
        if hour is not None:
            lettered = _lettered(r, hour, after_word=True)
            if lettered is not None:
                return _time(i, _part(r, lettered + 1, lettered), "time.words")
            marked = r.rules["dates"].get("clock_word_decides", False)
            last = _part(r, _minutes(r, hour + 1), hour)
            return _time(i, last, "time.words") if marked or last > hour else None
        if r.kinds[i + 1] == CLOCK:
            return _time(i, _part(r, i + 2, i + 1), "time.clock")
        return None
    if _is_military(r, i):
        return _time(i, _part(r, i + 1, i), "time.clock")
    if numbered:
        hour = _hour(r, i)
        if hour is not None:
            lettered = _lettered(r, hour, after_word=False)
            if lettered is not None:
                return _time(i, _part(r, lettered + 1, lettered), "time.clock")
            after = _minutes(r, hour + 1)
            part = r.get(after, "clock_part") if not _named_part(r, i, after) else None
            if part is not None and (part.length > 1 or len(r.keys[after]) > 1 or r.glued(after)):
                return _time(i, after + part.length - 1, "time.words")
    return None


def _from_to(r: Reader, i: int) -> Amount | None:
    """Two hours of which only the second may say what it is (between 7 and 9 p.m., de 8 heures à midi)."""
    hour = _hour(r, i) if r.is_number(i) or r.has_any(i, "num", "ordinal") else None
    if hour is None or r.is_number(i - 1):
        return None
    opened = r.has_any(i - 1, "range_from", "range_between")
    mark = r.get(hour + 1, "date_clock_hours")
    lettered = hour + mark.length if mark is not None else hour
    k = _joined(r, lettered + 1, r.has(i - 1, "range_between"))
    if k is None:
        return None
    last = _end_of_hours(r, k, marked=mark is not None and opened)
    if last is None or r.has(last + 1, "partitive"):
        return None
    return _time(i - 1 if opened else i, last, "time.range")


def _joined(r: Reader, k: int, between: bool) -> int | None:
    """Where the second hour begins, if token `k` joins two."""
    to = r.get(k, "range_to")
    if to is not None:
        return k + to.length
    if r.is_symbol(k, DASHES):
        return k + 1
    if between and r.particle(k):
        return k
    return k + 1 if between and (r.is_conjunction(k) or r.has(k, "range_between_and")) else None


def _end_of_hours(r: Reader, k: int, *, marked: bool) -> int | None:
    """The last token of the second of two hours: it says itself that it is one, or both have the same mark."""
    if r.has(k, "clock_noon"):
        return k if marked or r.has(k - 1, "range_to") else None
    hour = _hour(r, k) if r.is_number(k) or r.has_any(k, "num", "ordinal") else None
    if hour is None:
        return None
    part = r.get(hour + 1, "clock_part")
    if part is not None:
        return _part(r, hour + 1, hour)
    lettered = _lettered(r, hour, after_word=True)
    return _part(r, lettered + 1, lettered) if lettered is not None and marked else None


def _of_night(r: Reader, i: int) -> Amount | None:
    """An hour with no more than the part of a day after it (at about 7 last night, between 7 and 9 this morning)."""
    hour = _hour(r, i) if r.is_number(i) or r.has(i, "num") else None
    if hour is None or r.article:
        return None
    between = r.has(i - 1, "range_between")
    k = _joined(r, hour + 1, between=True) if between else None
    second = _hour(r, k) if k is not None else None
    last = second if second is not None else hour
    if between and second is None or not _is_part_of_day(r, last + 1):
        return None
    begins = before_hedge(r, i) if not between else i - 1
    at = begins - 1
    told = r.has(at, "date_clock_words") or ((between or begins < i) and (r.is_break(at) or r.is_symbol(at, ",.;")))
    return _time(i, last, "time.of_day") if told else None


def _is_part_of_day(r: Reader, k: int) -> bool:
    """Whether a part of a day that is told from others stands at `k` (last night, yesterday evening, Monday night)."""
    named = r.first(k, "date_last", "date_this", "relative_day", "weekday")
    return named is not None and r.has(k + named.length, "day_part")


def _named_part(r: Reader, i: int, k: int) -> bool:
    """Whether a part of a day that is named at `k` only says when a counted number was (قتل أربعة مساء أمس)."""
    spelled = r.kinds[i] == WORD and not r.has_any(i, "ordinal", "ordinal_definite")
    return bool(r.article) and spelled and r.has_any(k + 1, "relative_day", "weekday")


def _is_military(r: Reader, i: int) -> bool:
    """Whether four digits before a zone are hours and minutes (1340 GMT)."""
    if not r.is_number(i) or not r.has(i + 1, "date_zones"):
        return False
    digits = r.keys[i]
    return len(digits) == 4 and digits.isdecimal() and int(digits[:2]) in HOURS and int(digits[2:]) < 60


def _time(first: int, last: int, rule: str) -> Amount:
    return Amount(first, last, "time", "exact", None, None, None, None, None, (), None, "clock", (rule,))


def _hour(r: Reader, k: int) -> int | None:
    """The last token of an hour from token `k`: digits, a cardinal or an ordinal."""
    if r.is_number(k):
        whole = r.keys[k].replace(".", ":").split(":")[0]
        return k if whole.isdecimal() and len(whole) <= 2 and int(whole) in HOURS else None
    ordinal = parse_ordinal_words(r, k)
    if ordinal is not None:
        return ordinal[1] if ordinal[0] in HOURS else None
    sense = r.get(k, "num")
    if sense is not None and sense.value[0] in HOURS:
        return k + sense.length - 1
    return None


def _lettered(r: Reader, hour: int, *, after_word: bool) -> int | None:
    """The last token of an hour that a letter or word marks (15h30, 15 h 30, à 15 heures): alone it may be an amount of
    time, so it needs its minutes, or a word of the clock before it and nothing of which it were a part after it."""
    mark = r.get(hour + 1, "date_clock_hours")
    if mark is None:
        return None
    last = hour + mark.length
    if r.is_number(last + 1) and len(r.keys[last + 1]) == 2 and int(r.keys[last + 1]) < 60:
        return last + 1
    if after_word and r.has(last + 1, "clock_part"):
        return last
    return last if after_word and not r.has(last + 1, "partitive") else None


def _minutes(r: Reader, k: int) -> int:
    """Past the minutes or the fraction that is added to an hour; where it finds none, where it began."""
    if r.has(k, "less"):
        return k + 2 if r.has(k + 1, "fraction") else k
    at = r.past_conjunction(k)
    if at == k and not r.particle(k):
        return k
    if r.has(at, "fraction") and not r.has(at + 1, "time"):
        return at + 1
    number = parse_number(r, at)
    if number is not None and r.has(number.last + 1, "time"):
        return number.last + 2
    return k


def _part(r: Reader, k: int, last: int) -> int:
    """The last token of a time, with the part of the day and the zone that follow."""
    last = max(last, k - 1)
    part = r.get(last + 1, "clock_part")
    if part is not None:
        last += part.length
    zone = r.get(last + 1, "date_zones")
    if zone is not None:
        last += zone.length
    return last
