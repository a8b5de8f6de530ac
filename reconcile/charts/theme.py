"""What all charts share: colours that colour-blind readers tell apart, type, and what is drawn when there is nothing.

A claim's standing has a colour and a shape, so that a grey print still tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from reconcile.charts.fonts import FAMILY, STRONG

Layers = alt.LayerChart | alt.FacetChart
AnyChart = alt.Chart | alt.VConcatChart | Layers

DAYS = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?:/\d{4}-\d\d(?:-\d\d)?)?")
INK, MUTED, FAINT, BAND, PAPER = "#1f2a37", "#5b6776", "#d5dbe3", "#eef1f5", "#ffffff"

# standing: colour, shape (a Vega symbol). Order is the order of the legend.
STANDINGS: dict[str, tuple[str, str]] = {
    "agrees": ("#0f766e", "circle"),
    "compatible": ("#4a9fd8", "circle"),
    "same source": ("#8fb8ad", "circle"),
    "only source": ("#64748b", "square"),
    "superseded": ("#a3adb8", "triangle-down"),
    "diverges": ("#d1491b", "diamond"),
    "refuted": ("#7b3294", "cross"),
}

CONFIG: dict[str, Any] = {
    "font": FAMILY,
    "background": PAPER,
    "padding": 16,
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "labelFontSize": 11,
        "titleColor": MUTED,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": BAND,
        "domainColor": FAINT,
        "tickColor": FAINT,
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": 12,
        "titleColor": MUTED,
        "symbolSize": 90,
        "symbolOpacity": 1,
        "orient": "top",
        "title": None,
        "offset": 8,
    },
    "text": {"color": INK, "fontSize": 12},
    "title": {
        "color": INK,
        "fontSize": 13,
        "fontWeight": STRONG,
        "subtitleColor": MUTED,
        "subtitleFontSize": 12,
        "subtitlePadding": 4,
        "anchor": "start",
        "frame": "group",
    },
}


def heading(text: str, *notes: str | None) -> alt.TitleParams:
    """A chart's title, which says what to see, and the lines under it, which say how to read it."""
    lines = [note for note in notes if note is not None]
    return alt.TitleParams(
        text=text, subtitle=lines, fontSize=17, subtitleFontSize=12, offset=14, anchor="start", frame="bounds"
    )


def several(count: int, one: str, more: str | None = None) -> str:
    """A count with its noun: 1 pair, 3 pairs, 2 quantities."""
    return f"1 {one}" if count == 1 else f"{count:,} {more or one + 's'}"


def standing_scales(present: Iterable[str], **legend: Any) -> tuple[alt.Color, alt.Shape]:
    """The colour and the shape of the standings that occur, with one common legend."""
    occurring = set(present)
    names = [name for name in STANDINGS if name in occurring]
    colours = alt.Scale(domain=names, range=[STANDINGS[name][0] for name in names])
    shapes = alt.Scale(domain=names, range=[STANDINGS[name][1] for name in names])
    shown = alt.Legend(**legend)
    return alt.Color("standing:N", scale=colours, legend=shown), alt.Shape("standing:N", scale=shapes, legend=shown)


def isolated(text: str) -> str:
    """The text between bidi isolates: an Arabic name leaves the order of what stands beside it alone.

    >>> isolated("83") == "\\N{FIRST STRONG ISOLATE}83\\N{POP DIRECTIONAL ISOLATE}"
    True
    """
    return f"\N{FIRST STRONG ISOLATE}{with_steady_days(text)}\N{POP DIRECTIONAL ISOLATE}"


def with_steady_days(text: str) -> str:
    """The text with its ISO days isolated: behind Arabic words year, month and day would else change places.

    >>> with_steady_days("في 2019-10-01/2019-10-31").index("\\N{LEFT-TO-RIGHT ISOLATE}")
    3
    """
    return DAYS.sub(lambda days: f"\N{LEFT-TO-RIGHT ISOLATE}{days.group()}\N{POP DIRECTIONAL ISOLATE}", text)


def first_and_more(names: Sequence[str]) -> str:
    """The first name, and how many stand behind it.

    >>> first_and_more(["A", "B", "C"]).endswith("and 2 more")
    True
    """
    return isolated(names[0]) + (f" and {len(names) - 1} more" if len(names) > 1 else "")


def nothing_to_show(title: str, why: str) -> alt.Chart:
    """What stands in for a chart whose table has no row: it says so, and why."""
    return (
        alt.Chart(alt.Data(values=[{"why": why}]))
        .mark_text(align="left", baseline="middle", fontSize=14, color=MUTED)
        .encode(text="why:N", x=alt.value(0), y=alt.value(20))
        .properties(width=560, height=40, title=heading(title))
    )
