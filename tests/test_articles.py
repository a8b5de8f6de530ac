"""Reading articles: every format, each kind of bad input, and that nothing is read silently wrong."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import warnings
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from reconcile import schema
from reconcile.articles import NoteWarning, ProblemWarning, read_articles, read_sources
from reconcile.articles.encoding import decode
from reconcile.articles.language import detect_language, load_profiles
from reconcile.articles.reading import _LIST_OF_FORMATS
from reconcile.articles.record import read_published
from reconcile.errors import InputError

INPUTS = Path(__file__).parent / "inputs"
SHARED = Path(__file__).resolve().parents[1].parent / "shared"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
ARABIC = "أعلنت وزارة الصحة أن 83 شخصًا نقلوا إلى المستشفى بعد حريق في السوق القديمة، وقد غادره 12 منهم."
FRENCH = "L'été dernier, les pompiers ont secouru 83 personnes à Évreux, selon la préfecture."


def write(folder: Path, **files: str | bytes) -> Path:
    """Files of these names (a double underscore stands for the dot) in the folder."""
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def only_problem(path: Path) -> InputError:
    """The one problem of a reading that has exactly one, on a single line that names its place."""
    (problem,) = read_sources(path).problems
    assert "\n" not in str(problem)
    assert problem.where.startswith(str(path))
    assert problem.what
    assert problem.mend
    return problem


# What is read


def test_frame_has_the_columns_of_the_contract(tmp_path: Path) -> None:
    articles = read_articles(write(tmp_path, a__txt="Police arrested 83 people."))
    assert dict(articles.schema) == schema.ARTICLES


def test_text_without_front_matter_is_the_file(tmp_path: Path) -> None:
    content = "\n  " + ARABIC + "\t\n\n---\nx: 1\n"
    row = read_articles(write(tmp_path, a__txt=content)).row(0, named=True)
    assert row["text"] == content
    assert row["sha256"] == hashlib.sha256(content.encode()).hexdigest()
    assert (row["outlet"], row["published"], row["published_basis"]) == (None, None, "unknown")


def test_byte_order_mark_is_no_text_and_no_note(tmp_path: Path) -> None:
    reading = read_sources(write(tmp_path, a__txt=ARABIC.encode("utf-8-sig")))
    assert reading.articles["text"].item() == ARABIC
    assert (reading.notes, reading.problems) == ((), ())


def test_line_endings_do_not_change_an_article(tmp_path: Path) -> None:
    reading = read_sources(
        write(tmp_path, a__txt="One.\nTwo.\n", b__txt="One.\r\nTwo.\r\n", c__txt="One.\rTwo.\r")
    )
    assert reading.articles["sha256"].n_unique() == 1


def test_rows_keep_their_text_exactly(tmp_path: Path) -> None:
    text = "One.\r\nTwo: 5 000.\u200f\n"
    write(tmp_path, a__jsonl=json.dumps({"article_id": "j", "text": text}))
    pl.DataFrame({"article_id": ["c"], "text": [text]}).write_csv(tmp_path / "b.csv")
    pl.DataFrame({"article_id": ["p"], "text": [text]}).write_parquet(tmp_path / "c.parquet")
    articles = read_articles(tmp_path)
    assert articles["article_id"].to_list() == ["j", "c", "p"]
    assert set(articles["text"]) == {text}


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_front_matter(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(
        "---\nOutlet: Example\nurl: https://example.org/1\npublished: 2025-10-22\nlanguage: ar-EG\n"
        "title: '83: a number'\ndigest: true\nauthors: [A, B]\n---\n\nBody.\n---\nMore.\n"
    )
    reading = read_sources(tmp_path)
    row = reading.articles.row(0, named=True)
    assert (row["outlet"], row["url"], row["language"]) == ("Example", "https://example.org/1", "ar")
    assert row["title"] == "83: a number"
    assert row["published"] == row["published_low"] == row["published_high"] == date(2025, 10, 22)
    assert row["published_basis"] == "stated"
    assert row["text"] == "Body.\n---\nMore.\n"
    assert reading.metadata == {"a": {"digest": True, "authors": ["A", "B"]}}


@pytest.mark.parametrize(
    "content",
    [
        "---\n\nA rule, then text.\n",
        "---\nA line between rules\n---\nText.\n",
        "--- a dash\n",
        "- a\n---\nb: 1\n---\n",
    ],
)
def test_rules_are_no_front_matter(tmp_path: Path, content: str) -> None:
    assert read_articles(write(tmp_path, a__md=content))["text"].item() == content


def test_empty_front_matter_is_dropped(tmp_path: Path) -> None:
    assert read_articles(write(tmp_path, a__md="---\n---\nText 83.\n"))["text"].item() == "Text 83.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859-6"),
        (ARABIC, "utf-16"),
        (ARABIC, "utf-16-le"),
        (FRENCH, "cp1252"),
        ("It\u2019s \u201c83\u201d, police said \u2013 and £246 million.", "cp1252"),
    ],
)
def test_other_encodings_are_converted_and_told(tmp_path: Path, text: str, encoding: str) -> None:
    text = text.replace("\N{ARABIC FATHATAN}", "") if encoding == "iso8859-6" else text
    path = write(tmp_path, a__txt=text.encode(encoding)) / "a.txt"
    with pytest.warns(NoteWarning, match="converted to UTF-8"):
        articles = read_articles(path)
    assert articles["text"].item() == text
    assert read_sources(path).problems == ()


def test_html_gives_main_text_and_metadata() -> None:
    reading = read_sources(INPUTS / "page_en.html")
    row = reading.articles.row(0, named=True)
    assert (row["article_id"], row["outlet"], row["language"]) == ("page_en", "The Example Courier", "en")
    assert row["url"] == "https://courier.example/harbour/sugar-seizure"
    assert row["title"] == "Harbour police seize 40 tonnes of sugar"
    assert (row["published"], row["published_basis"]) == (date(2024, 5, 6), "stated")
    assert "about 28,000 dollars" in row["text"]
    assert "the third such seizure" in row["text"]
    for dropped in ("1,984", "365", "5,000", "0800", "9.99", "12 ways", "Tweet"):
        assert dropped not in row["text"]


def test_html_in_a_declared_encoding_and_a_wrong_declared_language() -> None:
    reading = read_sources(INPUTS / "page_ar.html")
    row = reading.articles.row(0, named=True)
    assert row["language"] == "ar"
    assert "بنحو 28 ألف دولار" in row["text"]
    assert "1984" not in row["text"]
    assert "10 دولارات" not in row["text"]
    assert [str(note) for note in reading.notes] == [
        f"{INPUTS / 'page_ar.html'}: read as cp1256 and converted to UTF-8."
    ]


def test_html_without_article(tmp_path: Path) -> None:
    problem = only_problem(
        write(tmp_path, a__html="<html><body><nav></nav><script>var n = 83;</script></body></html>")
        / "a.html"
    )
    assert "no article text" in problem.what


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_delimiter_with_line_breaks_in_its_fields(tmp_path: Path, delimiter: str) -> None:
    rows = [["article_id", "text", "published", "desk"], ["x", '"83, then; 84\n85"', "2025/10/22", "north"]]
    content = "\ufeff" + "".join(delimiter.join(row) + "\r\n" for row in rows)
    reading = read_sources(write(tmp_path, a__csv=content))
    row = reading.articles.row(0, named=True)
    assert (row["article_id"], row["text"], row["published"]) == ("x", "83, then; 84\n85", date(2025, 10, 22))
    assert reading.metadata == {"x": {"desk": "north"}}


def test_a_long_field_is_read(tmp_path: Path) -> None:
    assert (
        read_articles(write(tmp_path, a__csv="article_id,text\nx," + "83 people " * 40_000))["text"]
        .str.len_chars()
        .item()
    )


def test_parquet_with_typed_dates(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"article_id": [7, 8], "text": ["83 people.", "84 people."], "published": [date(2020, 1, 2), None]}
    )
    frame.write_parquet(tmp_path / "a.parquet")
    articles = read_articles(tmp_path / "a.parquet")
    assert articles["article_id"].to_list() == ["7", "8"]
    assert articles["published"].to_list() == [date(2020, 1, 2), None]
    assert articles["published_basis"].to_list() == ["stated", "unknown"]


def test_a_folder_is_read_recursively_in_one_order(tmp_path: Path) -> None:
    inner = tmp_path / "ملفات الأخبار" / "year 2025"
    inner.mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    write(inner, second__md="Two.", picture__jpg=b"\xff\xd8")
    write(tmp_path, first__txt="One.", _DS_Store="x")
    write(tmp_path / ".hidden", third__txt="Three.")
    (tmp_path / ".fourth.txt").write_text("Four.")
    reading = read_sources(tmp_path)
    assert reading.articles["article_id"].to_list() == ["first", "second"]
    assert reading.articles["path"].to_list() == [str(tmp_path / "first.txt"), str(inner / "second.md")]
    assert reading.problems == ()


def test_ids_are_unique_and_deterministic(tmp_path: Path) -> None:
    for folder in "abc":
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, x__txt=f"In {folder}.")
    write(
        tmp_path / "c",
        z__jsonl='{"article_id": "x-2", "text": "own"}\n{"article_id": "x-2", "text": "again"}',
    )
    reading = read_sources(tmp_path)
    assert reading.articles["article_id"].to_list() == ["x", "x-3", "x-4", "x-2", "x-2-2"]
    assert len(reading.notes) == 3
    assert "'x' is taken" in str(reading.notes[0])
    assert reading.articles.equals(read_sources(tmp_path).articles)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def give(raw: bytes) -> pl.DataFrame:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        return read_articles("-")

    assert give(ARABIC.encode()).select("article_id", "path", "text", "language").row(0) == (
        "stdin",
        "-",
        ARABIC,
        "ar",
    )
    lines = b'\n{"article_id": "a", "text": "One."}\n{"article_id": "b", "text": "Two."}\n'
    assert give(lines)["article_id"].to_list() == ["a", "b"]
    assert give(b"{not json} but 83 people")["text"].item() == "{not json} but 83 people"
    assert give((INPUTS / "page_en.html").read_bytes())["outlet"].item() == "The Example Courier"
    with pytest.raises(InputError, match=r"^-: field 'text' is empty"):
        give(b" \n")


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("2025-10-22", "2025-10-22", "2025-10-22"),
        ("20251022", "2025-10-22", "2025-10-22"),
        ("2025/1/2", "2025-01-02", "2025-01-02"),
        ("2025-10-22 23:59", "2025-10-22", "2025-10-22"),
        ("2025-10-22T23:59:59.5+03:00", "2025-10-22", "2025-10-22"),
        ("Wed, 22 Oct 2025 08:00:00 GMT", "2025-10-22", "2025-10-22"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        (2025, "2025-01-01", "2025-12-31"),
        (datetime(2025, 10, 22, 8), "2025-10-22", "2025-10-22"),
    ],
)
def test_published(value: object, low: str, high: str) -> None:
    published = read_published("a.md", value)
    assert (str(published.low), str(published.high), published.basis) == (low, high, "stated")
    assert published.day == (published.low if low == high else None)


# Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ARABIC, "ar"),
        ("توقيف 29 شخصا", "ar"),
        (FRENCH, "fr"),
        ("Le gouvernement a débloqué 5 millions d'euros pour les sinistrés de la région.", "fr"),
        ("The ministry said that 83 people were arrested in Yaoundé.", "en"),
        ("INTERPOL: «83 arrests» (Opération Catalyst), the police in Luanda said.", "en"),
        ("پلیس ۸۳ نفر را در شش کشور گرفت و گفت که تحقیقات ادامه دارد", None),
        ("Die Polizei nahm in Köln 83 Männer fest, fünf über 60.", None),
        ("El año pasado la policía de España detuvo a 83 personas en un año.", None),
        ("Полиция задержала 83 человека.", None),
        ("警方逮捕83人", None),
        ("83", None),
        ("", None),
    ],
)
def test_language_is_detected_or_left_unknown(text: str, language: str | None) -> None:
    assert detect_language(text) == language


def test_stated_language_outranks_the_detected(tmp_path: Path) -> None:
    write(tmp_path, a__md="---\nlanguage: de\n---\nThe police said that 83 were arrested.")
    assert read_articles(tmp_path)["language"].item() == "de"


def test_languages_share_no_own_word() -> None:
    profiles = load_profiles().languages
    for i, one in enumerate(profiles):
        for other in profiles[i + 1 :]:
            assert not one.own & (other.own | other.common), (one.code, other.code)
            assert not one.common & other.own, (one.code, other.code)


# What is wrong with the input


def test_missing_path(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_articles(tmp_path / "nowhere")
    assert str(caught.value) == f"{tmp_path / 'nowhere'}: there is no such file or folder; check the path."


def test_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the folder is empty; give \.txt, \.md"):
        read_articles(tmp_path)


def test_folder_of_other_files(tmp_path: Path) -> None:
    write(tmp_path, a__xlsx=b"PK", b__odt=b"PK")
    with pytest.raises(InputError, match=r"holds no article \(extensions found: .odt, .xlsx\)"):
        read_articles(tmp_path)


@pytest.mark.parametrize("name", ["a.xlsx", "README"])
def test_single_file_of_another_format(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("83 people")
    with pytest.raises(InputError, match=r"are not read; give \.txt"):
        read_articles(tmp_path / name)


@pytest.mark.parametrize(
    "raw", [PNG, bytes(range(256)) * 4, b"%PDF-1.7\n1 0 obj", b"\x1f\x8b\x08\0" + bytes(range(128, 256))]
)
def test_binary_files_are_no_text(tmp_path: Path, raw: bytes) -> None:
    assert decode(raw) is None
    path = write(tmp_path, photo__txt=raw) / "photo.txt"
    assert "field 'text' is binary data" in only_problem(path).what
    with pytest.raises(InputError, match="binary data"):
        read_articles(path)


def test_a_stray_control_character_is_still_text() -> None:
    text = "Police arrested 83 people.\x02 " * 10 + ARABIC * 10
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.csv"])
@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_empty_files(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert "field 'text' is empty" in only_problem(tmp_path / name).what


def test_front_matter_and_no_text(tmp_path: Path) -> None:
    path = write(tmp_path, a__md="---\noutlet: X\n---\n\n") / "a.md"
    assert only_problem(path).what == "field 'text' is empty"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"article_id": "b"}', "field 'text' is missing"),
        ('{"article_id": "b", "text": null}', "field 'text' is missing"),
        ('{"article_id": "b", "text": "  "}', "field 'text' is empty"),
        ('{"article_id": "b", "text": 83}', "field 'text' is a int"),
        ('{"article_id": "", "text": "83 people"}', "field 'article_id' is missing or empty"),
        ('{"article_id": "b", "text": "83', "the line is no JSON"),
        ('["b", "83 people"]', "the line is no JSON object"),
        ('{"article_id": "b", "text": "83", "n": ' + "9" * 5000 + "}", "the line is no JSON"),
        ("[" * 100_000, "the line is no JSON"),
    ],
)
def test_bad_jsonl_lines_are_named_and_the_others_read(tmp_path: Path, line: str, what: str) -> None:
    content = f'{{"article_id": "a", "text": "One."}}\n\n{line}\n{{"article_id": "c", "text": "Three."}}\n'
    path = write(tmp_path, a__jsonl=content) / "a.jsonl"
    problem = only_problem(path)
    assert problem.where == f"{path}:3"
    assert problem.what.startswith(what)
    with pytest.warns(ProblemWarning, match=":3: "):
        assert read_articles(path)["article_id"].to_list() == ["a", "c"]


def test_half_characters_in_json_do_not_shift_offsets(tmp_path: Path) -> None:
    path = write(tmp_path, a__jsonl=r'{"article_id": "a", "text": "x\ud83d 83 people"}') / "a.jsonl"
    assert read_articles(path)["text"].item() == "x\ufffd 83 people"


def test_csv_without_the_text_column(tmp_path: Path) -> None:
    problem = only_problem(write(tmp_path, a__csv="article_id,body\na,83 people\n") / "a.csv")
    assert str(problem).endswith(
        "a.csv: column 'text' is missing (found: article_id, body); name the column that holds it 'text'."
    )


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        ("b,\n", 4, "field 'text' is empty"),
        ("b\n", 4, "field 'text' is missing"),
        ("b,83,84,85\n", 4, "the row has more fields"),
        ('b,"83 people\n', 4, "the row is no CSV"),
    ],
)
def test_bad_csv_rows(tmp_path: Path, rows: str, line: int, what: str) -> None:
    path = write(tmp_path, a__csv='article_id,text\na,"One\nline."\n' + rows) / "a.csv"
    problem = only_problem(path)
    assert (problem.where, problem.what[: len(what)]) == (f"{path}:{line}", what)
    with pytest.warns(ProblemWarning):
        assert read_articles(path)["article_id"].to_list() == ["a"]


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_tables_without_rows(tmp_path: Path, name: str) -> None:
    frame = pl.DataFrame(schema={"article_id": pl.String, "text": pl.String})
    frame.write_csv(tmp_path / name) if name.endswith("csv") else frame.write_parquet(tmp_path / name)
    assert only_problem(tmp_path / name).what == "the file holds no article"


def test_unreadable_parquet(tmp_path: Path) -> None:
    assert only_problem(write(tmp_path, a__parquet=PNG) / "a.parquet").what == "the file is no Parquet"


def test_parquet_without_the_text_column(tmp_path: Path) -> None:
    pl.DataFrame({"article_id": ["a"]}).write_parquet(tmp_path / "a.parquet")
    assert "column 'text' is missing" in only_problem(tmp_path / "a.parquet").what


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("---\noutlet: X\ntitle: one: two\n---\nText.\n", 3, "the front matter is no YAML"),
        ("---\noutlet: [X\n---\nText.\n", 3, "the front matter is no YAML"),
        ("---\noutlet: X\npublished: 2025-10-22\n\nText, 83.\n", 1, "the front matter is not closed"),
    ],
)
def test_bad_front_matter(tmp_path: Path, content: str, line: int, what: str) -> None:
    path = write(tmp_path, a__md=content) / "a.md"
    problem = only_problem(path)
    assert (problem.where, problem.what[: len(what)]) == (f"{path}:{line}", what)


@pytest.mark.parametrize("value", ["22 octobre", "2025-13-45", "soon", "[2025]", "2025-02-30"])
def test_bad_published_date_is_named_and_the_article_kept(tmp_path: Path, value: str) -> None:
    path = write(tmp_path, a__md=f"---\npublished: {value}\n---\nThe 83.\n") / "a.md"
    assert only_problem(path).what.startswith("published ")
    with pytest.warns(ProblemWarning, match="write it as 2025-10-22"):
        row = read_articles(path).row(0, named=True)
    assert (row["published"], row["published_basis"], row["text"]) == (None, "unknown", "The 83.\n")


def test_bad_language_and_outlet_are_named_and_the_article_kept(tmp_path: Path) -> None:
    path = (
        write(tmp_path, a__md="---\nlanguage: mostly Arabic\noutlet: {a: 1}\n---\nThe police and the 83.\n")
        / "a.md"
    )
    reading = read_sources(path)
    assert [p.what.split()[0] for p in reading.problems] == ["field", "language"]
    assert reading.articles.select("language", "outlet").row(0) == ("en", None)


def test_a_mixed_folder_gives_the_good_and_names_the_bad(tmp_path: Path) -> None:
    tables: dict[str, str | bytes] = {"rows__jsonl": '{"article_id": "r"}\n', "sheet__xlsx": b"PK"}
    write(tmp_path, good__txt=ARABIC, photo__txt=PNG, notes__pdf=b"%PDF-", **tables)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        articles = read_articles(tmp_path)
    assert articles["article_id"].to_list() == ["good"]
    problems = [w for w in caught if w.category is ProblemWarning]
    assert [str(w.message).removeprefix(str(tmp_path))[1:].split(":")[0] for w in problems] == [
        "notes.pdf",
        "photo.txt",
        "rows.jsonl",
    ]
    assert [str(w.message) for w in caught if w.category is NoteWarning] == [
        f"{tmp_path}: one file with the extension .xlsx left aside; {_LIST_OF_FORMATS}."
    ]


def test_nothing_readable_raises_the_first_and_warns_of_the_others(tmp_path: Path) -> None:
    write(tmp_path, a__txt=PNG, b__txt=b"")
    with pytest.warns(ProblemWarning, match=r"b\.txt"), pytest.raises(InputError, match=r"a\.txt"):
        read_articles(tmp_path)


def test_an_unreadable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path, a__txt="83") / "a.txt"
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert only_problem(path).what == "the file cannot be opened (Permission denied)"


# The house


def test_reading_text_imports_nothing_heavy(tmp_path: Path) -> None:
    write(tmp_path, a__txt=ARABIC)
    code = (
        "import sys; from reconcile.articles import read_articles; read_articles(sys.argv[1]);"
        "print([m for m in ('trafilatura', 'charset_normalizer', 'pandas', 'altair') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]", run.stdout


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_published_articles_are_read_as_they_are() -> None:
    articles = read_articles(SHARED / "articles")
    assert articles.height == 5
    assert set(articles["language"]) == {"ar"}
    for path, text in articles.select("path", "text").iter_rows():
        assert Path(path).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "text",
    [
        "After more than 90,000 years, following June 2020, talks began.",
        "بعد أكثر من 9000 عام على هجوم يونيو 2020 بدأت المحادثات.",
    ],
)
def test_years_past_the_calendar_bound_no_publication_date(tmp_path: Path, text: str) -> None:
    article = read_articles(write(tmp_path, a__txt=text)).row(0, named=True)
    assert (article["published"], article["published_basis"]) == (None, "unknown")
