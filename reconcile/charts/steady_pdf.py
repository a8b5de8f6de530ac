"""A PDF with the same bytes for the same drawing: the library that draws it numbers and lists its parts in any order.

Objects are numbered anew in the order in which the page reaches them, lists of resources are sorted by name, and the
table of offsets is written again. Nothing that is drawn changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OBJECT = re.compile(rb"(?:(?<=\n)|\A)(\d+) 0 obj\n(.*?)\nendobj\n", re.DOTALL)
_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_RESOURCES = re.compile(rb"(?:(?<=\n)[ \t]*/\w+ \d+ 0 R\n){2,}")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_SIZE = re.compile(rb"/Size \d+")
_STREAM = b"\nstream\n"


def steady(pdf: bytes) -> bytes:
    """The same document with its parts in the order of its content; as it is where it is written in another way."""
    at = pdf.rfind(b"\nxref\n")
    trailer = pdf[at:].partition(b"trailer\n")[2]
    root = _ROOT.search(trailer)
    first = _OBJECT.search(pdf)
    if at < 0 or root is None or first is None:
        return pdf
    objects = {int(found[1]): _sorted_resources(found[2]) for found in _OBJECT.finditer(pdf, 0, at + 1)}
    numbers = {old: new for new, old in enumerate(_reached(int(root[1]), objects), start=1)}
    numbers.update((old, new) for new, old in enumerate(sorted(set(objects) - set(numbers)), start=len(numbers) + 1))
    out = bytearray(pdf[: first.start()])
    offsets = []
    for old, new in sorted(numbers.items(), key=lambda pair: pair[1]):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n\n" % (new, _renumbered(objects[old], numbers))
    start = len(out)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(offsets) + 1, rows)
    told = _SIZE.sub(b"/Size %d" % (len(offsets) + 1), trailer.partition(b"startxref")[0])
    out += b"trailer\n%bstartxref\n%d\n%%%%EOF" % (_renumbered(told, numbers), start)
    return bytes(out)


def _head(content: bytes) -> tuple[bytes, bytes]:
    """What an object says in words, and its stream, which is never touched."""
    head, mark, stream = content.partition(_STREAM)
    return head, mark + stream


def _sorted_resources(content: bytes) -> bytes:
    head, stream = _head(content + b"\n")
    return (_RESOURCES.sub(lambda rows: b"".join(sorted(rows.group().splitlines(keepends=True))), head) + stream)[:-1]


def _renumbered(content: bytes, numbers: dict[int, int]) -> bytes:
    head, stream = _head(content)
    return _REFERENCE.sub(lambda found: b"%d 0 R" % numbers.get(int(found[1]), int(found[1])), head) + stream


def _reached(root: int, objects: dict[int, bytes]) -> Iterator[int]:
    """The objects in the order in which they are reached from the root."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if number in seen or number not in objects:
            continue
        seen.add(number)
        yield number
        head, _ = _head(objects[number])
        waiting.extend(int(found[1]) for found in reversed(list(_REFERENCE.finditer(head))))
