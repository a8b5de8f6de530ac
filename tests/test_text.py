"""Tokens: a text taken apart run by run, which is fast, gives what the pattern gives over the whole of it."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import example, given
from hypothesis import strategies as st

from reconcile.text import Passage, passage
from reconcile.text.passage import OPAQUE

# What meets at blanks and marks: numbers in groups, elisions, dates, addresses, marks that cannot be seen.
PARTS = """
    15 000 1.5 d' l' qu' word com www. v2.0.1 1.2.3 12/05/2021 12.05.2021 15:30 ٬ ٫ ، . , - – ـ @name #tag +33 612345678
    http://a.org/b x@y.org مليون ٣ شخصًا é œ 𝟎 % $ ' ’ « _ /
""".split()  # noqa: SIM905
SPACES = [
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\r\n",
    "\u00a0",
    "\u202f",
    "\u2028",
    "\u200f",
    "\u200e",
    "\u200d",
    "",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PARTS), st.sampled_from(SPACES)), max_size=25).map("".join)


def whole(text: str) -> list[tuple[int, int, str, str]]:
    """Start, end, kind and key of every token, by the pattern over the whole text."""
    pieces = passage._PIECES.findall(text)
    ends = accumulate(map(len, pieces))
    read = [(end - len(piece), end, passage._TABLE[piece]) for piece, end in zip(pieces, ends, strict=True)]
    return [(start, end, *found) for start, end, found in read if found is not None]


@given(TEXTS)
@example("15 000 d'\n")
@example("\n15\n000 \t 000")
@example(" d' l'")
@example("1\u200f000 tonnes")
def test_runs_give_what_the_whole_gives(text: str) -> None:
    p = Passage(text)
    if OPAQUE in p.kinds:
        return  # one token for all that an address or a telephone number spans
    shifted = len(p.clean) != len(text)
    expected = whole(p.clean)
    assert [p.kinds, p.keys] == ["".join(kind for *_, kind, _ in expected), [key for *_, key in expected]]
    if not shifted:
        assert [p.starts, p.ends] == [[start for start, *_ in expected], [end for _, end, *_ in expected]]


@given(TEXTS)
def test_tokens_stand_in_order_and_apart(text: str) -> None:
    p = Passage(text)
    bounds = [offset for span in zip(p.starts, p.ends, strict=True) for offset in span]
    assert bounds == sorted(bounds) and all(start < end for start, end in zip(p.starts, p.ends, strict=True))
    assert not bounds or bounds[0] >= 0 and bounds[-1] <= len(text)
