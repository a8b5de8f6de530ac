"""The one typeface of charts and report: it holds Arabic and Latin, so nothing depends on the machine's fonts.

`register` gives it to vl-convert for PNG and PDF; `font_faces` embeds it in HTML and SVG.
"""

from __future__ import annotations

import base64
from functools import cache

import fontpkg_ibm_plex_sans_arabic as package
import vl_convert

FAMILY: str = package.FAMILY
FOLDER = package.ROOT / "files"
REGULAR, STRONG = 400, 600
FILES = {REGULAR: "IBMPlexSansArabic-Regular.ttf", STRONG: "IBMPlexSansArabic-SemiBold.ttf"}


@cache
def register() -> None:
    """Make the family known to vl-convert; once a process."""
    vl_convert.register_font_directory(str(FOLDER))


@cache
def font_faces() -> str:
    """CSS that carries both weights as base64: about 640 kB, no file and no network needed.

    >>> font_faces().count("@font-face"), "http" in font_faces()[:200]
    (2, False)
    """
    return "\n".join(_font_face(weight) for weight in FILES)


def _font_face(weight: int) -> str:
    font = base64.b64encode((FOLDER / FILES[weight]).read_bytes()).decode("ascii")
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};font-style:normal;"
        f"src:url(data:font/ttf;base64,{font}) format('truetype')}}"
    )
