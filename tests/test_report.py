"""The report: one page, nothing from outside, strangers' words harmless, every claim with an address."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from reconcile import charts, summary
from reconcile.errors import InputError
from reconcile.report import write_report
from reconcile.report.content import content, read_ledger
from reconcile.report.quotes import in_context
from tests import sample

MOST_BYTES = 3_000_000
VOID = {"meta", "link", "img", "br", "hr", "input", "source"}


class Elements(HTMLParser):
    """The start tags of a page with their attributes, its text, and whether every tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get("id")) is not None]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    sample.write(folder)
    summary.record(
        folder,
        problems=[f"broken.txt: is not text {sample.HOSTILE}; delete it."],
        notes=["old.txt: was converted from windows-1256."],
        validation={
            "success": False, "expectations": 40, "critical_failures": ["claims.quote_slices_back"], "warnings": [],
            "infos": [], "allowed": [], "allow": [], "failing_rows": {"claims.quote_slices_back": 1},
        },
        versions={"python": "3.11.0", "polars": None},
    )  # fmt: skip
    failing = {"table": "claims", "row_id": "c4", "expectation": "quote_slices_back", "reason": f"Off {sample.HOSTILE}"}
    pl.DataFrame([failing]).write_parquet(folder / "quarantine.parquet")
    (folder / "validation").mkdir()
    (folder / "validation" / "index.html").write_text("<p>Docs</p>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def text(ledger: Path) -> str:
    path = write_report(ledger)
    assert path == ledger / "report.html"
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(text: str) -> Elements:
    return Elements(text)


def test_page_is_whole_and_not_large(text: str, page: Elements) -> None:
    assert page.open == []
    assert len(text.encode()) < MOST_BYTES
    assert text.count("@font-face") == 2


def test_nothing_comes_from_outside(text: str, page: Elements) -> None:
    assert page.of("script") == page.of("link") == page.of("img") == page.of("iframe") == []
    assert not re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", text)
    policy = next(meta for meta in page.of("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert str(policy["content"]).startswith("default-src 'none'")
    assert "script-src" not in str(policy["content"])


def test_only_web_addresses_become_links(page: Elements) -> None:
    links = [str(a["href"]) for a in page.of("a")]
    assert "https://example.org/river" in links
    outside = [href for href in links if not href.startswith(("#", "charts/", "validation/"))]
    assert outside == ["https://example.org/river"]


def test_strangers_words_are_only_words(text: str, page: Elements) -> None:
    assert sample.HOSTILE not in text
    assert "<script" not in text
    shown = "".join(page.words)
    for place in ("At least 97 arrests were made", "14 apart", "Harbour", "is not text", "Off"):
        assert f"{place} {sample.HOSTILE}" in shown.replace("</mark>", "")


def test_every_claim_has_an_address_and_every_inner_link_a_goal(page: Elements) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert {f"claim-{claim}" for claim in sample.CLAIMS["claim_id"]} <= set(page.ids)
    inner = {str(a["href"])[1:] for a in page.of("a") if str(a["href"]).startswith("#")}
    assert inner <= set(page.ids)


def test_arabic_reads_from_the_right_and_figures_are_marked(text: str, page: Elements) -> None:
    quotes = page.of("blockquote")
    assert {(one.get("lang"), one["dir"]) for one in quotes} == {("ar", "rtl"), ("en", "ltr")}
    assert len(page.of("mark")) == len(quotes)
    assert "<mark class=\"short\">83 شخصًا</mark> في عملية النهر" in text
    assert "They seized <mark class=\"short\">over $600,000</mark> of" in text


def test_days_behind_arabic_words_keep_their_order(tmp_path: Path) -> None:
    sample.write(tmp_path)
    path = tmp_path / "quantities.parquet"
    label = pl.lit("“خمس مجموعات”, 2015-01-01/2015-01-31").alias("label_en")
    pl.read_parquet(path).with_columns(label).write_parquet(path)
    shown = write_report(tmp_path).read_text(encoding="utf-8")
    text = re.sub(r'aria-label="[^"]*"', "", shown)  # read aloud in the order of the letters
    assert "“خمس مجموعات”, \u20662015-01-01/2015-01-31\u2069" in text
    assert ", 2015-01-01/2015-01-31" not in text


def test_summary_says_what_the_tables_say(page: Elements) -> None:
    shown = " ".join("".join(page.words).split())
    assert "10 figures and 0 dates were read in 4 articles; they put a number on 5 quantities, and 3 of" in shown
    assert "Sources contradict each other on 2 quantities: Funds seized, Operation River; People arrested" in shown
    assert "3 pairs of figures look alike" in shown
    assert "1 figure is denied or refuted" in shown
    assert "2 alarms: hedge drift (1), measure conflation (1)" in shown
    assert "Critical checks failed" in shown
    assert "1 input could not be read" in shown
    assert "news-1" in shown


def test_page_can_be_read_by_ear(page: Elements) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.of("html")[0]["lang"] == "en"
    assert [svg["aria-label"] for svg in page.of("svg")] == list(charts.CHARTS.values())
    assert all(th.get("scope") in ("col", "row") for th in page.of("th"))


def test_saved_charts_are_taken_over_and_linked(tmp_path: Path) -> None:
    sample.write(tmp_path)
    charts.save_charts(sample.ARTICLES, sample.CLAIMS, sample.COMPARISON, tmp_path / "charts")
    text = write_report(tmp_path, title="عملية النهر <b>").read_text(encoding="utf-8")
    assert text.count("@font-face") == 2
    assert "<title>عملية النهر &lt;b&gt;</title>" in text
    for href in (str(a["href"]) for a in Elements(text).of("a")):
        assert href.startswith(("#", "https://")) or (tmp_path / href).is_file()


def test_same_tables_give_the_same_page(ledger: Path, text: str) -> None:
    assert write_report(ledger).read_text(encoding="utf-8") == text


def test_empty_tables_give_a_page_that_says_so(tmp_path: Path) -> None:
    sample.write(tmp_path)
    for path in tmp_path.glob("*.parquet"):
        pl.read_parquet(path).clear().write_parquet(path)
    shown = "".join(Elements(write_report(tmp_path).read_text(encoding="utf-8")).words)
    assert "No quantity is contested" in shown
    assert "No two comparable figures diverge" in shown
    assert "The tables were not validated" in shown


def test_long_lists_are_cut_and_say_where_the_rest_is(tmp_path: Path) -> None:
    articles, claims, comparison = sample.many(15, 30)
    tables = {"articles": articles, "claims": claims, "pairs": comparison.pairs,
              "quantities": comparison.quantities, "alarms": comparison.alarms}  # fmt: skip
    for name, table in tables.items():
        table.write_parquet(tmp_path / f"{name}.parquet")
    text = write_report(tmp_path).read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert "more are in <code>pairs.csv</code>" in text


def test_equal_pairs_share_a_card(ledger: Path) -> None:
    found = content(read_ledger(ledger))
    assert [(card.reason, card.n_more) for card in found.look_alikes] == [("stage", 1), ("event", 0)]
    assert [card.n_more for card in found.pairs["diverge"]] == [0, 1]


def test_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="articles"):
        write_report(tmp_path)


def test_validation_is_found_without_a_summary(tmp_path: Path) -> None:
    sample.write(tmp_path)
    (tmp_path / "validation").mkdir()
    outcome = {"expectations": 40, "critical_failures": [], "warnings": ["claims.unit_is_known"], "failing_rows": {}}
    (tmp_path / "validation" / "validation.json").write_text(json.dumps(outcome), encoding="utf-8")
    assert "claims.unit_is_known" in write_report(tmp_path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "sentence", "start", "quote", "expected"),
    [
        ("5 of 5 came.", "5 of 5 came.", 0, "5", ("", "5", " of 5 came.")),
        ("5 of 5 came.", "5 of 5 came.", 5, "5", ("5 of ", "5", " came.")),
        ("Ten. Ten.", "Ten.", 5, "Ten", ("", "Ten", ".")),
        ("Changed since.", "The 5 came.", 4, "5", ("The ", "5", " came.")),
        ("Changed since.", "No figure.", 4, "5", ("", "5", "")),
        ("5", None, 0, "5", ("", "5", "")),
    ],
)
def test_figure_is_found_in_its_sentence(
    text: str, sentence: str | None, start: int, quote: str, expected: tuple[str, str, str]
) -> None:
    assert in_context(text, sentence, start, start + len(quote), quote) == expected
