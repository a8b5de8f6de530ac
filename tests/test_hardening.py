"""What scraped pages, full disks and stopped processes do to the product: each family of faults with its smallest form.

Growth is counted in calls, never in seconds: a shape of text of twice the length may cost at most 2.3 times the calls.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from reconcile import extract, stamps, tables
from reconcile.articles import read_articles
from reconcile.articles.reading import read_sources
from reconcile.charts.steady_pdf import steady
from reconcile.errors import InputError, RuleError
from reconcile.files import LOCK, only_writer, replacing, write_text
from reconcile.rules.files import load_rules
from reconcile.run.staging import STAGING, put_in_place, put_rest_in_place, staged
from reconcile.validation.site import without_remote
from tests.make import articles as make_articles
from tests.make import claims as make_claims

GOOD = "Police arrested 83 people in Paris on Monday."


def article(folder: Path, name: str, front: str = "", text: str = GOOD) -> Path:
    path = folder / name
    path.write_text(f"---\n{front}\n---\n{text}\n" if front else text, encoding="utf-8")
    return path


def one_problem(folder: Path) -> str:
    """The one problem of a folder whose other article is read all the same."""
    article(folder, "good.txt")
    reading = read_sources(folder)
    assert "good" in reading.articles["article_id"].to_list()
    (problem,) = reading.problems
    return str(problem)


class TestValuesAreTypedBeforeTheyAreText:
    def test_references_that_stand_for_a_thousand_million_values_are_refused(self, tmp_path: Path) -> None:
        lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
        for before, name in zip("abcdefgh", "bcdefghi", strict=True):
            lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
        article(tmp_path, "bomb.md", "\n".join([*lines, "published: *i"]))
        assert "a reference is no value" in one_problem(tmp_path)

    @pytest.mark.parametrize("value", ["1" + ":59" * 400, "0x" + "f" * 9000, "12:30", "007", "No", "1_000"])
    def test_plain_values_of_the_front_matter_are_text(self, tmp_path: Path, value: str) -> None:
        article(tmp_path, "a.md", f"outlet: {value}")
        assert read_articles(tmp_path)["outlet"].item() == value

    @pytest.mark.parametrize("value", ["[[1, 2], 3]", "{a: {b: c}}", "true"])
    @pytest.mark.parametrize("field", ["outlet", "title", "url", "story", "language", "published"])
    def test_a_value_of_another_type_is_one_line(self, tmp_path: Path, field: str, value: str) -> None:
        path = article(tmp_path, "a.md", f"{field}: {value}")
        (problem,) = read_sources(path).problems
        assert field in problem.what
        assert len(str(problem)) < 400

    def test_a_long_value_is_cut_in_the_message(self, tmp_path: Path) -> None:
        path = article(tmp_path, "a.md", "published: " + "soon " * 10_000)
        (problem,) = read_sources(path).problems
        assert len(problem.what) < 200

    def test_a_front_matter_longer_than_any_is_refused(self, tmp_path: Path) -> None:
        article(tmp_path, "a.md", "title: " + "x" * 200_000)
        assert "the front matter is longer than" in one_problem(tmp_path)

    def test_the_day_that_stands_for_none_is_told(self, tmp_path: Path) -> None:
        article(tmp_path, "a.md", "published: 0001-01-01")
        assert "before there was news" in one_problem(tmp_path)


def calls(work: Callable[[], object]) -> int:
    """How many functions a piece of work calls."""
    counted = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal counted
        if event in ("call", "c_call"):
            counted += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


EN = "the police said that 83 people were arrested in the city and 12 injured people were taken to hospital while it "
AR = "قال المسؤول إن القوات اعتقلت 83 شخصا في المدينة ثم نقلت 12 جريحا إلى المستشفى و"
FR = "la police a dit que 83 personnes ont été arrêtées à Paris et 12 blessés transportés "
# A piece of text and its language; each is read many times over, without an end of a sentence and in one line.
SHAPES = [
    *(("en", piece) for piece in (
        "7 ", "(7 ", '"7 ', "“7 ", "[7] ", "7) ", "7-", "7/", "7:", "1,000,", "7% ", "$7 ", "7 to ", "from 7 to 9 ",
        "between 7 and 9 ", "and 7 dead ", "twenty ", "twenty-two thousand and five hundred ", "7 of ", "of the 7 ",
        "including 7 ", "said he said 7 she ", "according to 7 ", "John Smith said 7 ", "7 January 2026 ", "January ",
        "last Monday 7 ", "7 killed, ", "7 killed and 12 injured in Paris, ", "not 7 killed ", "0.5 ", "7 p.m. ",
        "denied that 7 were killed ", "hundred ", "7\n", "7 in London, 9 in Paris, ", "9 who ", "'s ",
        "7\u202e8\u202c ",         "Brent\t78.20\t+1.3%\t7,250\n", "31.5%\n", EN, EN.strip() + ". ",
        "7 people were killed in Paris, police said. ",
    )),
    *(("ar", piece) for piece in (
        AR, "خمسة وعشرون ألفا و", "و7 ", "ألف ", "قال إن 7 ", "من 7 إلى 9 ", "7 قتلى و12 جريحا في بغداد و",
        "7 يناير 2026 ", "7، ", "مليونين و",
    )),
    *(("fr", piece) for piece in (
        FR, "quatre-vingt-dix-neuf mille ", "et 7 ", "de 7 à 9 ", "selon 7 ", "« 7 ", "7 dont ", "7 janvier 2026 ",
        "7 morts et 12 blessés à Paris, ",
    )),
]  # fmt: skip
LEAST_CHARACTERS = 2400  # beyond the length at which a sentence without an end is cut
MOST_GROWTH = 2.3


def read_text(text: str, language: str) -> pl.DataFrame:
    row = {"article_id": "x", "text": text, "language": language, "published": date(2026, 1, 2)}
    return extract(pl.DataFrame([row]))


@pytest.mark.parametrize(("language", "piece"), SHAPES)
def test_twice_the_text_costs_twice_the_calls(language: str, piece: str) -> None:
    times = max(4, LEAST_CHARACTERS // max(len(piece), 8))
    read_text(piece * 2, language)  # tables that are made once
    once, twice = (calls(lambda n=n: read_text(piece * n, language)) for n in (times, 2 * times))
    assert twice <= MOST_GROWTH * once


def test_numbers_in_a_row_without_an_end_lose_no_article() -> None:
    for text in ("et 7 " * 3000, "suspects 3 and 4 and 5 " * 900):
        assert read_text(text, "fr").height >= 2700


class TestPages:
    @pytest.mark.parametrize(
        "page", ["<html " * 200_000, "<p " + " ".join(f'a{i}="x"' for i in range(50_000)) + f">{GOOD}</p>"]
    )
    def test_a_page_that_nobody_gets_through_is_one_line(self, tmp_path: Path, page: str) -> None:
        (tmp_path / "bad.html").write_text(page, encoding="utf-8")
        assert "bad.html" in one_problem(tmp_path)

    def test_a_page_of_an_unknown_charset_is_read(self, tmp_path: Path) -> None:
        page = f'<html><head><meta charset="klingon-8"></head><body><p>{GOOD}</p></body></html>'
        (tmp_path / "a.html").write_text(page, encoding="utf-8")
        assert "83" in read_articles(tmp_path)["text"].item()

    @pytest.mark.parametrize(
        "piece", ["<link ", "<td ", "url(http://", "<footer>", '<script src="http://', "'م", "&#39;م"]
    )
    def test_a_page_of_the_data_docs_is_mended_in_one_pass(self, piece: str) -> None:
        page = "<html><head></head><body>" + piece * 100_000
        assert "Content-Security-Policy" in without_remote(page, "", "")


class TestOneFileOneLine:
    def test_a_pipe_and_a_device_are_refused(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")
        (tmp_path / "zero.txt").symlink_to("/dev/zero")
        article(tmp_path, "good.txt")
        reading = read_sources(tmp_path)
        assert reading.articles["article_id"].to_list() == ["good"]
        assert ["a device or a pipe" in problem.what for problem in reading.problems] == [True, True]

    def test_a_link_out_of_the_folder_is_read_only_where_it_is_asked_for(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        article(tmp_path, "outside.txt")
        (tmp_path / "in" / "a.txt").symlink_to("../outside.txt")
        article(tmp_path / "in", "b.txt")
        (tmp_path / "in" / "c.txt").symlink_to("b.txt")
        reading = read_sources(tmp_path / "in")
        assert reading.articles["article_id"].to_list() == ["b", "c"]
        assert "leads out of the folder" in reading.problems[0].what
        followed = read_sources(tmp_path / "in", follow_links=True)
        assert followed.articles["article_id"].to_list() == ["a", "b", "c"]

    def test_a_link_to_nothing_is_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").symlink_to("nowhere")
        assert "cannot be opened" in one_problem(tmp_path)

    def test_a_name_that_is_no_utf8_is_one_line(self, tmp_path: Path) -> None:
        with open(os.fsencode(tmp_path) + b"/bad\xff.txt", "w", encoding="utf-8") as file:
            file.write(GOOD)
        assert "the file's name is no UTF-8" in one_problem(tmp_path)

    def test_a_failure_of_our_own_is_one_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from reconcile.articles import reading

        def fail(*_: object) -> None:
            raise ZeroDivisionError("no luck")

        monkeypatch.setitem(reading.DECODED_FORMATS, ".md", fail)
        article(tmp_path, "a.md")
        assert "ZeroDivisionError: no luck" in one_problem(tmp_path)


def ledger(folder: Path, value: float) -> None:
    """The tables of a run on articles that say this number."""
    text = f"Police held {value:.0f} people."
    claims = make_claims({"value": value, "sentence": text})
    found = {name: pl.DataFrame(schema=kinds) for name, kinds in tables.SCHEMAS.items()}
    tables.write_tables(folder, {**found, "articles": make_articles({"text": text}), "claims": claims})


class TestAllOrNothing:
    def test_a_file_is_the_old_one_until_the_new_one_is_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        write_text(path, "old")
        def write_half(part: Path) -> None:
            part.write_text("half")
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError), replacing(path) as (part,):
            write_half(part)
        assert path.read_text(encoding="utf-8") == "old"
        assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]

    def test_files_of_one_group_change_together(self, tmp_path: Path) -> None:
        first, second = tmp_path / "a.txt", tmp_path / "b.txt"
        with replacing(first, second) as parts:
            for part in parts:
                part.write_text("new")
            assert not first.exists()
        assert (first.read_text(), second.read_text()) == ("new", "new")

    def test_a_link_stays_one(self, tmp_path: Path) -> None:
        (tmp_path / "kept").mkdir()
        (tmp_path / "link.csv").symlink_to("kept/real.csv")
        write_text(tmp_path / "link.csv", "new")
        assert (tmp_path / "kept" / "real.csv").read_text() == "new"
        assert (tmp_path / "link.csv").is_symlink()

    @pytest.mark.parametrize("name", ["articles", "claims"])
    def test_tables_of_two_runs_are_not_read_as_one(self, tmp_path: Path, name: str) -> None:
        ledger(tmp_path / "a", 83.0)
        ledger(tmp_path / "b", 38.0)
        (tmp_path / "b" / f"{name}.parquet").replace(tmp_path / "a" / f"{name}.parquet")
        with pytest.raises(InputError, match="the folder mixes two runs"):
            tables.read_table(tmp_path / "a", "claims")

    def test_what_was_made_of_replaced_claims_goes(self, tmp_path: Path) -> None:
        ledger(tmp_path, 83.0)
        tables.write_table(make_claims({"value": 38.0}), tmp_path, "claims")
        assert not (tmp_path / "pairs.parquet").exists()
        assert not (tmp_path / "spreadsheet" / "pairs.csv").exists()
        assert tables.read_table(tmp_path, "claims")["value"].item() == 38.0

    def test_the_same_claims_again_take_nothing_away(self, tmp_path: Path) -> None:
        ledger(tmp_path, 83.0)
        tables.write_table(tables.read_table(tmp_path, "claims"), tmp_path, "claims")
        assert (tmp_path / "pairs.parquet").exists()

    def test_tables_of_other_programs_are_believed(self, tmp_path: Path) -> None:
        ledger(tmp_path, 83.0)
        make_claims({"value": 38.0}).write_parquet(tmp_path / "claims.parquet")
        assert tables.read_table(tmp_path, "claims")["value"].item() == 38.0

    def test_two_runs_into_one_folder(self, tmp_path: Path) -> None:
        second = only_writer(tmp_path)
        with only_writer(tmp_path), pytest.raises(InputError, match=r"another run is writing here .*, since "):
            second.__enter__()
        with only_writer(tmp_path) as told:
            assert told is None
        assert not (tmp_path / LOCK).exists()

    def test_a_run_that_was_stopped_is_told(self, tmp_path: Path) -> None:
        (tmp_path / LOCK).write_text("anna, since 2026-01-01, process 1 on x", encoding="utf-8")
        with only_writer(tmp_path) as told:
            assert told is not None
            assert "anna" in told

    def test_a_run_that_ends_replaces_the_one_before(self, tmp_path: Path) -> None:
        ledger(tmp_path, 83.0)
        (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
        with staged(tmp_path) as staging:
            assert (staging / "claims.parquet").is_file()
            ledger(staging, 38.0)
            (staging / "summary.json").write_text(f'{{"at": "{staging}"}}', encoding="utf-8")
            put_in_place(staging, tmp_path)
        assert tables.read_table(tmp_path, "claims")["value"].item() == 38.0
        assert (tmp_path / "notes.txt").read_text() == "mine"
        assert (tmp_path / "summary.json").read_text() == f'{{"at": "{tmp_path}"}}'
        assert not (tmp_path / STAGING).exists()

    def test_a_run_that_is_stopped_leaves_the_one_before(self, tmp_path: Path) -> None:
        ledger(tmp_path, 83.0)
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        def stop(staging: Path) -> None:
            ledger(staging, 38.0)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt), staged(tmp_path) as staging:
            stop(staging)
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before

    def test_a_run_that_fails_with_claims_leaves_no_pairs_of_others(self, tmp_path: Path) -> None:
        ledger(tmp_path, 83.0)
        with staged(tmp_path) as staging:
            frames = {"articles": make_articles({"text": "x"}), "claims": make_claims({"value": 38.0})}
            tables.write_tables(staging, frames)
            put_rest_in_place(staging, tmp_path)
        assert tables.read_table(tmp_path, "claims")["value"].item() == 38.0
        assert not (tmp_path / "pairs.parquet").exists()

    def test_a_run_that_fails_without_claims_leaves_the_tables_before(self, tmp_path: Path) -> None:
        ledger(tmp_path, 83.0)
        with staged(tmp_path) as staging:
            (staging / "executed" / "01_extract.ipynb").write_text("{}", encoding="utf-8")
            put_rest_in_place(staging, tmp_path)
        assert tables.read_table(tmp_path, "claims")["value"].item() == 83.0
        assert (tmp_path / "executed" / "01_extract.ipynb").is_file()


def command(*words: str | Path, limit: int | None = None, **environment: str) -> subprocess.Popen[str]:
    """The command line as a process, which may write files of `limit` bytes at most."""

    def small_files() -> None:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, "-m", "reconcile", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        preexec_fn=small_files,
    )


class TestTheDisk:
    @pytest.mark.parametrize(("words", "out"), [("extract", "c.csv"), ("extract", "c.parquet"), ("compare", "out")])
    def test_a_file_that_does_not_fit_is_one_line(self, tmp_path: Path, words: str, out: str) -> None:
        article(tmp_path, "a.txt", text=f"{GOOD} " * 60)
        process = command(words, tmp_path / "a.txt", "--out", tmp_path / out, limit=2048)
        said = process.communicate(timeout=120)[1]
        assert process.returncode == 2
        assert said.count("\n") == 1
        assert "cannot be written (File too large)" in said
        assert "what was there before is unchanged" in said
        left = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert left == [tmp_path / "a.txt"]

    def test_standard_output_that_is_full_is_one_line(self, tmp_path: Path) -> None:
        path = article(tmp_path, "a.txt")
        with open("/dev/full", "w", encoding="utf-8") as full:
            ended = subprocess.run(
                [sys.executable, "-m", "reconcile", "extract", str(path)],
                stdout=full, stderr=subprocess.PIPE, text=True, check=False,
            )  # fmt: skip
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)

    def test_an_interruption_is_one_line_at_any_moment(self, tmp_path: Path) -> None:
        path = article(tmp_path, "a.txt", text=f"{EN}\n" * 20_000)
        process = command("extract", path, "--out", tmp_path / "c.csv")
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=3)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60)[1] == "stopped; what was there before is unchanged.\n"
        assert process.returncode == 130
        assert not (tmp_path / "c.csv").exists()


class TestSameBytes:
    def test_tables_do_not_depend_on_place_time_or_order(self, tmp_path: Path) -> None:
        story = "PARIS, {} May 2026 - Police arrested {} people at the port."
        texts = {f"{n}.txt": story.format(n - 70, n) for n in range(80, 86)}
        seen = []
        for number, environment in enumerate(
            (
                {"PYTHONHASHSEED": "1", "TZ": "UTC"},
                {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
                {"PYTHONHASHSEED": "3", "TZ": "America/Los_Angeles", "POLARS_MAX_THREADS": "1"},
            )
        ):
            folder = tmp_path / str(number)
            folder.mkdir()
            for name in sorted(texts, reverse=bool(number % 2)):
                article(folder, name, text=texts[name])
            script = "import os, sys; os.chdir(sys.argv.pop(1)); from reconcile.cli import main; main()"
            subprocess.run(
                [sys.executable, "-c", script, str(folder), "compare", ".", "--out", "out"],
                check=True, capture_output=True, env={**os.environ, **environment},
            )  # fmt: skip
            made = sorted((folder / "out").rglob("*"))
            seen.append({str(p.relative_to(folder)): p.read_bytes() for p in made if p.is_file()})
        differing = {name for one in seen for name in seen[0] if one.get(name) != seen[0][name]}
        assert not differing
        assert len(seen[0]) > 20

    def test_a_pdf_whose_parts_come_in_another_order_is_the_same(self) -> None:
        def document(order: tuple[int, ...], rows: tuple[bytes, ...]) -> bytes:
            parts = {
                1: b"<<\n  /Type /Catalog\n  /Pages 2 0 R\n>>",
                2: b"<<\n  /Kids [3 0 R]\n>>",
                3: b"<<\n  /Font <<\n" + b"".join(rows) + b"  >>\n>>",
                4: b"<< /Length 3 >>\nstream\nabc\nendstream",
                5: b"<< /Length 3 >>\nstream\nxyz\nendstream",
            }
            numbers = {old: new for new, old in enumerate(order, start=1)}
            body = b"%PDF-1.7\n\n"
            for old in order:
                content = parts[old]
                for reference in (2, 3, 4, 5):
                    content = content.replace(b"%d 0 R" % reference, b"%d 0 Q" % numbers[reference])
                body += b"%d 0 obj\n%b\nendobj\n\n" % (numbers[old], content.replace(b"0 Q", b"0 R"))
            tail = b"trailer\n<<\n  /Size 6\n  /Root %d 0 R\n>>\nstartxref\n9\n%%%%EOF" % numbers[1]
            return body + b"xref\n0 6\n" + tail

        first, second = b"    /f0 4 0 R\n", b"    /f1 5 0 R\n"
        one = steady(document((1, 2, 3, 4, 5), (first, second)))
        other = steady(document((3, 5, 1, 4, 2), (second, first)))
        assert one == other
        assert one.index(b"abc") < one.index(b"xyz")


class TestWhatIsSeenIsWhatIsRead:
    @pytest.mark.parametrize(
        "inside", ["\u2060", "\u200b", "\u00ad", "\u034f", "\u0301", "\u0301\u0302", "\ufe0f", "\u2068"]
    )
    def test_characters_that_nobody_sees_do_not_split_a_number(self, tmp_path: Path, inside: str) -> None:
        text = f"Police arrested 8{inside}3 people."
        (claim,) = read_text(text, "en").iter_rows(named=True)
        assert (claim["value"], claim["unit"], claim["role"]) == (83.0, "person", "claim")
        assert text[claim["start"] : claim["end"]] == claim["quote"]
        article(tmp_path, "a.txt", text=text)
        (note,) = read_sources(tmp_path).notes
        assert "(at offset 17)" in str(note)

    @pytest.mark.parametrize("written", ["\u202e38\u202c", "8\u03363\u0336", "8\u03383", "\u202eabout 38"])
    def test_a_number_that_is_seen_otherwise_is_compared_with_nothing(self, tmp_path: Path, written: str) -> None:
        text = f"Police arrested {written} people."
        for claim in read_text(text, "en").iter_rows(named=True):
            assert claim["role"] == "metadata"
            assert "text.disguised" in claim["rule"]
        article(tmp_path, "a.txt", text=text)
        assert "not what a reader sees" in str(read_sources(tmp_path).notes[0])

    @pytest.mark.parametrize(
        "text", ["أوقفت الشرطة \u200f83\u200f شخصا.", "Police arrested \u202d83\u202c people.", GOOD]
    )
    def test_harmless_marks_change_nothing(self, text: str) -> None:
        language = "ar" if "ش" in text else "en"
        assert read_text(text, language).filter(kind="count").select("value", "role").row(0) == (83.0, "claim")


class TestSpreadsheets:
    @pytest.mark.parametrize(
        "cell",
        ["=1+1", " =1+1", "\ufeff=1+1", "\u200b=1", "\uff1d1+1", "+a", "-a", "@a", "\t=1", "\n=1", "\u22121"],
    )
    def test_no_cell_begins_like_a_formula(self, tmp_path: Path, cell: str) -> None:
        frame = pl.DataFrame({"title": [cell], "text": [cell], "quote": [cell]})
        tables.write_table(frame, tmp_path, "articles")
        exact = pl.read_csv(tmp_path / "articles.csv").row(0)
        safe = pl.read_csv(tmp_path / "spreadsheet" / "articles.csv").row(0)
        assert exact == (f"'{cell}", cell, cell)
        assert safe == (f"'{cell}",) * 3
        assert "spreadsheet" in (tmp_path / "README.txt").read_text(encoding="utf-8")

    def test_other_cells_stay(self, tmp_path: Path) -> None:
        frame = pl.DataFrame({"title": ["83 = eighty-three"], "text": ["نص"], "quote": ["8-3"]})
        tables.write_table(frame, tmp_path, "articles")
        assert pl.read_csv(tmp_path / "spreadsheet" / "articles.csv").row(0) == frame.row(0)


class TestRules:
    @pytest.mark.parametrize("language", ["ar", "en", "fr"])
    def test_a_misspelt_key_of_the_context_rules_is_told(self, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
        from reconcile.rules import files

        name = f"context/{language}.yml"
        real = files.parse_rules

        def misspelt(text: str, where: str) -> dict[str, object]:
            return real(text.replace("\nnegations:", "\nnegation:") if where == name else text, where)

        monkeypatch.setattr(files, "parse_rules", misspelt)
        with pytest.raises(RuleError, match=rf"{name}: negation: there is no such key; did you mean 'negations'"):
            load_rules.__wrapped__(name)

    @pytest.mark.parametrize(
        ("key", "value"),
        [("negations", [True]), ("negations", "not"), ("deny", ["not"]), ("deny", {"verb": []})],
    )
    def test_a_value_of_another_shape_is_told(self, key: str, value: object) -> None:
        from reconcile.rules.files import SHAPES, check_shape

        with pytest.raises(RuleError, match=key):
            check_shape({key: value}, load_rules(SHAPES)["context"], "en.yml")


def test_the_stamp_of_a_table_says_what_it_holds(tmp_path: Path) -> None:
    ledger(tmp_path / "a", 83.0)
    ledger(tmp_path / "b", 83.0)
    ledger(tmp_path / "c", 38.0)
    ids = [stamps.own_id(tmp_path / name / "claims.parquet") for name in "abc"]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.slow
@pytest.mark.parametrize("words", ["compare", "run"])
def test_a_command_that_is_killed_leaves_one_run_whole(tmp_path: Path, words: str) -> None:
    """Killed at twenty moments: what is read afterwards is the run before, the run after, or refused as mixed."""
    for name, count in (("old", 83), ("new", 38)):
        (tmp_path / name).mkdir()
        article(tmp_path / name, "a.txt", text=f"Police arrested {count} people in Paris on 4 May 2026.")
    out = tmp_path / "out"
    assert command(words, tmp_path / "old", "--out", out).wait(timeout=300) == 0
    longest = 30.0 if words == "run" else 8.0
    for moment in range(1, 21):
        process = command(words, tmp_path / "new", "--out", out)
        try:
            process.communicate(timeout=longest * moment / 20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        try:
            claims = tables.read_table(out, "claims")
        except InputError as error:
            assert "mixes two runs" in str(error)  # noqa: PT017
            continue
        assert claims.filter(kind="count")["value"].to_list() in ([83.0], [38.0])
    assert command(words, tmp_path / "new", "--out", out).wait(timeout=300) == 0
    assert tables.read_table(out, "claims").filter(kind="count")["value"].to_list() == [38.0]
    assert not [path for path in out.rglob("*") if path.name.endswith(".part") or path.name in (STAGING, LOCK)]
