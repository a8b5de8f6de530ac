"""Articles in PDF and Word files, read through the libraries of the `documents` extra; page numbers are kept."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from reconcile.articles.documents import one_article
from reconcile.articles.record import Source
from reconcile.errors import InputError

EXTRA = "install the extra that reads it: pip install 'reconcile[documents]'"
BETWEEN = "\n\n"  # pages, and paragraphs


def read_pdf(path: str) -> Source:
    """The article of a PDF: the text of its pages in order. `page_starts` of its metadata has the offset of each.

    Raises InputError where the library is not installed, the file is damaged or locked, or its pages are pictures.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise InputError(path, "PDF files are read only with an extra", EXTRA) from error
    try:
        reader = PdfReader(path)
        pages = [(page.extract_text() or "").strip() for page in reader.pages]
        stated = reader.metadata
    except (PyPdfError, OSError, ValueError) as error:
        raise InputError(path, f"the file is no PDF that can be read ({error})", "save it again") from error
    if not any(pages):
        raise InputError(path, "its pages hold pictures and no text", "have its text recognised first")
    fields: dict[str, Any] = {"title": stated.title if stated is not None else None}
    fields["page_starts"] = [0, *accumulate(len(page) + len(BETWEEN) for page in pages[:-1])]
    return one_article(path, BETWEEN.join(pages), {name: v for name, v in fields.items() if v is not None})


def read_docx(path: str) -> Source:
    """The article of a Word file: its paragraphs and the cells of its tables, in order.

    Raises InputError where the library is not installed or the file is damaged.
    """
    try:
        from docx import Document
        from docx.table import Table
    except ImportError as error:
        raise InputError(path, "Word files are read only with an extra", EXTRA) from error
    try:
        document = Document(path)
        parts = [
            "\n".join("\t".join(cell.text for cell in row.cells) for row in block.rows)
            if isinstance(block, Table)
            else block.text
            for block in document.iter_inner_content()
        ]
    except Exception as error:
        raise InputError(path, "the file is no Word document that can be read", "save it again") from error
    title = document.core_properties.title
    return one_article(path, BETWEEN.join(part for part in parts if part.strip()), {"title": title} if title else {})
