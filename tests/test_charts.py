"""Charts: six files each, Arabic shaped in every one of them, and no table too small or too large."""

from __future__ import annotations

import html
import json
import re
import struct
import zlib
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from reconcile import charts
from reconcile.charts import amounts, fonts, loader, theme
from reconcile.charts.standing import distinct_label, stated_figures
from reconcile.comparison import compare
from reconcile.errors import InputError
from tests import make, sample

vl_convert = pytest.importorskip("vl_convert")

SAMPLE = (sample.ARTICLES, sample.CLAIMS, sample.COMPARISON)
NOTHING = (sample.ARTICLES.clear(), sample.CLAIMS.clear(), sample.EMPTY)
SMALLEST_BYTES = {"json": 500, "html": 800_000, "svg": 600_000, "png": 2_000, "pdf": 2_000, "csv": 5}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    assert charts.save_charts(*SAMPLE, folder) == tuple(charts.CHARTS)
    return folder


def pixels(png: bytes) -> list[bytes]:
    """The rows of a PNG of eight-bit RGBA, its filters undone."""
    width = struct.unpack(">I", png[16:20])[0]
    parts, at = [], 8
    while at < len(png):
        length = struct.unpack(">I", png[at : at + 4])[0]
        if png[at + 4 : at + 8] == b"IDAT":
            parts.append(png[at + 8 : at + 8 + length])
        at += 12 + length
    raw, stride = zlib.decompress(b"".join(parts)), width * 4
    rows, above = [], bytes(stride)
    for begin in range(0, len(raw), stride + 1):
        above = _unfiltered(raw[begin], raw[begin + 1 : begin + 1 + stride], above)
        rows.append(above)
    return rows


def _unfiltered(kind: int, row: bytes, above: bytes) -> bytes:
    out = bytearray(row)
    for i in range(len(row)):
        left, up, corner = (out[i - 4], above[i], above[i - 4]) if i >= 4 else (0, above[i], 0)
        match kind:
            case 1:
                out[i] = row[i] + left & 255
            case 2:
                out[i] = row[i] + up & 255
            case 3:
                out[i] = row[i] + (left + up) // 2 & 255
            case 4:
                guess = left + up - corner
                near = min((left, up, corner), key=lambda one: abs(guess - one))
                out[i] = row[i] + near & 255
    return bytes(out)


def ink(png: bytes) -> list[tuple[int, int]]:
    """The places (x, y) that are not see-through."""
    return [(x, y) for y, row in enumerate(pixels(png)) for x in range(len(row) // 4) if row[x * 4 + 3] > 100]


def drawn_text(text: str, family: str) -> bytes:
    """One line of text as PNG, in this family."""
    fonts.register()
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60">'
        f'<text x="10" y="40" font-size="30" font-family="{family}">{text}</text></svg>'
    )
    return bytes(vl_convert.svg_to_png(svg, scale=1.0))


@pytest.mark.parametrize("name", charts.CHARTS)
@pytest.mark.parametrize("ending", loader.FORMATS)
def test_every_chart_is_saved_in_every_format(saved: Path, name: str, ending: str) -> None:
    assert (saved / f"{name}.{ending}").stat().st_size > SMALLEST_BYTES[ending]


@pytest.mark.parametrize("name", charts.CHARTS)
def test_png_is_really_drawn(saved: Path, name: str) -> None:
    assert len(set(pixels((saved / f"{name}.png").read_bytes()))) > 20


@pytest.mark.parametrize("name", charts.CHARTS)
def test_typeface_is_in_every_drawing(saved: Path, name: str) -> None:
    assert b"IBMPlexSansArabic" in (saved / f"{name}.pdf").read_bytes()
    for ending in ("svg", "html"):
        text = (saved / f"{name}.{ending}").read_text(encoding="utf-8")
        assert text.count("@font-face") == 2
        assert "data:font/ttf;base64,AAEAAA" in text


@pytest.mark.parametrize("name", charts.CHARTS)
def test_nothing_is_fetched_from_anywhere(saved: Path, name: str) -> None:
    for ending in ("svg", "html"):
        text = (saved / f"{name}.{ending}").read_text(encoding="utf-8")
        markup = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
        assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", markup)
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", markup)
        assert "@import" not in markup


@pytest.mark.parametrize("name", charts.CHARTS)
def test_specification_is_json_that_vega_lite_takes(saved: Path, name: str) -> None:
    spec = json.loads((saved / f"{name}.json").read_text(encoding="utf-8"))
    assert spec["description"] == charts.CHARTS[name]
    assert spec["config"]["font"] == fonts.FAMILY
    charts.chart(name, *SAMPLE).to_dict(validate=True)


def test_arabic_letters_are_joined() -> None:
    """Three joined letters are one stroke; kept apart by the mark that forbids joining, they are three."""

    def strokes(text: str) -> int:
        columns = sorted({x for x, _ in ink(drawn_text(text, fonts.FAMILY))})
        return 1 + sum(b - a > 1 for a, b in pairwise(columns))

    assert strokes("سسس") == 1
    assert strokes("\N{ZERO WIDTH NON-JOINER}".join("سسس")) == 3


def test_arabic_is_drawn_in_the_registered_family() -> None:
    """Not in whatever the machine has: another family gives another picture, and none gives a blank."""
    ours = ink(drawn_text("الموقوفون", fonts.FAMILY))
    assert len(ours) > 200
    assert ours != ink(drawn_text("الموقوفون", "DejaVu Sans"))


def test_every_sign_of_a_hedge_is_in_the_typeface() -> None:
    """A sign that it lacks would turn the whole label into another typeface."""
    fonts.register()
    signs = "".join(amounts.SIGNS.values()) + "<>≤≥–→·…≈ 1234567890 K M B T %"
    text = f'<text y="20" font-family="{fonts.FAMILY}">{html.escape(signs)}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{text}</svg>'
    embedded = re.findall(rb"/FontName /\w+\+([\w-]+)", vl_convert.svg_to_pdf(svg))
    assert embedded == [b"IBMPlexSansArabic-Regular"]


def test_arabic_runs_from_right_to_left() -> None:
    """The tall alef that the word begins with stands at its right end."""
    places = ink(drawn_text("اسسس", fonts.FAMILY))
    top = min(y for _, y in places)
    columns = [x for x, _ in places]
    assert all(x > (min(columns) + max(columns)) / 2 for x, y in places if y == top)


@pytest.mark.parametrize("name", charts.CHARTS)
def test_no_rows_say_so(name: str, tmp_path: Path) -> None:
    svg = charts.drawing(name, *NOTHING)
    assert re.search(r"<text[^>]*>No(?:thing)? ", svg)
    table = charts.data(name, *NOTHING)
    assert len(table.columns) > 3
    loader.save(name, loader.specification(charts.chart(name, *NOTHING), "-"), table, tmp_path)
    assert {path.suffix[1:] for path in tmp_path.iterdir()} == set(loader.FORMATS)


@pytest.mark.parametrize("name", charts.CHARTS)
def test_one_row_is_enough(name: str) -> None:
    claims = make.claims({"outlet": "One", "value": 0.0})
    quantities = sample.schema.frame([sample.quantity(0, None, None, [0])], sample.schema.QUANTITIES)
    one = sample.Comparison(
        pairs=sample.PAIRS.head(1), quantities=quantities, alarms=sample.ALARMS.clear(), policy="news-1"
    )
    assert charts.drawing(name, make.articles({"article_id": "a"}), claims, one).startswith("<svg ")


@pytest.mark.parametrize("name", charts.CHARTS)
def test_many_rows_are_cut_in_the_drawing_and_kept_in_the_table(name: str) -> None:
    ledger = sample.many(15, 30)
    table = charts.data(name, *ledger)
    svg = charts.drawing(name, *ledger)
    height = float(re.search(r' height="([\d.]+)"', svg).group(1))  # type: ignore[union-attr]
    width = float(re.search(r' width="([\d.]+)"', svg).group(1))  # type: ignore[union-attr]
    assert height < 4000
    assert width < 1600
    if "shown" in table.columns and not table["shown"].all():
        assert "CSV holds all" in svg or "claims in the CSV" in svg


def test_divergence_keeps_every_claim_in_the_table() -> None:
    articles, claims, comparison = sample.many(15, 30)
    table = charts.data("divergence", articles, claims, comparison)
    assert table.height == claims.height
    assert 0 < table["shown"].sum() < table.height


def test_standing_follows_the_majority() -> None:
    rows = charts.data("divergence", *SAMPLE).select("claim_id", "standing")
    standing = dict(rows.iter_rows())
    assert standing["c2"] == "diverges"
    assert standing["c0"] == standing["c1"] == "same source"
    assert (standing["c3"], standing["c7"], standing["c5"]) == ("agrees", "compatible", "diverges")


def test_refuted_figures_are_shown_as_refuted() -> None:
    rows = charts.data("coverage", *SAMPLE).filter(pl.col("claims") == "c9")
    assert rows["standing"].to_list() == ["refuted"]


def test_look_alikes_of_the_same_figures_share_a_row() -> None:
    table = charts.data("look_alikes", *SAMPLE)
    assert table["n_pairs"].to_list() == [2, 1]
    assert table["reason"].to_list() == ["stage", "event"]


def test_verdicts_counts_all_nine() -> None:
    table = charts.data("verdicts", *SAMPLE)
    totals = dict(table.select("verdict", "total").unique().iter_rows())
    assert set(totals) == set(sample.schema.VERDICTS)
    assert (totals["diverge"], totals["not_comparable"], totals["superseded"]) == (3, 3, 0)


def test_timeline_keeps_undated_figures_and_does_not_draw_them() -> None:
    articles = sample.ARTICLES.with_columns(pl.lit(None, dtype=pl.Date).alias("published_low"))
    claims = sample.CLAIMS.with_columns(pl.lit(None, dtype=pl.Date).alias("published"))
    table = charts.data("timeline", articles, claims, sample.COMPARISON)
    assert table.height > 0
    assert not table["shown"].any()
    assert "No dated figures yet" in charts.drawing("timeline", articles, claims, sample.COMPARISON)


def test_every_standing_has_a_colour_and_a_shape_of_its_own() -> None:
    assert len({colour for colour, _ in theme.STANDINGS.values()}) == len(theme.STANDINGS)


def test_articles_cannot_break_out_of_the_page() -> None:
    claims = sample.CLAIMS.with_columns(pl.lit(f"</script>{sample.HOSTILE}").alias("outlet"))
    chart = charts.chart("divergence", sample.ARTICLES, claims, sample.COMPARISON)
    spec = loader.specification(chart, f'"{sample.HOSTILE}')
    page = loader.page("divergence", spec)
    assert page.count("</script>") == 2
    assert sample.HOSTILE not in page
    assert "<script>" not in loader.svg(spec)


def test_unknown_chart_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="divergence, look_alikes, verdicts, coverage, timeline"):
        charts.chart("pie", *SAMPLE)


def test_quantities_of_one_name_are_told_apart() -> None:
    alike = sample.schema.frame(
        [
            sample.quantity(0, "People arrested", None, [0], unit="person", best=83.0),
            sample.quantity(1, "People arrested", None, [1], unit="person", best=21.0),
            sample.quantity(2, "Funds", None, [2], unit="USD", best=5e6),
            sample.quantity(3, "Funds", None, [3], unit="EUR", best=5e6),
            sample.quantity(4, "Losses", None, [4], unit="EUR"),
        ],
        sample.schema.QUANTITIES,
    )
    labels = ["People arrested (83)", "People arrested (21)", "Funds (USD)", "Funds (EUR)", "Losses"]
    assert distinct_label(alike).to_list() == labels


@pytest.mark.parametrize(
    ("one", "other", "stated", "values", "unit"),
    [
        (
            {"kind": "quantity", "value": 1.2, "unit": "tonne", "measure": "goods_seized"},
            {"kind": "quantity", "value": 1205.0, "unit": "kilogram", "measure": "goods_seized"},
            {"1.2 metric tons", "1,205 kilograms"},
            [1200.0, 1205.0],
            "kilogram",
        ),
        (
            {"kind": "ratio", "value": 0.2, "measure": "poverty_rate"},
            {"kind": "percentage", "value": 20.0, "unit": "percent", "measure": "poverty_rate"},
            {"20%"},
            [20.0, 20.0],
            "percent",
        ),
    ],
    ids=["tonnes_and_kilograms", "one_in_five_and_percent"],
)
def test_figures_of_one_quantity_are_drawn_in_its_unit(
    one: dict[str, object], other: dict[str, object], stated: set[str], values: list[float], unit: str
) -> None:
    said = [
        {**fields, "article_id": name, "event": "raid", "speaker": name}
        for name, fields in (("a", one), ("b", other))
    ]
    claims = make.claims(*said)
    figures = stated_figures(make.articles({"article_id": "a"}, {"article_id": "b"}), claims, compare(claims))
    assert set(figures["unit"]) == {unit}
    assert sorted(figures["value"]) == pytest.approx(values)
    assert set(figures["stated"]) == stated
