"""Files that are one article each: plain text and Markdown with optional front matter, and web pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

import yaml

from reconcile.articles.encoding import Decoded
from reconcile.articles.language import detect_language
from reconcile.articles.record import FIELDS, Source, make_record
from reconcile.errors import InputError

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_UNCLOSED = re.compile(rf"---[ \t]*\n(?:{'|'.join(FIELDS)})[ \t]*:")
LONGEST_FRONT_MATTER = 100_000  # characters
_HTML_TAG = re.compile(r"<html\s[^>]{0,5000}", re.IGNORECASE)
_LANGUAGE = re.compile(r"""\slang\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
# Pages beyond these cost the libraries that read them time by the square of their length, and are no article.
LONGEST_PAGE = 20_000_000  # characters
MOST_ATTRIBUTES = 1000  # of one tag
_TAG_BODY = re.compile(r"<[A-Za-z][^<>]*")
_ATTRIBUTE = re.compile(r"(?<![\s/])[\s/]+[^\s/=<>\"']+(?=\s*=)")


class _FrontMatterLoader(yaml.SafeLoader):
    """YAML whose values stay text: a date that is impossible is ours to report, an hour (12:30) is no number to the
    base of sixty, and the outlet "No" is no denial. Only `true`, `false` and what stands for nothing are read.

    References (`*name`) are refused: ten lines of them stand for more than any memory holds.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; an error where it is a reference to another."""
        if self.check_event(yaml.AliasEvent):
            problem, mark = "a reference is no value", self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
        return super().compose_node(parent, index)


_NULL, _BOOL = "tag:yaml.org,2002:null", "tag:yaml.org,2002:bool"
_FrontMatterLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == _NULL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_FrontMatterLoader.add_implicit_resolver(_BOOL, re.compile("true|false", re.IGNORECASE), list("tTfF"))


def with_unix_newlines(text: str) -> str:
    r"""The text with every line ending as `\n`, as Python reads text files.

    The ids of a file's claims must not depend on the system that checked it out.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_front_matter(where: str, content: str) -> tuple[dict[str, object], str]:
    r"""The fields of the YAML block that opens a file, and the body after it; no block, no fields.

    >>> split_front_matter("a.md", "---\noutlet: Example\n---\n\nBody.\n")
    ({'outlet': 'Example'}, 'Body.\n')
    >>> split_front_matter("a.md", "--- a rule, no front matter")
    ({}, '--- a rule, no front matter')
    """
    match = _FRONT_MATTER.match(content)
    if match is None:
        if _UNCLOSED.match(content) is not None:
            raise InputError(
                f"{where}:1", "the front matter is not closed", "end it with a line of three hyphens"
            )
        return {}, content
    if len(match[1] or "") > LONGEST_FRONT_MATTER:
        what = f"the front matter is longer than {LONGEST_FRONT_MATTER:,} characters"
        raise InputError(f"{where}:1", what, "keep the article's text below it")
    try:
        fields = yaml.load(match[1] or "", Loader=_FrontMatterLoader)
    except yaml.MarkedYAMLError as error:
        line = 2 + (error.problem_mark.line if error.problem_mark is not None else 0)
        raise InputError(
            f"{where}:{line}",
            f"the front matter is no YAML ({error.problem})",
            "put values that hold a colon or a quotation mark between quotes",
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(
            f"{where}:1", "the front matter is no YAML", "write one 'field: value' a line"
        ) from error
    body = content[match.end() :].lstrip("\n")
    if fields is None:
        return {}, body
    if not isinstance(fields, Mapping):
        return {}, content
    return {str(name).strip().lower(): value for name, value in fields.items()}, body


def read_text(path: str, decoded: Decoded) -> Source:
    """The article of a `.txt` or `.md` file."""
    fields, text = split_front_matter(path, with_unix_newlines(decoded.text))
    return one_article(path, text, fields)


def read_html(path: str, decoded: Decoded) -> Source:
    """The article of a web page: its main text and what the page says about itself.

    Menus, share counters, advertisements and comments are dropped. The language of the text outranks the one
    that the page declares, because templates declare their own.
    """
    from trafilatura import bare_extraction

    _check_page(path, decoded.text)
    page = bare_extraction(
        decoded.text,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or isinstance(page, dict) or not page.text:
        what, mend = (
            "no article text is found in the page",
            "save the page of one article, not a list of them",
        )
        raise InputError(path, what, mend)
    opened = _HTML_TAG.search(decoded.text)
    declared = _LANGUAGE.search(opened.group()) if opened is not None else None
    fields = {
        "outlet": page.sitename,
        "url": page.url,
        "title": page.title,
        "published": page.date,
        "language": detect_language(page.text) or (declared[1] if declared is not None else None),
        "author": page.author,
    }
    return one_article(path, page.text, {name: value for name, value in fields.items() if value is not None})


def _check_page(path: str, page: str) -> None:
    """Refuse a page that no reader of pages gets through in good time."""
    mend = "save the text of the article and give that"
    if len(page) > LONGEST_PAGE:
        raise InputError(path, f"the page is longer than {LONGEST_PAGE:,} characters", mend)
    for tag in _TAG_BODY.finditer(page):
        if tag.end() - tag.start() > MOST_ATTRIBUTES and len(_ATTRIBUTE.findall(tag.group())) > MOST_ATTRIBUTES:
            raise InputError(path, f"a tag of the page has more than {MOST_ATTRIBUTES:,} attributes", mend)


def one_article(path: str, text: str, fields: Mapping[str, object]) -> Source:
    """The source of a file that is one article; InputError where it holds no text."""
    if not text.strip():
        raise InputError(path, "field 'text' is empty", "put the article's text in it, or remove the file")
    record, problems = make_record(path, path, _stem(path), text, fields)
    return Source((record,), tuple(problems))


def _stem(path: str) -> str:
    return "stdin" if path == "-" else PurePath(path).stem
