"""Numbers: digits with their separators, and number words of any size, to values."""

from reconcile.numbers.cardinal import Number, parse_number
from reconcile.numbers.digits import parse_digits

__all__ = ["Number", "parse_digits", "parse_number"]
