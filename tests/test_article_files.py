"""Files as newsrooms and their systems leave them: old encodings, broken bytes, Arabic as drawn, tables, PDF, Word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from reconcile.articles import NoteWarning, ProblemWarning, read_articles, read_sources
from reconcile.articles.encoding import decode
from reconcile.articles.record import read_published
from reconcile.errors import InputError

QUOTED = "It\u2019s £246 million \u2013 \u201c83 arrests\u201d, police said\u2026 the café\u2019s owner paid £5."
FRENCH = "Le séisme a été fort : 83 blessés, où l'on évacue ; l'élève a payé 5 \N{EURO SIGN} et l'œuvre 3."
ARABIC = "قالت الشرطة في المدينة إن 83 شخصا نقلوا من السوق إلى المستشفى على متن 12 سيارة، وإن 4 منهم غادروا."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (QUOTED, "cp1252"),
        (QUOTED, "mac_roman"),
        (FRENCH, "iso8859-15"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("œ", "oe").replace("\N{EURO SIGN}", "$"), "cp850"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859-6"),
    ],
)
def test_old_encodings_are_told_apart_by_what_their_text_would_look_like(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded.text == text


def test_a_few_broken_bytes_cost_no_more_than_themselves(tmp_path: Path) -> None:
    raw = (FRENCH * 20).encode()
    broken = raw[:100] + b"\xff" + raw[100:900] + b"\x92" + raw[900:]
    (tmp_path / "a.txt").write_bytes(broken)
    reading = read_sources(tmp_path)
    (problem,) = reading.problems
    assert "2 bytes are no UTF-8 (at offset 100, 901)" in problem.what
    assert reading.articles["text"].item().replace("\ufffd", "") == FRENCH * 20


def drawn(text: str) -> str:
    """A line as some PDFs store it: from its last character to its first, numbers as they are read."""
    words = [word if word.isdecimal() else word[::-1] for word in text.split(" ")]
    return " ".join(reversed(words))


@pytest.mark.parametrize("text", [drawn(ARABIC.replace("،", "").rstrip("."))])
def test_arabic_in_visual_order_is_put_in_its_order_of_reading(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with pytest.warns(NoteWarning, match="order of reading"):
        articles = read_articles(tmp_path / "a.txt")
    assert articles["text"].item() == ARABIC.replace("،", "").rstrip(".")


def test_arabic_in_its_reading_order_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARABIC, encoding="utf-8")
    reading = read_sources(tmp_path / "a.txt")
    assert (reading.articles["text"].item(), reading.notes) == (ARABIC, ())


def test_forms_in_which_letters_are_drawn_become_plain(tmp_path: Path) -> None:
    forms = "\ufed7\ufe98\ufede 83 \ufe9f\ufee8\ufeaa\ufef3\ufe8e"
    (tmp_path / "a.txt").write_text(forms, encoding="utf-8")
    with pytest.warns(NoteWarning, match="plain ones"):
        assert read_articles(tmp_path / "a.txt")["text"].item() == "قتل 83 جنديا"


def test_columns_in_any_case_and_rows_without_ids(tmp_path: Path) -> None:
    (tmp_path / "wire.csv").write_text("Outlet,TEXT,Published\nX,83 people,2024-03-05\nY,84 people,\n", "utf-8")
    articles = read_articles(tmp_path / "wire.csv")
    assert articles["article_id"].to_list() == ["wire-1", "wire-2"]
    assert articles["outlet"].to_list() == ["X", "Y"]
    assert articles["published"].to_list() == [date(2024, 3, 5), None]


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    pl.DataFrame({"text": ["a"], "Text": ["b"]}).write_parquet(tmp_path / "a.parquet")
    with pytest.raises(InputError, match="two columns are named 'text'"):
        read_articles(tmp_path / "a.parquet")


def test_a_web_address_is_no_path() -> None:
    with pytest.raises(InputError, match="nothing is fetched"):
        read_articles("https://example.org/story.html")


def test_files_that_are_left_aside_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("83 people were held.", encoding="utf-8")
    (tmp_path / "b.xlsx").write_bytes(b"PK")
    with pytest.warns(NoteWarning, match=r"one file with the extension \.xlsx left aside"):
        assert read_articles(tmp_path).height == 1


def test_a_language_without_rules_is_told_once(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.md").write_text("---\nlanguage: de\n---\n83 Menschen.\n", encoding="utf-8")
    with pytest.warns(NoteWarning, match="no rules are written for the language 'de'") as told:
        read_articles(tmp_path)
    assert len(told) == 1


def test_a_publication_date_of_the_hijri_calendar() -> None:
    assert read_published("a.html", "1445-08-24").day == date(2024, 3, 5)


def pdf_of(pages: list[str]) -> bytes:
    """A PDF with one line of ASCII text a page, as small as one can be."""
    bodies = [f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode() for text in pages]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for n, body in enumerate(bodies):
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 200] {fonts} /Contents {5 + 2 * n} 0 R >>"
        objects += [page.encode(), b"<< /Length %d >>\nstream\n%b\nendstream" % (len(body), body)]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def test_a_pdf_keeps_where_its_pages_begin(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf_of(["Police held 83 people.", "They seized 12 cars."]))
    reading = read_sources(tmp_path / "report.pdf")
    text = reading.articles["text"].item()
    assert text == "Police held 83 people.\n\nThey seized 12 cars."
    starts = reading.metadata["report"]["page_starts"]
    assert starts == [0, text.index("They")]


def test_a_pdf_of_pictures_and_a_damaged_one_are_told(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(pdf_of([""]))
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.4 torn")
    told = {Path(p.where).name: p.what for p in read_sources(tmp_path).problems}
    assert told["scan.pdf"] == "its pages hold pictures and no text"
    assert told["torn.pdf"].startswith("the file is no PDF")


def test_a_word_file(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Police held 83 people.")
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Homs", "12"
    document.add_paragraph("They seized 12 cars.")
    document.save(str(tmp_path / "note.docx"))
    text = read_articles(tmp_path / "note.docx")["text"].item()
    assert text == "Police held 83 people.\n\nHoms\t12\n\nThey seized 12 cars."


def test_without_the_extra_the_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    (tmp_path / "a.txt").write_text("83 people were held.", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(pdf_of(["84 people."]))
    with pytest.warns(ProblemWarning, match=r"reconcile\[documents\]"):
        assert read_articles(tmp_path).height == 1
