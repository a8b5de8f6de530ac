"""Numbers: digits with their separators, and number words of any size, to values."""

from reconcile.numbers.cardinal import parse_number
from reconcile.numbers.digits import parse_digits
from reconcile.numbers.number import Number
from reconcile.numbers.ordinal import parse_digit_ordinal, parse_ordinal_words

__all__ = ["Number", "parse_digit_ordinal", "parse_digits", "parse_number", "parse_ordinal_words"]
