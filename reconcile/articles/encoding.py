"""Bytes to text: UTF-8 first, then what the file declares, then what its bytes look like."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

# Encodings in which Arabic, English and French are written; the detector chooses among these, because among
# all that exist it takes a short French text for Baltic and a short Arabic one for Chinese.
CANDIDATES = (
    "utf_16",
    "utf_16_le",
    "utf_16_be",
    "cp1256",
    "iso8859_6",
    "cp1252",
    "mac_roman",
    "cp850",
    "cp720",
)
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
    """A text and the encoding it was in."""

    text: str
    encoding: str

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
    return _attempt(raw, UTF8) or _declared(raw) or _detected(raw)


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
    from charset_normalizer import from_bytes

    for match in from_bytes(raw, cp_isolation=list(CANDIDATES)):
        decoded = _attempt(raw, match.encoding)
        if decoded is not None:
            return decoded
    return None
