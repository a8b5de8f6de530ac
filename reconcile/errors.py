"""Errors that a user can act on: where, what, what next."""

from __future__ import annotations


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
