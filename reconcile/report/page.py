"""From the tables in a folder to `report.html`: content, template, style, typeface and charts in one file."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from reconcile import charts
from reconcile.charts import fonts, loader, theme
from reconcile.comparison import Comparison
from reconcile.files import write_text
from reconcile.report.content import Ledger, content, read_ledger

FILE = "report.html"
_ID = re.compile(r'(\bid="|\bhref="#|url\(#)(?=[\w-])')


def write_report(directory: Path | str, *, title: str | None = None) -> Path:
    """Write `directory/report.html`, one page that needs no other file and no network; return its path.

    Reads the tables articles, claims, pairs, quantities and alarms from the folder, and, where they are there,
    `summary.json`, `validation/`, `quarantine.parquet` and `charts/`. A chart that is not there is drawn.

    Raises:
        InputError: one of the tables is missing or is not what its schema says.
    """
    folder = Path(directory)
    ledger = read_ledger(folder)
    environment = Environment(
        loader=PackageLoader("reconcile.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["steady"] = theme.with_steady_days
    page = environment.get_template("report.html.j2").render(
        report=content(ledger),
        title=title,
        charts=[(name, purpose, _drawing(name, ledger, folder)) for name, purpose in charts.CHARTS.items()],
        formats=[ending for ending in loader.FORMATS if (folder / "charts").is_dir()],
        font_faces=fonts.font_faces(),
        family=fonts.FAMILY,
        style=(Path(__file__).parent / "report.css").read_text(encoding="utf-8"),
    )
    path = folder / FILE
    write_text(path, page)
    return path


def _drawing(name: str, ledger: Ledger, folder: Path) -> str:
    """The chart as SVG for this page: without its font, which the page has, and with ids of its own."""
    saved = folder / "charts" / f"{name}.svg"
    if saved.is_file():
        drawn = loader.without_fonts(saved.read_text(encoding="utf-8"))
    else:
        comparison = Comparison(
            pairs=ledger.pairs, quantities=ledger.quantities, alarms=ledger.alarms, policy=ledger.policy or ""
        )
        drawn = charts.drawing(name, ledger.articles, ledger.claims, comparison)
    return _ID.sub(rf"\g<1>{name}-", drawn)
