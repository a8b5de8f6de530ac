"""The report and the charts' pages in a real browser: they load, fetch nothing, and Arabic reads from the right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reconcile import charts
from reconcile.report import write_report
from tests import sample
from tests.browser import chromium

EXECUTABLE = chromium.find()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium on this machine (Debian: apt install chromium)"),
]
DIRECTION = "getComputedStyle(document.querySelector('{selector}')).direction"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    sample.write(folder)
    charts.save_charts(sample.ARTICLES, sample.CLAIMS, sample.COMPARISON, folder / "charts")
    write_report(folder)
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Iterator[chromium.Page]:
    assert EXECUTABLE is not None
    with chromium.Page(EXECUTABLE, tmp_path / "profile") as opened:
        yield opened


def fetched(page: chromium.Page) -> list[str]:
    return [url for url in page.requests if not url.startswith(("data:", "blob:", "about:"))]


def test_report_loads_alone_and_arabic_reads_from_the_right(page: chromium.Page, ledger: Path) -> None:
    report = ledger / "report.html"
    page.open(report)
    assert fetched(page) == [report.as_uri()]
    assert page.complaints == []
    assert page.evaluate(DIRECTION.format(selector="blockquote:lang(ar)")) == "rtl"
    assert page.evaluate(DIRECTION.format(selector="blockquote:lang(en)")) == "ltr"
    assert page.evaluate("document.fonts.check('16px \"IBM Plex Sans Arabic\"', 'ض')")
    assert page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').length") == 2
    assert page.evaluate("document.querySelectorAll('figure.chart svg').length") == len(charts.CHARTS)
    assert page.evaluate("document.scripts.length") == 0


@pytest.mark.parametrize("width", [360, 1200])
def test_report_fits_the_window(page: chromium.Page, ledger: Path, width: int) -> None:
    page.size(width, 900)
    page.open(ledger / "report.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_link_to_a_claim_opens_its_article(page: chromium.Page, ledger: Path) -> None:
    page.open(ledger / "report.html")
    assert not page.evaluate("document.querySelector('#claim-c9').checkVisibility()")
    page.evaluate("location.hash = 'claim-c9'")
    page.evaluate("new Promise(done => setTimeout(done, 300))")
    assert page.evaluate("document.querySelector('#article-ar-old').open")


def test_text_is_legible_in_dark_and_light(page: chromium.Page, ledger: Path) -> None:
    """The chart's words follow the page's colours: never dark on dark."""
    lightness = "(c => c.match(/[\\d.]+/g).slice(0, 3).reduce((a, b) => a + +b, 0) / 3)"
    for dark in (False, True):
        page.size(1200, 900, dark=dark)
        page.open(ledger / "report.html")
        paper = page.evaluate(f"{lightness}(getComputedStyle(document.body).backgroundColor)")
        words = page.evaluate(f"{lightness}(getComputedStyle(document.querySelector('.chart svg text')).fill)")
        assert abs(paper - words) > 120


@pytest.mark.parametrize("name", charts.CHARTS)
def test_page_of_a_chart_draws_without_network(page: chromium.Page, ledger: Path, name: str) -> None:
    path = ledger / "charts" / f"{name}.html"
    page.open(path)
    assert fetched(page) == [path.as_uri()]
    assert page.complaints == []
    assert page.evaluate("document.querySelectorAll('#chart svg text').length") > 3
