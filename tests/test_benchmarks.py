"""The benchmark's text is the same every time, says nothing twice, and is read by the engine. Nothing here is timed."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from benchmarks import engine, generate, peers, readers, tables
from benchmarks.__main__ import SECTIONS
from reconcile.figures.find import figures_of
from reconcile.figures.scan import read, scan

CHARACTERS = 60_000
FOUND = (
    0.9  # of the figures written; what the engine misses is the business of its corpora, not of its benchmark
)


@pytest.fixture(scope="module", params=generate.LANGUAGES)
def articles(request: pytest.FixtureRequest) -> list[generate.Article]:
    return list(generate.articles(request.param, CHARACTERS))


def sentences(articles: list[generate.Article]) -> Iterator[str]:
    for article in articles:
        yield from re.split(r"(?<=[.!?])\s+", article.text)


def test_the_same_seed_gives_the_same_text_and_another_seed_another(articles: list[generate.Article]) -> None:
    language = articles[0].language
    assert list(generate.articles(language, CHARACTERS)) == articles
    assert next(generate.articles(language, 1, seed=2)).text != articles[0].text


def test_a_longer_text_begins_like_a_shorter_one(articles: list[generate.Article]) -> None:
    shorter = list(generate.articles(articles[0].language, CHARACTERS // 2))
    assert 0 < len(shorter) < len(articles)
    assert articles[: len(shorter)] == shorter


def test_no_sentence_is_said_twice(articles: list[generate.Article]) -> None:
    said = list(sentences(articles))
    assert len(said) > CHARACTERS / 400
    assert len(said) == len(set(said))


def test_words_keep_coming(articles: list[generate.Article]) -> None:
    half = len(articles) // 2
    first, second = ({w for a in part for w in a.text.split()} for part in (articles[:half], articles[half:]))
    assert len(second - first) > len(second) / 4


def test_figures_are_as_dense_as_in_news(articles: list[generate.Article]) -> None:
    characters, figures = sum(len(a.text) for a in articles), sum(len(a.figures) for a in articles)
    assert 250 < characters / figures < 450
    assert all(len(a.text) < 2 * generate.ARTICLE_CHARACTERS for a in articles)


def test_every_number_lies_in_a_marked_figure(articles: list[generate.Article]) -> None:
    for article in articles:
        held = {at for start, end in article.figures for at in range(start, end)}
        assert {match.start() for match in re.finditer(r"\d", article.text)} <= held
        assert not {*"{}[]"} & {*article.text}


def test_the_engine_reads_it(articles: list[generate.Article]) -> None:
    written = met = found = 0
    for article in articles:
        r = read(article.text, article.language)
        spans = [(f.start, f.end) for f in figures_of(r, scan(r), None)]
        written += len(article.figures)
        found += len(spans)
        met += sum(any(s < end and e > start for s, e in spans) for start, end in article.figures)
    assert met >= FOUND * written
    assert found <= written / FOUND


def test_rounds_share_no_sentence(tmp_path: Path) -> None:
    plan = engine.Plan(rounds=2, characters=CHARACTERS // 4)
    first, second = (
        {sentence for text in json.loads(path.read_text()) for sentence in re.split(r"(?<=[.!?])\s+", text)}
        for path in engine.write_rounds("en", plan, tmp_path)
    )
    assert first and second and not first & second


@pytest.mark.parametrize("processes", [1, 2])
def test_a_worker_reads_what_it_is_asked(tmp_path: Path, processes: int) -> None:
    texts = [article.text for article in generate.articles("en", 10_000)]
    asked = tmp_path / "texts.json"
    asked.write_text(json.dumps(texts), encoding="utf8")
    with engine.Worker(Path(sys.executable), peers.OURS, "en", processes) as worker:
        done = [worker.read(asked, seconds=30) for _ in range(2)]
    assert [each.characters for each in done] == [sum(map(len, texts))] * 2
    assert done[0].found == done[1].found > 0
    assert processes > 1 or (done[0].cpu > 0 and done[0].peak_mib > 0)


def test_a_reader_that_cannot_load_says_why() -> None:
    with pytest.raises(engine.ReaderError, match="ended: ModuleNotFoundError"):
        engine.Worker(Path(sys.executable), "price-parser", "en", 1)


def test_every_peer_has_a_reader_and_a_pinned_version() -> None:
    lines = peers.CONSTRAINTS.read_text(encoding="utf8").splitlines()
    pinned = {Requirement(line.partition("#")[0]).name for line in lines if line and not line.startswith("#")}
    assert {peer.reader for peer in peers.PEERS} == readers.READERS.keys()
    assert {peer.package for peer in peers.PEERS if not peer.own} <= pinned
    assert {readers.READERS[peer.reader][0] for peer in peers.PEERS if not peer.own} <= pinned


def test_a_peer_that_cannot_be_had_is_a_row_with_its_reason() -> None:
    done = engine.Pass(characters=1000, found=3, wall=2.0, cpu=1.0, peak_mib=50.0)
    ours = engine.Measured(peers.PEERS[0], "1.0", 0.5, [done], [done])
    absent = engine.Measured(peers.PEERS[2], reason="cannot be installed on this Python: no wheel")
    said = engine.report({"en": [ours, absent]})
    assert "| Duckling " in said
    assert "Duckling: cannot be installed on this Python: no wheel." in said


def test_tables_go_where_the_readme_has_a_place(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("a\n<!-- compare: measured -->\nold\n<!-- compare: end -->\nb\n", encoding="utf8")
    tables.write("compare", "new", page)
    assert page.read_text(encoding="utf8") == "a\n<!-- compare: measured -->\nnew\n<!-- compare: end -->\nb\n"
    with pytest.raises(ValueError, match="engine"):
        tables.write("engine", "new", page)


@pytest.mark.parametrize("section", SECTIONS)
def test_the_committed_tables_carry_their_date(section: str) -> None:
    page = tables.README.read_text(encoding="utf8")
    table = page.partition(f"<!-- {section}: measured -->")[2].partition(f"<!-- {section}: end -->")[0]
    assert re.search(r"Measured on \d{4}-\d{2}-\d{2} with `python -m benchmarks", table)
    assert table.count("\n|") > 3
