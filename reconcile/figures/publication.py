"""When an article was published, as far as its own text says: a dateline, else a bound that follows from its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reconcile.dates import Reference, When, resolve
from reconcile.dates.months import months_later
from reconcile.figures.roles import role_of
from reconcile.figures.scan import Found, read, scan
from reconcile.rules.lexicon import FALLBACK_LANGUAGE, known_languages
from reconcile.rules.reader import Reader

MONTHS_OF = {"month": 1, "year": 12, "decade": 120}
REACH = 3  # words between "after" and the time that has passed
FIGURES_AFTER = 20  # figures of the sentence among which its date is sought
LONG_SENTENCE = 80  # characters; a dateline stands in no longer one


@dataclass(frozen=True, slots=True)
class Publication:
    """The publication date with its bounds and basis (`dateline`, `inferred` or `unknown`)."""

    published: date | None
    low: date | None
    high: date | None
    basis: str


UNKNOWN = Publication(None, None, None, "unknown")


def find_publication(text: str, language: str | None) -> Publication:
    """What the text of an article says of its own publication.

    >>> find_publication("Report\\n\\n7 November 2021\\nPolice arrested 29 people in Lyon after a search.", "en").basis
    'dateline'
    """
    r = read(text, language if language in known_languages() else FALLBACK_LANGUAGE)
    return publication_of(r, scan(r))


def publication_of(r: Reader, found: list[Found]) -> Publication:
    """The same, for a passage whose figures are already found."""
    dateline = _dateline(r, found)
    if dateline is not None:
        return Publication(dateline, dateline, dateline, "dateline")
    low = _passed_since(r, found)
    return Publication(None, low, None, "inferred") if low is not None else UNKNOWN


def _dateline(r: Reader, found: list[Found]) -> date | None:
    """The first full date that stands in a line of the page and not in a sentence (a caption dates its photo)."""
    for item in found:
        when = item.when
        if when is None or not _is_full_day(when) or role_of(r, item.first, item.last, "date") != "metadata":
            continue
        text = r.passage
        low, high = text.sentences[text.sentence_index(text.starts[item.first])]
        if high - low <= LONG_SENTENCE:
            day = resolve(when, Reference()).end
            if day is not None:
                return day
    return None


def _is_full_day(when: When) -> bool:
    """Whether a date is one day with its year."""
    if when.unit != "day" or when.end is not None or when.last_day is not None or when.open_end:
        return False
    return when.year is not None or bool(when.alternatives)


def _passed_since(r: Reader, found: list[Found]) -> date | None:
    """More than 8 months after … October 2019: published no earlier than eight months after that month's first day."""
    bounds: list[date] = []
    text = r.passage
    for at, item in enumerate(found):
        amount = item.amount
        if (
            amount is None
            or amount.kind != "duration"
            or amount.unit not in MONTHS_OF
            or amount.value is None
        ):
            continue
        if amount.qualifier not in ("exact", "more_than", "at_least"):
            continue
        before = any(r.has(k, "date_after") for k in range(item.first - REACH, item.first))
        if not before and not r.has(item.last + 1, "date_after"):
            continue
        sentence = text.sentence_index(text.starts[item.first])
        for other in found[at + 1 : at + 1 + FIGURES_AFTER]:
            if text.sentence_index(text.starts[other.first]) != sentence:
                break
            if other.when is not None and other.when.year is not None:
                start = resolve(other.when, Reference()).start
                months = int(amount.value) * MONTHS_OF[amount.unit]
                bound = None if start is None else months_later(start, months)
                if bound is not None:
                    bounds.append(bound)
                break
    return max(bounds) if bounds else None
