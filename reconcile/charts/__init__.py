"""Charts: each is a data step and a spec in a module of its own; the loader turns it into files.

Adding a chart: write a module with `PURPOSE`, `data(articles, claims, comparison)` and `spec(table)`, and name it in
`_MODULES`. Nothing else needs to change: its files, its place in the report and its tests follow.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import polars as pl

from reconcile.errors import InputError
from reconcile.startup import import_jsonschema_lightly

import_jsonschema_lightly()  # before Altair, which the charts import

from reconcile.charts import coverage, divergence, loader, look_alikes, theme, timeline, verdicts  # noqa: E402
from reconcile.charts.theme import AnyChart  # noqa: E402

if TYPE_CHECKING:
    from reconcile.comparison import Comparison

_MODULES: dict[str, ModuleType] = {
    module.__name__.rsplit(".", 1)[1]: module
    for module in (divergence, look_alikes, verdicts, coverage, timeline)
}

CHARTS: dict[str, str] = {name: module.PURPOSE for name, module in _MODULES.items()}


def chart(name: str, articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison) -> AnyChart:
    """The chart of this name as an Altair object, to look at in a notebook or to change.

    Raises `InputError` for a name that is not in `CHARTS`.

    >>> chart("pie", pl.DataFrame(), pl.DataFrame(), None)
    Traceback (most recent call last):
    ...
    reconcile.errors.InputError: chart 'pie': there is no such chart; the charts are divergence...
    """
    return _draw(_module(name), data(name, articles, claims, comparison))


def data(name: str, articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison) -> pl.DataFrame:
    """The table that the chart of this name draws; where the chart has a limit, `shown` marks the rows within it."""
    table: pl.DataFrame = _module(name).data(articles, claims, comparison)
    return table


def drawing(name: str, articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison) -> str:
    """The chart of this name as SVG without an embedded font, for a page that embeds the font once."""
    return loader.svg(loader.specification(chart(name, articles, claims, comparison), CHARTS[name]))


def save_charts(
    articles: pl.DataFrame, claims: pl.DataFrame, comparison: Comparison, directory: Path | str
) -> tuple[str, ...]:
    """Write every chart as `directory/NAME.{json,html,svg,png,pdf,csv}`; return the names in order."""
    for name, module in _MODULES.items():
        table = module.data(articles, claims, comparison)
        loader.save(name, loader.specification(_draw(module, table), CHARTS[name]), table, Path(directory))
    return tuple(_MODULES)


def _draw(module: ModuleType, table: pl.DataFrame) -> AnyChart:
    drawn: AnyChart = module.spec(table).configure(**theme.CONFIG)
    return drawn


def _module(name: str) -> ModuleType:
    if name not in _MODULES:
        raise InputError(f"chart {name!r}", "there is no such chart", f"the charts are {', '.join(_MODULES)}")
    return _MODULES[name]
