"""What holds for every text: numbers survive the way into words and back, spans slice back, nothing makes it raise."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words

from reconcile import extract, read_articles, schema
from reconcile.figures.figure import Figure
from reconcile.figures.find import find_figures, read
from tests.spell_arabic import STYLES, Style, spell, spell_counted
from tests.test_corpus import cases

LANGUAGES = ("ar", "en")
EVERY_UP_TO = 2_000
STRIDE = 97
PUBLISHED = date(2024, 5, 10)
NEUTRAL = {
    "ar": ("اجتمع المجلس في قاعة البلدية القديمة.\n", "\nانتهى الاجتماع ولم يصدر بيان."),
    "en": ("The council met in the old town hall.\n", "\nThe council issued no statement."),
}
FEW_WORDS = (
    5  # a shorter line may be a dateline or a counter, and whether it is one depends on the page around it
)
BIDI_MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"


AND_ELEVEN = " وأحد عشر"  # folded, the conjunction looks like the first letter of another word for one


def spelled(numbers: Iterable[int], style: Style) -> dict[int, str]:
    words = {n: spell(n, style) for n in numbers}
    return {n: w for n, w in words.items() if AND_ELEVEN not in w}


def counted(numbers: Iterable[int], style: Style) -> dict[int, str]:
    """With a noun after it, where no one or two ends the number: there the noun itself says it."""
    noun = ("سفينة", "سفن", "سفينة") if style.feminine else ("عامل", "عمال", "عاملا")
    words = {n: spell_counted(n, style, *noun) for n in numbers if n > 0 and n % 100 not in (1, 2)}
    return {n: w for n, w in words.items() if AND_ELEVEN not in w}


def read_back(lines: Iterable[str], language: str) -> dict[str, list[Figure]]:
    """The figures of each line, all lines read as one text."""
    texts = list(lines)
    text = "\n".join(texts)
    out: dict[str, list[Figure]] = {line: [] for line in texts}
    begins, at = [], 0
    for line in texts:
        begins.append(at)
        at += len(line) + 1
    k = 0
    for figure in find_figures(read(text, language)):
        while k + 1 < len(begins) and begins[k + 1] <= figure.start:
            k += 1
        out[texts[k]].append(figure)
    return out


def wrong(spelled: dict[int, str], language: str) -> list[str]:
    """The numbers that do not come back as the one figure of their line."""
    found = read_back(spelled.values(), language)
    return [
        f"{n}: «{words}» gives {[f.value for f in found[words]]}"
        for n, words in spelled.items()
        if [f.value for f in found[words]] != [n]
    ]


def to_ten_thousand() -> Iterable[int]:
    return (*range(EVERY_UP_TO + 1), *range(EVERY_UP_TO + 1, 10_001, STRIDE), 9_999, 10_000)


def english(n: int) -> str:
    return str(num2words(n)).replace(",", "")


def test_english_numbers_to_ten_thousand() -> None:
    assert not wrong({n: f"{english(n)} workers" for n in to_ten_thousand()}, "en")


def test_english_numbers_with_commas() -> None:
    assert not wrong({n: f"{num2words(n)} workers" for n in range(1_001, 10_000, 61)}, "en")


@pytest.mark.parametrize("style", STYLES, ids=str)
def test_arabic_numbers_to_ten_thousand(style: Style) -> None:
    share = STYLES.index(style)
    numbers = (n for n in to_ten_thousand() if n % len(STYLES) == share or n < 200)
    assert not wrong(counted(numbers, style), "ar")


@pytest.mark.parametrize("style", STYLES[::2], ids=str)
def test_arabic_numbers_alone(style: Style) -> None:
    assert not wrong(spelled((*range(1, 130), *range(130, 10_001, 211)), style), "ar")


@pytest.mark.parametrize("n", [111, 1_011, 411_300, 2_011_000_000])
def test_and_eleven(n: int) -> None:
    assert not wrong({n: spell(n)}, "ar")


@pytest.mark.slow
def test_every_english_number_to_ten_thousand() -> None:
    assert not wrong({n: f"{english(n)} workers" for n in range(10_001)}, "en")


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES, ids=str)
def test_every_arabic_number_to_ten_thousand(style: Style) -> None:
    assert not wrong(spelled(range(10_001), style), "ar")
    assert not wrong(counted(range(10_001), style), "ar")


LARGE = st.integers(10_001, 10**12) | st.builds(
    lambda digits, zeros: digits * 10**zeros, st.integers(1, 999), st.integers(2, 9)
)


@given(LARGE)
@example(10**12)
@example(2_000_002_000)
def test_large_english_numbers(n: int) -> None:
    assert not wrong({n: f"{english(n)} workers"}, "en")


@given(LARGE, st.sampled_from(STYLES))
@example(10**12, Style())
@example(211_018_000, Style(feminine=True))
def test_large_arabic_numbers(n: int, style: Style) -> None:
    assert not wrong(spelled([n], style), "ar")


@given(st.integers(0, 10**12), st.sampled_from(LANGUAGES))
def test_digits_of_every_script(n: int, language: str) -> None:
    noun = {"ar": "عاملا", "en": "workers"}[language]
    written = [str(n), f"{n:,}"]
    written += [w.translate(str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")) for w in written]
    for words in written:
        assert not wrong({n: f"{words} {noun}"}, language)


def check_spans(text: str, language: str) -> None:
    """Spans lie in the text, on tokens, in order; fields keep to the contract's words and to each other."""
    r = read(text, language)
    starts, ends = set(r.passage.starts), set(r.passage.ends)
    start = 0
    for f in find_figures(r, PUBLISHED):
        assert start <= f.start < f.end <= len(text)
        assert f.start in starts and f.end in ends
        assert text[f.start : f.end].strip()
        start = f.start
        check_fields(f)


def check_fields(f: Figure) -> None:
    assert f.kind in schema.KINDS and f.role in schema.ROLES and f.qualifier in schema.QUALIFIERS
    assert f.rules
    if f.low is not None and f.high is not None:
        assert f.low <= f.high
    if f.kind == "date":
        assert f.value is None and f.date_precision in (*schema.DATE_PRECISIONS, None)
        assert f.date_start is None or f.date_end is None or f.date_start <= f.date_end
    elif f.qualifier in ("vague", "between"):
        assert f.value is None
    elif f.kind != "time":
        assert f.value is not None
        if f.qualifier == "exact":
            assert f.low == f.value == f.high
    assert f.unit is None or not f.unit_candidates or f.unit in f.unit_candidates


PIECES = {
    language: sorted(
        {word for case in cases(False) if case.language == language for word in case.text.split()}
    )
    for language in LANGUAGES
}
LETTERS = st.text(
    st.sampled_from(
        "ابتثعشروةىيألآئكمن0123456789٠١٢٣٤٥٦٧٨٩۴.,٬٫/-–%٪$€ \n" + BIDI_MARKS + "\u0640\u064b\u0651"
    ),
    max_size=60,
)


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_is_read(text: str, language: str) -> None:
    check_spans(text, language)


@given(LETTERS, st.sampled_from(LANGUAGES))
@example("\u202e12\u202c مليون\u2067", "ar")
def test_any_marks_and_digits_are_read(text: str, language: str) -> None:
    check_spans(text, language)


@given(st.data(), st.sampled_from(LANGUAGES))
def test_any_order_of_words_is_read(data: st.DataObject, language: str) -> None:
    words = data.draw(st.lists(st.sampled_from(PIECES[language]), max_size=25))
    check_spans(" ".join(words), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_corpus_keeps_to_the_contract(language: str) -> None:
    for known in (False, True):
        for case in cases(known):
            if case.language == language:
                check_spans(case.text, language)


def test_figures_stand_apart() -> None:
    first, second = find_figures(read("+963 الجولة العشرات", "ar"))
    assert first.end <= second.start


def moved(figures: Iterable[Figure], by: int) -> list[Figure]:
    return [replace(f, start=f.start + by, end=f.end + by) for f in figures]


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_around_shifts_spans_and_nothing_else(language: str) -> None:
    before, after = NEUTRAL[language]
    changed = []
    for case in cases(False):
        if case.language != language or len(case.text.split()) < FEW_WORDS or "\n" in case.text:
            continue
        alone = find_figures(read(case.text, language), PUBLISHED)
        within = find_figures(read(before + case.text + after, language), PUBLISHED)
        if moved(alone, len(before)) != within:
            changed.append(f"{case.text}: {alone} became {within}")
    assert not changed, "\n".join(changed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bidi_marks_change_nothing(language: str) -> None:
    """Marks of direction around a phrase leave every field as it was, and the quote too but for the marks."""
    changed = []
    for case in cases(False):
        if case.language != language or "\n" in case.text or not case.text:
            continue
        marked = f"\u2067{case.text}\u2069"
        plain, within = (stated(text, language, case.published) for text in (case.text, marked))
        if plain != within:
            changed.append(f"{case.text}: {plain} became {within}")
    assert not changed, "\n".join(changed)


def stated(text: str, language: str, published: date | None) -> list[tuple[str, Figure]]:
    """The figures with their quotes, without places and marks."""
    return [
        (
            text[f.start : f.end].strip(BIDI_MARKS),
            replace(f, start=0, end=0, hedge=(f.hedge or "").strip(BIDI_MARKS)),
        )
        for f in find_figures(read(text, language), published)
    ]


def monsters(size: int) -> dict[str, str]:
    """Texts made to exhaust a parser: endless digits, clitics, scales, ranges, marks."""
    return {
        "digits": "9" * size,
        "grouped digits": "1" + ",000" * (size // 4),
        "points": "1." * (size // 2),
        "clitics": "و" * size + "ثلاثة",
        "mixed clitics": "وبال" * (size // 4) + "خمسين",
        "scales": "مليون " * (size // 6),
        "hundreds": "hundred " * (size // 8),
        "additions": "ثلاثة و" * (size // 7),
        "ranges": "1-" * (size // 2) + "2",
        "dates": "1/" * (size // 2),
        "brackets": "(" * size,
        "marks": BIDI_MARKS * (size // len(BIDI_MARKS)) + "5",
        "tatweel": "\u0640" * size + "3",
        "vowels": "خ" + "\u064e" * size + "مسة",
        "one sentence": "killed 5 men and " * (size // 17),
        "hedges": "about more than " * (size // 16) + "5",
        "exponent": "9" * 400 + " million million",
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(monsters(0)))
def test_monsters_are_read(name: str, language: str) -> None:
    check_spans(monsters(2_000)[name], language)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(monsters(0)))
def test_large_monsters_are_read(name: str, language: str) -> None:
    check_spans(monsters(1_000_000 if name == "digits" else 70_000)[name], language)


@pytest.mark.parametrize("seed", range(3))
def test_articles_that_stop_anywhere_are_described(seed: int, tmp_path: Path) -> None:
    """Text cut off after any word, at a verb of saying too, gives claims whose quotes slice back."""
    chance = random.Random(seed)
    words = [case.text.split(" ") for case in cases(False)]
    texts = [" ".join(w[: chance.randint(1, len(w))]) for w in words]
    texts.append("أنقذت السفن 31 مهاجرا قبالة الساحل.\n99 تعليق\nالمزيد من الأخبار")
    texts = [text for text in texts if text.strip()]
    path = tmp_path / "articles.parquet"
    pl.DataFrame({"article_id": [str(i) for i in range(len(texts))], "text": texts}).write_parquet(path)
    claims = extract(read_articles(path))
    assert claims.height > len(texts) // 2
    for row in claims.select("article_id", "start", "end", "quote").iter_rows(named=True):
        assert texts[int(row["article_id"])][row["start"] : row["end"]] == row["quote"]
