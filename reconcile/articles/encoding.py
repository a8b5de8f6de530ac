"""Bytes to text: UTF-8 first, then what the file declares, then what its bytes look like."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from reconcile.articles.legacy import legacy_encoding

# Encodings of two bytes a letter, which the detector tells apart where no mark of order says it.
WIDE = ("utf_16", "utf_16_le", "utf_16_be")
MOST_BROKEN = 0.005  # of the bytes; a text in UTF-8 with no more of them broken is one, with what is broken marked
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
UTF8 = "utf-8"
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
CONTROL_SHARE = 0.01  # stray control characters survive in many a content system; more of them is no text
NO_TEXT = (b"%PDF-", b"{\\rtf")  # formats that look like text and hold none that could be read as it stands
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED_WITHIN = 4096


@dataclass(frozen=True)
class Decoded:
    """A text and the encoding it was in, and where bytes were broken that are marked in it now."""

    text: str
    encoding: str
    broken: tuple[int, ...] = ()

    @property
    def converted(self) -> bool:
        """Whether it was something other than UTF-8, so that the reader should be told."""
        return self.encoding != UTF8


def decode(raw: bytes) -> Decoded | None:
    """The text of these bytes without its BOM, or null where they are no text.

    >>> decode("83 شخصًا".encode("utf-8-sig")).text
    '83 شخصًا'
    >>> decode(bytes(range(256))) is None
    True
    """
    if raw.startswith(NO_TEXT):
        return None
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return _attempt(raw, encoding)
    return _attempt(raw, UTF8) or _declared(raw) or _mostly_utf8(raw) or _detected(raw)


def _mostly_utf8(raw: bytes) -> Decoded | None:
    """UTF-8 of which a few bytes are broken: these become the sign for what cannot be read, the rest stays."""
    broken: list[int] = []
    at = 0
    while at < len(raw) and len(broken) <= MOST_BROKEN * len(raw) + 1:
        try:
            raw[at:].decode(UTF8)
            break
        except UnicodeDecodeError as error:
            broken.append(at + error.start)
            at += error.end
    text = raw.decode(UTF8, "replace")
    letters = sum(not c.isascii() for c in text) - len(broken)
    few = len(broken) <= max(1, MOST_BROKEN * len(raw)) and letters > 3 * len(broken)
    return Decoded(text, UTF8, tuple(broken)) if few and "\0" not in text else None


def _attempt(raw: bytes, encoding: str) -> Decoded | None:
    try:
        text = raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    if "\0" in text or len(_CONTROL.findall(text)) > CONTROL_SHARE * len(text):
        return None
    name = codecs.lookup(encoding).name
    return Decoded(text, UTF8 if name == "utf-8-sig" else name)


def _declared(raw: bytes) -> Decoded | None:
    """By the charset that an HTML page declares about itself."""
    match = _DECLARED.search(raw[:_DECLARED_WITHIN])
    return _attempt(raw, match[1].decode("ascii", "replace")) if match is not None else None


def _detected(raw: bytes) -> Decoded | None:
    if b"\0" in raw:
        from charset_normalizer import from_bytes

        attempts = (_attempt(raw, match.encoding) for match in from_bytes(raw, cp_isolation=list(WIDE)))
        return next(filter(None, attempts), None)
    encoding = legacy_encoding(raw)
    return _attempt(raw, encoding) if encoding is not None else None
