"""Errors that a user can act on: where, what, what next."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_SHOWN = 60  # characters of a value that an error repeats


def shown(value: str) -> str:
    """A value as an error repeats it: quoted, on one line, and cut where it is long.

    >>> shown("next week"), len(shown("x" * 10_000))
    ("'next week'", 63)
    """
    return repr(value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "\N{HORIZONTAL ELLIPSIS}")


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """The mend for a word that is none of the known ones: the nearest of them, or what else to do.

    >>> did_you_mean("negation", ["negations", "hedges"], "leave it out")
    "did you mean 'negations'"
    """
    import difflib  # only a mistake needs it, and every command imports this module

    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'" if near else otherwise


class InputError(Exception):
    """The input or the call is wrong; one line names the place, the field and the mend.

    >>> str(InputError("notes.csv", "column 'text' is missing", "rename the column that holds the article to 'text'"))
    "notes.csv: column 'text' is missing; rename the column that holds the article to 'text'."
    """

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(where, what, mend)
        self.where = where
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.mend}."


class RuleError(InputError):
    """A rule file contradicts itself or its schema: names file, key and mend."""


def unforeseen(where: str, what: str, error: Exception) -> InputError:
    """What is told of an article on which our own reading failed: the others go on without it.

    >>> str(unforeseen("notes.txt", "none of its figures could be read", ValueError("month must be in 1..12")))
    'notes.txt: none of its figures could be read (ValueError: month must be in 1..12); report it with the article.'
    """
    told = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
    return InputError(where, f"{what} ({told})", "report it with the article")
