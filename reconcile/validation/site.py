"""The Data Docs as one folder that needs no network: nothing of it is fetched, and Arabic reads from its own side.

Great Expectations' pages ask eight servers for styles, fonts and scripts. Every such link is taken out; a style sheet
and a short script of our own, lying in the context's plugins, do what the pages still need: the list of runs on
the first page is a table that is filled by a script.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

# No pattern reads over the beginning of another tag, or many unclosed ones would each be read to the page's end.
_REMOTE_LINK = re.compile(r"<link\b[^<>]*\bhref=\"https?://[^<>]*>", re.IGNORECASE)
_REMOTE_SCRIPT = re.compile(r"<script\b[^<>]*\bsrc=\"https?://[^<>]*>\s*</script>", re.IGNORECASE)
_REMOTE_IMAGE = re.compile(r"<img\b[^<>]*\bsrc=\"https?://[^<>]*>", re.IGNORECASE)
_FOOTER, _FOOTER_END = "<footer>", "</footer>"
_REMOTE_STYLE = re.compile(r"url\((['\"]?)https?://[^()\s]*\)", re.IGNORECASE)
_BLOCK = re.compile(r"<(td|th|p|li|h[1-6]|span|dd)\b(?![^<>]*\bdir=)", re.IGNORECASE)
_HTML = re.compile(r"<html>", re.IGNORECASE)
_HEAD = re.compile(r"<head>", re.IGNORECASE)
_HEAD_END = re.compile(r"</head>", re.IGNORECASE)
# A quoted string inside a list of values, in a page's text; and a letter that is read from right to left.
_QUOTED = re.compile(r"(?<=&#39;)[^<>&]+(?=&#39;)|(?<=')[^'<>]+(?=')")
_RTL = re.compile(r"[\u0590-\u08ff]")
# Nothing is asked of any other place; the pages' own styles, scripts and pictures lie in them or beside them.
_OURS = "'self' file: data:"
POLICY = (
    f"default-src 'none'; style-src 'unsafe-inline' {_OURS}; script-src 'unsafe-inline' {_OURS}; "
    f"img-src {_OURS}; font-src {_OURS}"
)
_ASSETS = Path(__file__).with_name("site_assets")


def disarm(results: Path) -> None:
    """Write the values in the stored results as text for a page: an article's words must not become its markup.

    Great Expectations puts values into its pages as they are.
    """
    for path in sorted(results.rglob("*.json")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        for one in stored["results"]:
            one["result"] = _escaped(one["result"])
        path.write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")


def _escaped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _escaped(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_escaped(one) for one in value]
    return escape(value, quote=False) if isinstance(value, str) else value


def make_self_contained(directory: Path) -> None:
    """Take the links to other servers out of every page below the folder and let each text find its direction."""
    style = (_ASSETS / "data_docs.css").read_text(encoding="utf-8")
    script = (_ASSETS / "data_docs.js").read_text(encoding="utf-8")
    for path in sorted(directory.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        path.write_text(without_remote(page, style, script), encoding="utf-8")
    for path in sorted(directory.rglob("*.css")):
        path.write_text(_REMOTE_STYLE.sub("none", path.read_text(encoding="utf-8")), encoding="utf-8")


def without_remote(page: str, style: str, script: str) -> str:
    """One page without remote styles, scripts and images, with ours in their place.

    >>> page = '<html><head><script src="https://a.example/x.js"></script></head><td>a</td></html>'
    >>> made = without_remote(page, "b{}", "f()")
    >>> made[made.index("<style>"):]
    '<style>b{}</style><script>f()</script></head><td dir="auto">a</td></html>'
    """
    for remote in (_REMOTE_LINK, _REMOTE_SCRIPT, _REMOTE_IMAGE):
        page = remote.sub("", page)
    page = _without_footers(page)
    page = _REMOTE_STYLE.sub("none", page)
    page = _HTML.sub('<html lang="en">', page)
    ours = f"<style>{style}</style><script>{script}</script>"
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    page = _HEAD.sub(lambda head: head.group() + policy, page, count=1)
    page = _HEAD_END.sub(lambda end: ours + end.group(), page, count=1)
    head, mark, body = page.partition("</head>")
    body = _QUOTED.sub(_isolated, body)
    return head + mark + _BLOCK.sub(r'<\1 dir="auto"', body)


def _without_footers(page: str) -> str:
    """The page without its footers, which ask for an address to send news to."""
    kept, *footers = page.split(_FOOTER)
    for footer in footers:
        _, ended, after = footer.partition(_FOOTER_END)
        kept += after if ended else _FOOTER + footer
    return kept


def _isolated(quoted: re.Match[str]) -> str:
    words = quoted.group()
    return f"<bdi>{words}</bdi>" if _RTL.search(words) else words
