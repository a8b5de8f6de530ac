"""Cardinal numbers of any language: digits, words and scale words, added up by what may follow what.

The grammar is shared; a language says in its rules only whether units precede tens, whether an "and" is needed, which
tens take 10-19 after them, and its words. A number is a chain of atoms: digits, units, teens, tens, hundreds,
multipliers (hundred, thousand, million, dozen), duals, fractions and vague magnitudes.
"""

from __future__ import annotations

from reconcile.numbers.chain import Chain, read_digits, read_word, scale_at, smaller_scale_follows
from reconcile.numbers.fractions import parse_fraction
from reconcile.numbers.number import INFINITY, Number
from reconcile.numbers.vague import parse_pair, parse_vague
from reconcile.rules.reader import Reader
from reconcile.text.passage import HYPHENS, NUMBER

MINUS = "-\u2212\u2013"
EXACT_DECIMALS = 4  # of a number of thousands; further ones come of multiplying fractions


def parse_number(r: Reader, i: int) -> Number | None:
    """The longest number that starts at token `i`, or None; read once for each token.

    >>> from reconcile.rules.lexicon import lexicon
    >>> from reconcile.text import Passage
    >>> parse_number(Reader(Passage("three hundred and two thousand"), lexicon("en")), 0).value
    302000.0
    """
    numbers: dict[int, Number | None] = r.numbers
    if i not in numbers:
        numbers[i] = _parse(r, i)
    return numbers[i]


def _parse(r: Reader, i: int) -> Number | None:
    if i >= r.n:
        return None
    at = _past_minus(r, i)
    if at > i:
        number = parse_number(r, at)
        if number is None or number.value is None:
            return None
        return number._replace(value=-number.value, first=i)
    if r.kinds[i] != NUMBER:
        if not r.senses[i] or r.has(i, "idiom"):
            return None
        found = parse_vague(r, i) or parse_fraction(r, i) or parse_pair(r, i)
        if found is not None:
            return found
    return _chain(r, i)


def _past_minus(r: Reader, i: int) -> int:
    """The token after a minus at `i`, said or written; `i` itself where there is none."""
    minus = r.get(i, "minus")
    if minus is not None and i + 1 < r.n:
        return i + minus.length
    if r.has(i, "minus_of_degrees") and r.is_number(i + 1) and r.hedge_ends.get(i + 1) is None:
        number = parse_number(r, i + 1)
        measured = number is not None and r.has_any(number.last + 1, "unit", "percent")
        return i + 1 if measured else i
    if not r.is_symbol(i, MINUS) or not r.is_number(i + 1) or r.is_number(i - 1):
        return i
    apart = not r.glued(i) or r.is_symbol(i - 1, "(")
    if apart and (i == 0 or r.glued(i + 1)):
        return i + 1
    return i + 1 if r.has(i - 1, "minus_after") and _is_of_heat(r, i + 1) else i  # "CAIRO - 39 people" has a dash


def _is_of_heat(r: Reader, i: int) -> bool:
    """Whether the number at token `i` is one of degrees, before which a dash is a minus however it is spaced."""
    number = parse_number(r, i)
    unit = r.get(number.last + 1, "unit") if number is not None else None
    return unit is not None and unit.value.id.startswith("degree")


def _conjunction(r: Reader, j: int) -> tuple[bool, int]:
    """Whether token `j` begins with, or is, an "and"; and where the atom after it stands."""
    if r.particle(j):
        return True, j
    if r.is_conjunction(j) and j + 1 < r.n:
        return True, j + 1
    if _hides_and(r, j):
        return True, j
    if r.is_symbol(j, HYPHENS) and r.glued(j) and r.glued(j + 1):
        if r.keys[j + 1] in r.lexicon.conjunctions:
            return True, j + 3 if r.is_symbol(j + 2, HYPHENS) else j + 2
        return False, j + 1
    if r.is_symbol(j, ",") and _goes_on(r, j + 1):
        return True, j + 1
    return False, j


def _hides_and(r: Reader, j: int) -> bool:
    """Whether folding made a number of "and" and another number (وأحد عشر looks like a spelling of 11)."""
    num = r.get(j, "num")
    if num is None or num.value[1] != "teen":
        return False
    inner = next((r.keys[j][len(c) :] for c in r.lexicon.conjunctions if r.keys[j].startswith(c)), "")
    return bool(inner) and "num" in r.lexicon.entry(inner)


def _goes_on(r: Reader, k: int) -> bool:
    """After a comma only words that go on to a scale belong to the number (… thousand, seven hundred and two)."""
    scale = scale_at(r, k + 1)
    return r.has(k, "num") and not r.particle(k) and scale is not None and r.has(k - 2, "mult")


def _chain(r: Reader, i: int) -> Number | None:
    chain = Chain(between=r.has(i - 1, "range_between"))
    j = i
    end = -1
    article = False
    while j < r.n:
        conj, k = _conjunction(r, j) if chain.atoms else (False, j)
        hyphen = k > j and not conj
        digits = r.kinds[k] == NUMBER
        if digits and chain.atoms and not conj and not hyphen and not smaller_scale_follows(r, k, chain):
            break
        step = read_digits(r, k, chain, conj) if digits else read_word(r, k, chain, conj)
        if step == 0:
            break
        if chain.atoms == 1:
            article = r.took_article(k)
        end = k + step - 1
        j = end + 1
    if end < 0:
        return None
    if end == i and (r.has(i, "partitive_one") or (article and r.has(i, "bare_one"))):
        return None  # أحد الجنود is one of several, الفرد الواحد each of them
    value = chain.total + (chain.group or 0.0)
    value = round(value, EXACT_DECIMALS) if abs(value) >= 1000 else value
    form = _form(chain)
    weak = chain.atoms == 1 and r.has_any(i, "bare_one", "unlikely")
    scale = chain.smallest if chain.smallest < INFINITY else chain.scaled
    rule, about = f"number.{form}", chain.about
    return Number(value, i, end, form=form, scale=scale, weak=weak, article=article, rule=rule, about=about)


def _form(chain: Chain) -> str:
    if not chain.digits and chain.atoms == 1 and chain.last_kind in ("scale", "dual"):
        return chain.last_kind
    return "mixed" if chain.digits and chain.words else "digits" if chain.digits else "words"
