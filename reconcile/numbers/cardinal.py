"""Cardinal numbers of any language: digits, words and scale words, added up by what may follow what.

The grammar is shared; a language says in its rules only whether units precede tens, whether an "and" is needed, which
tens take 10-19 after them, and its words. A number is a chain of atoms: digits, units, teens, tens, hundreds,
multipliers (hundred, thousand, million, dozen), duals, fractions and vague magnitudes.
"""

from __future__ import annotations

from typing import NamedTuple

from reconcile.numbers.digits import parse_digits
from reconcile.rules.reader import Reader
from reconcile.rules.senses import Entry
from reconcile.text.passage import NUMBER, WORD

HYPHENS = "-\u2010\u2011"
INFINITY = float("inf")
# A bare "millions" is two or more of them and fewer than the next scale word (METHODS).
VAGUE_TOP = {1e3: 1e6, 1e6: 1e9, 1e9: 1e12, 1e12: 1e15}


class Number(NamedTuple):
    """A number as read: its value or its vague bounds, and the tokens it took."""

    value: float | None
    first: int
    last: int
    low: float | None = None
    high: float | None = None
    form: str = "words"  # digits, words, mixed, dual, vague, fraction, scale
    scale: float = 1.0  # the weight of the smallest scale word in it
    weak: bool = False  # a word that is no figure unless something counted stands beside it
    article: bool = False  # a definite article was glued to it
    rule: str = ""


class _State:
    """What has been added up so far."""

    __slots__ = ("total", "group", "smallest", "last_kind", "atoms", "scaled", "digits", "words")

    def __init__(self) -> None:
        self.total = 0.0
        self.group: float | None = None
        self.smallest = INFINITY
        self.last_kind = ""
        self.atoms = 0
        self.scaled = 1.0
        self.digits = False
        self.words = False


def parse_number(r: Reader, i: int) -> Number | None:
    """The longest number that starts at token `i`, or None; read once for each token."""
    numbers: dict[int, Number | None] = r.numbers
    if i not in numbers:
        numbers[i] = _parse(r, i)
    return numbers[i]


def _parse(r: Reader, i: int) -> Number | None:
    if i >= r.n:
        return None
    entry = r.entries[i]
    sign, at = _sign(r, i)
    if sign < 0:
        number = (
            parse_number(r, at)
            if (at < r.n and r.kinds[at] == NUMBER) or at > i + 1 or entry is not None
            else None
        )
        if number is None or number.value is None:
            return None
        return number._replace(value=-number.value, first=i)
    if r.kinds[i] != NUMBER and entry is None and not r.is_point(i):
        return None
    if entry is not None:
        if "idiom" in entry:
            return None
        vague = _vague(r, i, entry)
        if vague is not None:
            return vague
        fraction = _leading_fraction(r, i, entry)
        if fraction is not None:
            return fraction
        pair = _pair(r, i, entry)
        if pair is not None:
            return pair
    return _chain(r, i)


def _sign(r: Reader, i: int) -> tuple[int, int]:
    entry = r.entries[i]
    if entry is not None and "minus" in entry and i + 1 < r.n:
        return -1, i + entry.senses["minus"].length
    if r.is_symbol(i, "-\u2212") and r.is_number(i + 1) and not r.glued(i):
        if i == 0 or r.kinds[i - 1] != NUMBER:
            return -1, i + 1
    return 1, i


def _conjunction(r: Reader, j: int) -> tuple[bool, int]:
    """Whether token `j` begins with, or is, an "and"; and where the atom after it stands."""
    if j >= r.n:
        return False, j
    entry = r.entries[j]
    if entry is not None and entry.particle:
        return True, j
    if r.kinds[j] == WORD and r.keys[j] in r.lexicon.conjunctions and j + 1 < r.n:
        return True, j + 1
    if r.is_symbol(j, HYPHENS) and j + 1 < r.n and r.glued(j) and r.glued(j + 1):
        if r.keys[j + 1] in r.lexicon.conjunctions:
            return True, j + 3 if r.is_symbol(j + 2, HYPHENS) else j + 2
        return False, j + 1
    if r.is_symbol(j, ",") and _goes_on(r, j + 1):
        return True, j + 1
    return False, j


def _goes_on(r: Reader, k: int) -> bool:
    """After a comma only words that go on to a scale belong to the number (… thousand, seven hundred and two)."""
    scale = _scale_at(r, k + 1)
    return r.has(k, "num") and not r.particle(k) and scale is not None and r.has(k - 2, "mult")


def _chain(r: Reader, i: int) -> Number | None:
    s = _State()
    j = i
    end = -1
    article = False
    while j < r.n:
        conj, k = _conjunction(r, j) if s.atoms else (False, j)
        hyphen = k > j and not conj
        if s.atoms and not conj and not hyphen and k < r.n and r.kinds[k] == NUMBER:
            break
        step = _digits_atom(r, k, s, conj) if k < r.n and r.kinds[k] == NUMBER else _word_atom(r, k, s, conj)
        if step == 0:
            break
        if s.atoms == 1:
            first = r.entries[k]
            article = first is not None and first.article
        end = k + step - 1
        j = end + 1
    if end < 0:
        return None
    value = s.total + (s.group or 0.0)
    form = "mixed" if s.digits and s.words else "digits" if s.digits else "words"
    if not s.digits and s.atoms == 1 and s.last_kind in ("scale", "dual"):
        form = s.last_kind
    weak = s.atoms == 1 and _is_weak(r.entries[i])
    scale = s.smallest if s.smallest < INFINITY else s.scaled
    return Number(value, i, end, form=form, scale=scale, weak=weak, article=article, rule=f"number.{form}")


def _is_weak(entry: Entry | None) -> bool:
    return entry is not None and ("bare_one" in entry or "unlikely" in entry)


def _digits_atom(r: Reader, k: int, s: _State, conj: bool) -> int:
    """Digits begin a number, or go on after a scale word ("2 million and 300 thousand", ألف و300)."""
    value = parse_digits(r.keys[k], r.rules["digits"])
    if value == INFINITY:
        return 0
    if s.atoms:
        if not conj or s.group is not None or s.smallest < 1000 or value >= s.smallest or value != int(value):
            return 0
        scale_next = _scale_at(r, k + 1)
        if scale_next is None and not r.rules["numbers"]["digits_after_scale"]:
            return 0
        if scale_next is not None and scale_next * value >= s.smallest:
            return 0
        if scale_next is None and _is_year_like(r, k, value):
            return 0
    s.group = value
    s.digits = True
    s.atoms += 1
    s.last_kind = "digits"
    short = _short_scale(r, k + 1)
    if short is not None:
        s.total += value * short
        s.smallest = short
        s.group = None
        s.last_kind = "scale"
        return 2
    return 1


def _is_year_like(r: Reader, k: int, value: float) -> bool:
    return 1900 <= value <= 2099 and len(r.keys[k]) == 4


def _short_scale(r: Reader, k: int) -> float | None:
    """A scale letter right after digits: 1.2bn, 10K; with a blank only the longer ones (2,5 Mds)."""
    if k >= r.n or r.kinds[k] != WORD:
        return None
    entry = r.entries[k]
    if entry is None or "scale_short" not in entry:
        return None
    if not r.glued(k) and (len(r.keys[k]) < 2 or entry.get("time") is not None):
        return None
    if not r.glued(k) and entry.get("unit") is not None:
        return None
    if "unit" in entry and r.keys[k] == r.written(k) and len(r.keys[k]) == 1 and not r.money_before(k - 1):
        return None
    return float(entry.senses["scale_short"].value)


def _scale_at(r: Reader, k: int) -> float | None:
    if k < r.n:
        entry = r.entries[k]
        if entry is not None and "mult" in entry:
            return float(entry.senses["mult"].value.value)
    return None


def _word_atom(r: Reader, k: int, s: _State, conj: bool) -> int:
    entry = r.entries[k] if k < r.n else None
    if entry is None:
        return 0
    senses = entry.senses
    if s.atoms and entry.article and not conj and "mult" not in senses:
        return 0
    if s.atoms and conj:
        added = _added_fraction(r, k, entry, s)
        if added:
            return added
    if "less" in senses and s.atoms:
        return _less_fraction(r, k, s)
    if (
        "point" in senses
        and s.group is not None
        and s.last_kind in ("digits", "unit", "teen", "tens", "zero")
    ):
        return _decimal_words(r, k, s)
    if "dual" in senses and not ("mult" in senses and (s.group is not None or not _is_construct_dual(r, k))):
        return _dual_atom(senses["dual"].value, s, conj)
    if "mult" in senses:
        return _mult_atom(senses["mult"].value, senses["mult"].length, s, conj)
    if "num" in senses:
        value, kind = senses["num"].value
        if _fits(r, float(value), kind, s, conj):
            s.group = (s.group or 0.0) + value
            s.atoms += 1
            s.words = True
            s.last_kind = kind
            return senses["num"].length
        return 0
    if "article" in senses and (s.group is None and (not s.atoms or conj)):
        after = r.entries[k + 1] if k + 1 < r.n else None
        if after is not None and not after.particle and _one_before(after):
            s.group = 1.0
            s.atoms += 1
            s.words = True
            s.last_kind = "unit"
            return 1
    return 0


def _is_construct_dual(r: Reader, k: int) -> bool:
    """A form that is both a dual and an accusative singular is the dual only right before what it counts."""
    if r.written(k).endswith(tuple(r.rules.get("tanwin", ""))) or not r.is_word(k + 1) or r.particle(k + 1):
        return False
    after = r.entries[k + 1]
    return not (
        r.keys[k + 1] in r.lexicon.conjunctions or after is not None and ("stop" in after or "mult" in after)
    )


def _one_before(entry: Entry) -> bool:
    """After an article ("a hundred", "a dozen") only the singular multipliers make a number."""
    mult = entry.get("mult")
    return mult is not None and mult.value.form == "one"


def _fits(r: Reader, value: float, kind: str, s: _State, conj: bool) -> bool:
    numbers = r.rules["numbers"]
    if s.last_kind in ("digits", "fraction", "zero") and s.group is not None:
        return False
    if not s.atoms:
        return True
    if kind == "zero":
        return False
    joined = conj or not numbers["conjunction_needed"]
    if s.group is None:
        return joined and value < s.smallest and not (s.digits and not numbers["digits_after_scale"] and conj)
    rest = s.group % 100
    if kind == "tens":
        if numbers["ones_before_tens"] and conj and 1 <= rest <= 9 and s.last_kind == "unit":
            return True
        return rest == 0 and joined
    if kind == "unit":
        if rest == 0:
            return joined and s.last_kind != "unit"
        return s.last_kind == "tens" and rest % 10 == 0 and not numbers["ones_before_tens"]
    if kind == "teen":
        return (rest == 0 and joined and s.last_kind != "unit") or (
            s.last_kind == "tens" and rest in numbers.get("vigesimal", ())
        )
    return False


def _mult_atom(mult: object, length: int, s: _State, conj: bool) -> int:
    factor: float = mult.value  # type: ignore[attr-defined]
    many: bool = mult.form == "many"  # type: ignore[attr-defined]
    if s.group is not None:
        if conj or (factor == 100 and (s.group >= 100 or s.group != int(s.group)) and not s.digits):
            return 0
        if factor < 1000:
            s.group *= factor
            s.scaled = factor
        else:
            if s.total and factor >= s.smallest:
                return 0
            s.total += s.group * factor
            s.smallest = factor
            s.group = None
    elif s.atoms:
        if not conj and s.total and factor >= 1000:
            s.total *= factor
            s.smallest *= factor
        elif conj and factor < s.smallest and not many:
            if factor < 1000:
                s.group = factor
            else:
                s.total += factor
                s.smallest = factor
        else:
            return 0
    else:
        if many:
            return 0
        if factor < 1000:
            s.group = factor
            s.scaled = factor
        else:
            s.total = factor
            s.smallest = factor
    s.atoms += 1
    s.words = True
    s.last_kind = "hundreds" if factor < 1000 else "scale"
    return length


def _dual_atom(value: float, s: _State, conj: bool) -> int:
    if s.group is not None or (s.atoms and (not conj or value >= s.smallest)):
        return 0
    s.total += value
    s.smallest = value / 2
    s.atoms += 1
    s.words = True
    s.last_kind = "dual"
    return 1


def _added_fraction(r: Reader, k: int, entry: Entry, s: _State) -> int:
    """The "and a half" after a number or a scale word; the scale may be said again after it."""
    used = 0
    if "article" in entry and r.is_symbol(k + 1, HYPHENS):
        used, k = 2, k + 2
        if r.entries[k] is None:
            return 0
        entry = r.entries[k]  # type: ignore[assignment]
    elif "article" in entry and k + 1 < r.n and r.entries[k + 1] is not None:
        used, k = 1, k + 1
        entry = r.entries[k]  # type: ignore[assignment]
    fraction = entry.get("fraction")
    if fraction is None or "fraction_added" not in _added_words(r, k) or s.last_kind == "fraction":
        return 0
    if r.unit_follows_fraction(k):
        return 0
    if s.group is not None:
        s.group += fraction.value
    else:
        s.total += fraction.value * s.smallest
        again = r.entries[k + 1] if k + 1 < r.n else None
        if again is not None and "mult" in again and again.senses["mult"].value.value == s.smallest:
            used += 1
    s.atoms += 1
    s.words = True
    s.last_kind = "fraction" if s.group is None else "unit"
    return used + 1


def _added_words(r: Reader, k: int) -> tuple[str, ...]:
    return ("fraction_added",) if r.stem(k) in r.fraction_added else ()


def _less_fraction(r: Reader, k: int, s: _State) -> int:
    entry = r.entries[k + 1] if k + 1 < r.n else None
    fraction = entry.get("fraction") if entry is not None else None
    if fraction is None:
        return 0
    if s.group is not None:
        s.group -= fraction.value
    else:
        s.total -= fraction.value * s.smallest
    s.atoms += 1
    s.last_kind = "fraction"
    return 2


def _decimal_words(r: Reader, k: int, s: _State) -> int:
    """Digits after "point", as words one by one or as one group."""
    digits = ""
    used = 1
    while k + used < r.n:
        at = k + used
        if r.kinds[at] == NUMBER and not digits and r.keys[at].isdecimal():
            digits = "".join(str(int(c)) for c in r.keys[at])
            used += 1
            break
        entry = r.entries[at]
        num = entry.get("num") if entry is not None and not entry.particle else None
        if num is None or (digits and num.value[1] not in ("unit", "zero")):
            break
        digits += str(num.value[0])
        used += num.length
    if not digits:
        return 0
    s.group = float(f"{int(s.group or 0)}.{digits}")
    s.atoms += 1
    s.last_kind = "unit"
    return used


def _vague(r: Reader, i: int, entry: Entry) -> Number | None:
    """Tens, hundreds, thousands, millions without a number before them, and their products."""
    vague = entry.get("vague")
    mult = entry.get("mult")
    few = entry.get("few")
    scaled = 1.0
    if few is not None:
        low, high = 3.0, 10.0
        j = i + few.length
    elif vague is not None:
        low, high = vague.value
        j = i + vague.length
    elif mult is not None and mult.value.form == "many" and mult.value.value >= 1000 and "num" not in entry:
        base = mult.value.value
        low = base if base == 1000 else 2 * base
        high, j, scaled = VAGUE_TOP.get(base, base * 1000), i + 1, base
    else:
        return None
    products = 0
    while j < r.n:
        at = j
        link = r.entries[at]
        if link is not None and "partitive" in link and at + 1 < r.n:
            at += 1
        nxt = r.entries[at]
        if nxt is None or "mult" not in nxt or nxt.senses["mult"].value.value < 100 or nxt.particle:
            break
        factor = nxt.senses["mult"].value.value
        if at > j and nxt.senses["mult"].value.form != "many":
            break
        if scaled > 1 and factor <= scaled:
            break
        low, high, scaled = low * factor, high * factor, factor
        if scaled > 1 and mult is not None and vague is None and few is None:
            high = min(high, base * factor * 1000)
        j = at + 1
        products += 1
    if few is not None and not products:
        return None
    return Number(None, i, j - 1, low, high, "vague", scaled, rule="number.vague", article=entry.article)


def _leading_fraction(r: Reader, i: int, entry: Entry) -> Number | None:
    """Half a million, نصف مليار, ثلاثة أرباع المليون, two thirds: a fraction that begins the number."""
    value, j = _fraction_at(r, i, entry)
    if value is None:
        return None
    at = j
    link = r.entries[at] if at < r.n else None
    if link is not None and "partitive" in link and "mult" not in link:
        at += 1
        link = r.entries[at] if at < r.n else None
    if link is not None and "article" in link:
        at += 1
        link = r.entries[at] if at < r.n else None
    if link is not None and "mult" in link and not link.particle and link.senses["mult"].value.value >= 12:
        mult = link.senses["mult"].value
        if mult.form != "many" or link.article:
            return Number(
                value * mult.value, i, at, form="words", scale=mult.value, rule="number.fraction_of_scale"
            )
    return Number(value, i, j - 1, form="fraction", weak=True, article=entry.article, rule="number.fraction")


def _fraction_at(r: Reader, i: int, entry: Entry) -> tuple[float | None, int]:
    if "num" in entry:
        count, _ = entry.senses["num"].value
        k = i + entry.senses["num"].length
        k += 1 if k < r.n and r.keys[k] in "-\u2010\u2011" and r.glued(k) else 0
        after = r.entries[k] if k < r.n else None
        plural = after.get("fraction_plural") if after is not None and not after.particle else None
        if plural is not None and 1 < count < 100:
            return count * plural.value, k + 1
        single = after.get("fraction") if after is not None and not after.particle and count == 1 else None
        if single is not None and "fraction_ambiguous" not in entry:
            return single.value, k + 1
    if "article" in entry and i + 1 < r.n:
        after = r.entries[i + 1]
        if (
            after is not None
            and "fraction" in after
            and ("ordinal" not in after or r.has(i + 2, "partitive"))
        ):
            return after.senses["fraction"].value, i + 2
        return None, i
    if "fraction" in entry:
        if "fraction_ambiguous" in entry and not r.definite_follows(i):
            return None, i
        return entry.senses["fraction"].value, i + 1
    return None, i


def _pair(r: Reader, i: int, entry: Entry) -> Number | None:
    """A couple, a pair."""
    at = i + 1 if "article" in entry else i
    word = r.entries[at] if at < r.n else None
    pair = word.get("pair") if word is not None else None
    if pair is None or (at == i and "article" not in entry):
        return None
    end = at
    link = r.entries[at + 1] if at + 1 < r.n else None
    if link is not None and "partitive" in link:
        end = at + 1
    scale = _scale_at(r, end + 1)
    if scale is not None and scale >= 12:
        return Number(pair.value * scale, i, end + 1, scale=scale, rule="number.pair")
    return Number(float(pair.value), i, end, rule="number.pair")
