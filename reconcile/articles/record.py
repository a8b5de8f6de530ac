"""One article as a source gives it, before it gets its place in the frame; and how its fields are read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from reconcile.articles.language import detect_language, language_code, words_of
from reconcile.articles.legacy import undrawn
from reconcile.errors import InputError, shown
from reconcile.text.hidden import told

ARABIC = "ar"
HIJRI_YEARS = range(1300, 1501)  # of a date of publication
EARLIEST = 1600  # year of a newspaper; systems that know no day write 0001-01-01
FIELDS = ("outlet", "url", "title", "story", "language", "published")
_PARTIAL = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")


@dataclass(frozen=True)
class Published:
    """When an article appeared: a day, or the days between which it did; all null where nobody says."""

    low: date | None = None
    high: date | None = None

    @property
    def day(self) -> date | None:
        return self.low if self.low == self.high else None

    @property
    def basis(self) -> str:
        return "unknown" if self.low is None else "stated"


@dataclass(frozen=True)
class Record:
    """One article and what its source says about it; `where` is the file, and the line where it is a row."""

    where: str
    path: str
    article_id: str
    text: str
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    story: str | None = None
    language: str | None = None
    published: Published = Published()
    metadata: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """What one file gave: its articles, what is wrong with it, and what the reader should know besides."""

    records: tuple[Record, ...] = ()
    problems: tuple[InputError, ...] = ()
    notes: tuple[str, ...] = ()


def make_record(
    where: str, path: str, article_id: str, text: str, fields: Mapping[str, object]
) -> tuple[Record, list[InputError]]:
    """A record from its text and its raw fields; a field that cannot be read is left null and reported.

    The article itself is kept: a date that nobody can read is no reason to lose the figures.
    """
    problems: list[InputError] = []
    values: dict[str, str | None] = {}
    for name in ("outlet", "url", "title", "story", "language"):
        try:
            values[name] = _text_field(where, name, fields.get(name))
        except InputError as error:
            values[name] = None
            problems.append(error)
    stated = values.pop("language")
    language = language_code(stated) if stated is not None else None
    if stated is not None and language is None:
        problems.append(InputError(where, f"language {shown(stated)} is no language code", "write ar, en or fr"))
    try:
        published = read_published(where, fields.get("published"))
    except InputError as error:
        published = Published()
        problems.append(error)
    metadata = {name: value for name, value in fields.items() if name not in FIELDS}
    text, mended = undrawn(text, words_of(ARABIC))
    record = Record(
        where=where,
        path=path,
        article_id=article_id,
        text=text,
        language=language or detect_language(text),
        published=published,
        metadata=metadata,
        notes=tuple(filter(None, (mended, told(text)))),
        **values,
    )
    return record, problems


def read_published(where: str, value: object) -> Published:
    """A date of publication: ISO 8601, with or without time, day and month; or as e-mail and RSS write it.

    >>> read_published("a.md", "2025-10-22T08:15:00Z").day
    datetime.date(2025, 10, 22)
    >>> read_published("a.md", "2025-10").low, read_published("a.md", None).basis
    (datetime.date(2025, 10, 1), 'unknown')
    """
    stated = _stated(where, value)
    if stated.low is not None and stated.low.year < EARLIEST:
        what = f"published {stated.low.isoformat()} is before there was news"
        raise InputError(where, what, "write the day on which the article appeared")
    return stated


def _stated(where: str, value: object) -> Published:
    if isinstance(value, datetime):
        return Published(value.date(), value.date())
    if isinstance(value, date):
        return Published(value, value)
    if isinstance(value, list | tuple | dict | bool):
        raise InputError(where, f"published is a {type(value).__name__}, not a date", "write it as 2025-10-22")
    written = _text_field(where, "published", value)
    if written is None:
        return Published()
    for read in (_iso, _partial, _rfc2822):
        try:
            return _gregorian(read(written))
        except (ValueError, TypeError, IndexError):
            continue
    raise InputError(where, f"published {shown(written)} is no date", "write it as 2025-10-22")


def _gregorian(stated: Published) -> Published:
    """The same days where a page states them by the Hijri calendar (1445-08-24), as its year says."""
    from hijridate import Hijri

    if stated.low is None or stated.high is None or stated.low.year not in HIJRI_YEARS:
        return stated
    days = [Hijri(day.year, day.month, min(day.day, 29)).to_gregorian() for day in (stated.low, stated.high)]
    low, high = (date(day.year, day.month, day.day) for day in days)
    return Published(low, high)


def _iso(written: str) -> Published:
    day = datetime.fromisoformat(written).date()
    return Published(day, day)


def _partial(written: str) -> Published:
    match = _PARTIAL.fullmatch(written)
    if match is None:
        raise ValueError(written)
    year, month, day = (int(g) if g is not None else None for g in match.groups())
    assert year is not None
    if month is None:
        return Published(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Published(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    return Published(date(year, month, day), date(year, month, day))


def _rfc2822(written: str) -> Published:
    day = parsedate_to_datetime(written).date()
    return Published(day, day)


def _text_field(where: str, name: str, value: object) -> str | None:
    if value is None:
        return None
    # The type decides before anything is made text: a list can hold itself a thousand million times over.
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        what = f"field {name!r} is a {type(value).__name__}, not a text"
        raise InputError(where, what, "write it as one line of text")
    try:
        return str(value).strip() or None
    except ValueError:  # a whole number of more digits than Python writes out
        raise InputError(where, f"field {name!r} is a number of thousands of digits", "write it as text") from None
