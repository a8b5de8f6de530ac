"""Digits as written to a value: which mark groups thousands and which begins the decimals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_MARK = re.compile(r"[^\d]")
ARABIC_DECIMAL = "\N{ARABIC DECIMAL SEPARATOR}"
ARABIC_GROUP = "\N{ARABIC THOUSANDS SEPARATOR}"
ARABIC_COMMA = "\N{ARABIC COMMA}"


def parse_digits(written: str, digits: Mapping[str, Any]) -> float:
    """The value of digits with separators, by a language's `digits:` rules.

    The same mark twice, or a mark that only groups, groups; the last of two different marks begins the decimals; a
    single point or comma before three digits is read as the rules say, before three zeros it groups, before any other
    count it is decimal.

    >>> comma = {"three_digits_after_point": "decimal", "three_digits_after_comma": "group"}
    >>> parse_digits("1,234.5", comma), parse_digits("١٬٢٠٠٬٠٠٠", comma), parse_digits("2,5", comma)
    (1234.5, 1200000.0, 2.5)
    """
    return _parse(
        written, digits["three_digits_after_point"] == "group", digits["three_digits_after_comma"] == "group"
    )


@lru_cache(maxsize=100_000)
def _parse(written: str, point_groups: bool, comma_groups: bool) -> float:
    written = written.replace(", ", ",") if ", 000" in written else written
    marks = _MARK.findall(written)
    if not marks:
        return float(int(written)) if len(written) < 300 else float("inf")
    parts = _MARK.split(written)
    last = marks[-1]
    if last == ARABIC_DECIMAL:
        decimal = True
    elif last.isspace() or last in (ARABIC_GROUP, "'", "\u2019"):
        decimal = False
    elif len(marks) > 1:
        decimal = last != marks[0] or len(parts[-1]) != 3
    elif len(parts[-1]) != 3 or len(parts[0]) > 3 or parts[0] == "" or int(parts[0]) == 0:
        decimal = True
    elif int(parts[-1]) == 0:
        decimal = False  # nobody writes three zeros after a decimal mark: 80.000 police
    else:
        decimal = not (comma_groups if last in (",", ARABIC_COMMA) else point_groups)
    whole = "".join(parts[:-1]) if decimal else "".join(parts)
    if len(whole) >= 300:
        return float("inf")
    if decimal:
        return float(f"{int(whole or '0')}.{''.join(str(int(c)) for c in parts[-1])}")
    return float(int(whole))
