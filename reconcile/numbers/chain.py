"""A chain of atoms, and what may follow what in it.

Each reader of an atom takes a reader, a token index and the chain so far; it adds the atom to the chain and says how
many tokens that took, or leaves the chain alone and says 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from reconcile.numbers.digits import parse_digits
from reconcile.numbers.number import INFINITY
from reconcile.rules.reader import Reader
from reconcile.rules.senses import Mult, Sense
from reconcile.text.passage import HYPHENS, NUMBER, WORD

THOUSAND, MILLION = 1e3, 1e6
LEAST_AFTER_THOUSANDS = 10  # 5 thousand and 2 million are two numbers
LOOK_AHEAD = 6  # words of a number that are looked at before an "and" joins it
BEFORE_POINT = ("digits", "unit", "teen", "tens", "zero")


@dataclass(slots=True)
class Chain:
    """What has been added up so far: whole scales in `total`, what waits for a scale word in `group`."""

    total: float = 0.0
    group: float | None = None
    smallest: float = INFINITY
    last_kind: str = ""
    atoms: int = 0
    scaled: float = 1.0
    digits: bool = False
    words: bool = False
    about: int | None = None
    between: bool = False  # after "between" an "and" parts two numbers

    def goes_on_to(self, factor: float) -> bool:
        """Whether what stands here are thousands of a larger scale (15 thousand 275 million), and no sum of its own."""
        thousands = self.smallest == THOUSAND and self.total < MILLION
        return thousands and factor >= MILLION and not self.between

    def took(self, kind: str) -> None:
        """Note an atom in words."""
        self.atoms += 1
        self.words = True
        self.last_kind = kind


def scale_at(r: Reader, k: int) -> float | None:
    """The weight of the multiplier at token `k`."""
    mult = r.get(k, "mult")
    return float(mult.value.value) if mult is not None else None


def read_digits(r: Reader, k: int, chain: Chain, conj: bool) -> int:
    """Digits begin a number, or go on after a scale word ("2 million and 300 thousand", ألف و300)."""
    written = r.keys[k] if r.has(k + 1, "percent") else r.keys[k].removeprefix(",")  # ,89 % but ,89 people
    value = parse_digits(written, r.rules["digits"])
    if value == INFINITY or (chain.atoms and not _digits_go_on(r, k, value, chain, conj)):
        return 0
    chain.group = value
    chain.digits = True
    chain.atoms += 1
    chain.last_kind = "digits"
    short = _short_scale(r, k + 1)
    if short is None:
        return 1
    chain.total += value * short
    chain.smallest = short
    chain.group = None
    chain.last_kind = "scale"
    return 2


def smaller_scale_follows(r: Reader, k: int, chain: Chain) -> bool:
    """Whether digits with a smaller scale word go on without an "and" (1 million 200 thousand)."""
    scale = scale_at(r, k + 1)
    if scale is None or r.particle(k + 1) or chain.group is not None or not MILLION <= chain.smallest < INFINITY:
        return False
    value = parse_digits(r.keys[k], r.rules["digits"])
    return scale >= THOUSAND and 1 <= value < THOUSAND and scale * value < chain.smallest


def _digits_go_on(r: Reader, k: int, value: float, chain: Chain, conj: bool) -> bool:
    if smaller_scale_follows(r, k, chain):
        return True
    if not conj or chain.group is not None or chain.smallest < 1000:
        return False
    if value >= chain.smallest or value != int(value):
        return False
    scale = scale_at(r, k + 1)
    if scale is not None:
        return scale * value < chain.smallest or (chain.goes_on_to(scale) and value >= LEAST_AFTER_THOUSANDS)
    year_like = 1900 <= value <= 2099 and len(r.keys[k]) == 4
    return bool(r.rules["numbers"]["digits_after_scale"]) and not year_like


def _short_scale(r: Reader, k: int) -> float | None:
    """A scale letter right after digits: 1.2bn, 10K; with a blank only the longer ones (2,5 Mds)."""
    short = r.get(k, "scale_short") if r.kinds[k] == WORD else None
    if short is None:
        return None
    if r.glued(k + 1) and r.is_symbol(k + 1, r.keys[k + 1]) and r.has_any(k + 1, "money", "money_before"):
        return float(short.value)  # a sign of money touches it: 3 M€
    if not r.glued(k) and (len(r.keys[k]) < 2 or r.has_any(k, "time", "unit")):
        return None
    lone_letter = r.keys[k] == r.written(k) and len(r.keys[k]) == 1
    if (lone_letter or len(r.keys[k]) > 1) and r.has(k, "unit") and not r.has_any(k - 2, "money", "money_before"):
        return None
    return float(short.value)


def read_word(r: Reader, k: int, chain: Chain, conj: bool) -> int:
    """A number word, as far as it may stand where the chain has come to."""
    senses = r.senses[k]
    if not senses or (chain.atoms and r.took_article(k) and not conj and "mult" not in senses):
        return 0
    if chain.atoms and conj:
        added = _added_fraction(r, k, chain)
        if added:
            return added
    if "less" in senses and chain.atoms:
        return _less_fraction(r, k, chain)
    if "point" in senses and chain.group is not None and chain.last_kind in BEFORE_POINT:
        return _decimals(r, k, chain)
    if "dual" in senses and not (
        "mult" in senses and (chain.group is not None or not _is_construct_dual(r, k))
    ):
        return _dual(senses["dual"].value, chain, conj)
    if "mult" in senses:
        return _multiplier(r, k, senses["mult"], chain, conj)
    if "partitive" in senses and chain.about == k - 1:
        return _scale_of_estimate(r, k, chain)
    if "num" in senses:
        value, kind = senses["num"].value
        if not _fits(r, float(value), kind, chain, conj):
            return 0
        if conj and _begins_anew(r, k + senses["num"].length, chain, value):
            return 0
        chain.group = (chain.group or 0.0) + value
        chain.took(kind)
        return senses["num"].length
    if "article" in senses and chain.group is None and (not chain.atoms or conj):
        if not r.particle(k + 1) and _is_one_mult(r, k + 1):
            chain.group = 1.0
            chain.took("unit")
            return 1
    return 0


def _begins_anew(r: Reader, j: int, chain: Chain, value: float) -> bool:
    """Whether the value after an "and" begins a number of its own: it reaches the scale of what stands before it
    ("between one million and two million", "one hundred and two hundred")."""
    for k in range(j, j + LOOK_AHEAD):
        mult = r.get(k, "mult")
        if r.particle(k) or not (mult is not None or r.has(k, "num")):
            return False
        if mult is None:
            continue
        if chain.group is not None:
            return mult.value.value == 100 and chain.group >= 100
        if mult.value.value >= chain.smallest:
            return value < LEAST_AFTER_THOUSANDS or not chain.goes_on_to(mult.value.value)
    return False


def _multiplier(r: Reader, k: int, mult: Sense, chain: Chain, conj: bool) -> int:
    if conj and _begins_anew(r, k + mult.length, chain, mult.value.value):
        return 0
    joined = conj or not r.rules["numbers"]["conjunction_needed"]
    if not _multiplies(mult.value, chain, conj, joined):
        return 0
    if mult.value.form == "about":
        chain.about = k
    return mult.length


def _scale_of_estimate(r: Reader, k: int, chain: Chain) -> int:
    """The scale that an estimate counts: une dizaine de milliers."""
    scale = scale_at(r, k + 1)
    if scale is None or scale < 1000 or chain.group is None:
        return 0
    chain.total += chain.group * scale
    chain.smallest = scale
    chain.group = None
    chain.last_kind = "scale"
    return 2


def _is_construct_dual(r: Reader, k: int) -> bool:
    """A form that is both a dual and an accusative singular is the dual only right before what it counts."""
    if r.written(k).endswith(tuple(r.rules.get("tanwin", ""))) or not r.is_word(k + 1) or r.particle(k + 1):
        return False
    return not (r.is_conjunction(k + 1) or r.has_any(k + 1, "stop", "mult"))


def _is_one_mult(r: Reader, k: int) -> bool:
    """After an article ("a hundred", "a dozen") only the singular multipliers make a number."""
    mult = r.get(k, "mult")
    return mult is not None and mult.value.form in ("one", "about")


def _fits(r: Reader, value: float, kind: str, chain: Chain, conj: bool) -> bool:
    """Whether a unit, teen, tens or hundreds may follow what the chain holds."""
    numbers = r.rules["numbers"]
    if chain.last_kind in ("digits", "fraction", "zero") and chain.group is not None:
        return False
    if not chain.atoms:
        return True
    if chain.digits and not conj:
        return False  # 4 billion four years later
    if conj and value not in numbers.get("conjunction_only_before", (value,)):
        return False
    if kind == "zero":
        return False
    joined = conj or not numbers["conjunction_needed"]
    if chain.group is None:
        digits_barred = chain.digits and not numbers["digits_after_scale"] and conj
        return joined and value < chain.smallest and not digits_barred
    rest = chain.group % 100
    if kind == "tens":
        if numbers["ones_before_tens"] and conj and 1 <= rest <= 9 and chain.last_kind == "unit":
            return True
        return rest == 0 and joined
    if kind == "unit":
        if rest == 0:
            return joined and chain.last_kind != "unit"
        return chain.last_kind == "tens" and rest % 10 == 0 and not numbers["ones_before_tens"]
    if kind == "teen":
        vigesimal = chain.last_kind == "tens" and rest in numbers.get("vigesimal", ())
        return (rest == 0 and joined and chain.last_kind != "unit") or vigesimal
    return False


def _multiplies(mult: Mult, chain: Chain, conj: bool, joined: bool) -> bool:
    """Multiply what waits in the group, or begin a new group or scale; False where neither may be."""
    if chain.group is not None:
        done = _multiply_group(mult.value, chain, conj)
    elif chain.atoms:
        done = _scale_after_scale(mult, chain, conj, joined)
    else:
        done = mult.form != "many"
        if done:
            _begin_scale(mult.value, chain)
            chain.scaled = mult.value if mult.value < 1000 else chain.scaled
    if done:
        chain.took("hundreds" if mult.value < 1000 else "scale")
    return done


def _begin_scale(factor: float, chain: Chain) -> None:
    if factor < 1000:
        chain.group = factor
    else:
        chain.total += factor
        chain.smallest = factor


def _multiply_group(factor: float, chain: Chain, conj: bool) -> bool:
    group = chain.group or 0.0
    if conj or (factor == 100 and (group >= 100 or group != int(group)) and not chain.digits):
        return False
    if factor < 1000:
        chain.group = group * factor
        chain.scaled = factor
        return True
    if chain.total and factor >= chain.smallest:
        if not chain.goes_on_to(factor) or group < LEAST_AFTER_THOUSANDS:
            return False
        group, chain.total = group + chain.total, 0.0
    chain.total += group * factor
    chain.smallest = factor
    chain.group = None
    return True


def _scale_after_scale(mult: Mult, chain: Chain, conj: bool, joined: bool) -> bool:
    """A smaller scale word is added (mille cent, مليون وألف), a larger one multiplies (thousand million)."""
    added = joined and mult.value < chain.smallest
    if not conj and chain.total and mult.value >= 1000 and not added:
        chain.total *= mult.value
        chain.smallest *= mult.value
        return True
    if added and mult.form != "many":
        _begin_scale(mult.value, chain)
        return True
    return False


def _dual(value: float, chain: Chain, conj: bool) -> int:
    if chain.group is not None or (chain.atoms and (not conj or value >= chain.smallest)):
        return 0
    chain.total += value
    chain.smallest = value / 2
    chain.took("dual")
    return 1


def _added_fraction(r: Reader, k: int, chain: Chain) -> int:
    """The "and a half" after a number or a scale word; the scale may be said again after it."""
    at = k
    one = r.get(k, "num")
    if r.has(k, "article") or (one is not None and one.value[0] == 1):  # and a half, and one-half
        at = k + 2 if r.is_symbol(k + 1, HYPHENS) else k + 1
    fraction = r.get(at, "fraction")
    if fraction is None or chain.last_kind == "fraction" or r.stem(at) not in r.lexicon.fraction_added:
        return 0
    last = at
    if chain.group is not None:
        chain.group += fraction.value
    else:
        chain.total += fraction.value * chain.smallest
        last += scale_at(r, at + 1) == chain.smallest
    chain.took("fraction" if chain.group is None else "unit")
    return last - k + 1


def _less_fraction(r: Reader, k: int, chain: Chain) -> int:
    """The "less a quarter" after a number (ثلاثة إلا ربعًا)."""
    fraction = r.get(k + 1, "fraction")
    if fraction is None:
        return 0
    if chain.group is not None:
        chain.group -= fraction.value
    else:
        chain.total -= fraction.value * chain.smallest
    chain.atoms += 1
    chain.last_kind = "fraction"
    return 2


def _decimals(r: Reader, k: int, chain: Chain) -> int:
    """Digits after "point", as words one by one or as one group."""
    digits = ""
    used = 1
    while k + used < r.n:
        at = k + used
        if r.kinds[at] == NUMBER and not digits and r.keys[at].isdecimal():
            digits = "".join(str(int(c)) for c in r.keys[at])
            used += 1
            break
        num = r.get(at, "num") if not r.particle(at) else None
        if num is None or (digits and num.value[1] not in ("unit", "zero")):
            break
        digits += str(num.value[0])
        used += num.length
    if not digits:
        return 0
    chain.group = float(f"{int(chain.group or 0)}.{digits}")
    chain.atoms += 1
    chain.last_kind = "unit"
    return used
