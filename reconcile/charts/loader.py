"""From a chart to its files: JSON, HTML, SVG, PNG, PDF, and its data as CSV.

The specification is rendered once, to SVG; PNG and PDF are drawn from that SVG, so that all three are the same.
"""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import vl_convert
from jinja2 import Environment, PackageLoader

from reconcile.charts import fonts, theme
from reconcile.charts.steady_pdf import steady
from reconcile.files import replacing
from reconcile.tables import flat, make_directory

FORMATS = ("json", "html", "svg", "png", "pdf", "csv")
PNG_SCALE = 2.0
_FONT_STYLE = re.compile(r'<style id="fonts">.*?</style>', re.DOTALL)
# Whatever draws a chart may fetch nothing: data and libraries are in the file.
_EMBED = {"actions": {"export": True, "source": False, "compiled": False, "editor": False}, "renderer": "svg"}


def specification(chart: theme.AnyChart, description: str) -> dict[str, Any]:
    """The Vega-Lite specification; `description` is what a screen reader says."""
    described = chart.properties(description=description, usermeta={"embedOptions": _EMBED})
    return dict(described.to_dict(validate=False))  # parts are checked when made; data need not be


def svg(spec: dict[str, Any]) -> str:
    """The drawing, with its description for screen readers and without an embedded font."""
    fonts.register()
    drawn = str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
    label = html.escape(str(spec.get("description", "")), quote=True)
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def save(name: str, spec: dict[str, Any], table: pl.DataFrame, directory: Path) -> None:
    """Write `directory/NAME.{json,html,svg,png,pdf,csv}`."""
    make_directory(directory)
    drawn = svg(spec)
    contents = {
        "json": json.dumps(spec, ensure_ascii=False, indent=1).encode(),
        "svg": with_fonts(drawn).encode(),
        "png": vl_convert.svg_to_png(drawn, scale=PNG_SCALE),
        "pdf": steady(vl_convert.svg_to_pdf(drawn)),
        "html": page(name, spec).encode(),
        "csv": flat(table).write_csv().encode(),
    }
    paths = [directory / f"{name}.{ending}" for ending in contents]
    with replacing(*paths) as parts:
        for part, content in zip(parts, contents.values(), strict=True):
            part.write_bytes(content)


def with_fonts(drawing: str) -> str:
    """The SVG with its font inside, for a viewer that has none."""
    at = drawing.index(">") + 1
    return f'{drawing[:at]}<style id="fonts">{fonts.font_faces()}</style>{drawing[at:]}'


def without_fonts(drawing: str) -> str:
    """The SVG for a page that embeds the font itself."""
    return _FONT_STYLE.sub("", drawing, count=1)


def page(name: str, spec: dict[str, Any]) -> str:
    """An HTML page that draws the chart with nothing from outside; its data cannot close the script element."""
    safe = json.dumps(spec, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")
    template = Environment(loader=PackageLoader("reconcile.charts", "."), autoescape=True).get_template("page.html.j2")
    return template.render(
        name=name, spec=safe, libraries=_libraries(), font_faces=fonts.font_faces(), family=fonts.FAMILY,
        description=spec.get("description", ""),
    )  # fmt: skip


@cache
def _libraries() -> str:
    """Vega, Vega-Lite and Vega-Embed in one script (0.9 MB)."""
    return str(vl_convert.javascript_bundle()).replace("</script", "<\\/script")  # type: ignore[call-arg]
