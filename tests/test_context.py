"""What a figure says: the five published articles, our labelled sentences, and the promises that hold for any text."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reconcile.context import ArticleFacts, Context, describe
from reconcile.context.lexicon import languages, lexicon_for
from reconcile.context.names import load_events, name_book
from reconcile.errors import InputError, RuleError
from reconcile.figures.figure import Figure
from reconcile.rules.measures import ancestors, load_measures, own_measures
from reconcile.text import Passage
from tests.evaluate import KEPT
from tests.evaluate_context import FIELDS, read_markup, rows, said, score, table

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
GOLD = SHARED / "gold" / "articles.jsonl"
JUDGED = ("measure", "event", "place", "speaker", "stance", "refuted_by", "scope", "epistemic")
LEAST_PRECISION, LEAST_RECALL = 0.90, 0.80
FEW = 5  # labels under which a share says nothing


def gold_articles() -> list[tuple[str, list[dict[str, Any]]]]:
    if not GOLD.is_file():
        return []
    found: dict[str, list[dict[str, Any]]] = {}
    for line in GOLD.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        found.setdefault(row["article"], []).append(row)
    return sorted(found.items())


def gold_figure(row: dict[str, Any]) -> Figure:
    def day(name: str) -> date | None:
        return date.fromisoformat(row[name]) if row.get(name) else None

    return Figure(
        row["start"],
        row["end"],
        row["kind"],
        row["qualifier"],
        row["role"],
        value=row.get("value"),
        low=row.get("low", row.get("low_at_least")),
        high=row.get("high", row.get("high_at_most")),
        unit=row.get("unit"),
        date_start=day("date_start"),
        date_end=day("date_end"),
    )


def one(language: str, marked: str, **facts: Any) -> list[Context]:
    text, figures = read_markup(marked)
    return describe(Passage(text), figures, ArticleFacts(language, **facts))


@pytest.mark.skipif(not GOLD.is_file(), reason="the published articles are not beside this checkout")
@pytest.mark.parametrize("name", [name for name, _ in gold_articles()] or ["none"])
def test_published_article_says_what_the_gold_says(name: str) -> None:
    labelled = dict(gold_articles())[name]
    text = (SHARED / "articles" / name).read_text(encoding="utf8")
    contexts = describe(Passage(text), [gold_figure(r) for r in labelled], ArticleFacts("ar"))
    for row, context in zip(labelled, contexts, strict=True):
        for field in JUDGED:
            default = {"stance": "asserted", "epistemic": "asserted", "scope": "total"}.get(field)
            if field in row or default is not None:
                assert getattr(context, field) == row.get(field, default), (row["quote"], field, context)
        assert (context.duplicate_of is not None) == row.get("duplicate", False), (row["quote"], context)
        whole = None if context.part_of is None else labelled[context.part_of]["quote"]
        assert whole == row.get("part_of"), (row["quote"], context)


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_labelled_sentences_are_read_precisely(language: str) -> None:
    paths = sorted((Path(__file__).with_name("corpus") / "context").glob(f"{language}_*.yml"))
    tallies = score(paths)
    assert table(tallies) in KEPT.read_text(encoding="utf8"), "run make evaluate ARGS=--write"
    for field, tally in tallies.items():
        if tally.precision is not None and tally.said >= FEW:
            assert tally.precision >= LEAST_PRECISION, (field, tally)
        if tally.recall is not None and tally.wanted >= FEW:
            assert tally.recall >= LEAST_RECALL, (field, tally)


def test_corpus_is_large_and_mostly_of_other_events_than_the_shipped() -> None:
    found = list(rows())
    for language in ("ar", "en"):
        assert sum(r.language == language for r in found) >= 200
    known = set(load_events())
    shipped = sum(any(label.get("event") in known for label in r.labels) for r in found)
    assert shipped < len(found) / 4


def test_neighbouring_cues_stay_with_their_own_figures() -> None:
    contexts = one(
        "en",
        "Police arrested [83 people|person] in [six countries|country=6] and identified [160 people|person].",
    )
    assert [c.measure for c in contexts] == ["people_arrested", "countries_involved", "suspects_identified"]


@pytest.mark.parametrize(
    ("text", "measure", "stance"),
    [
        ("صودرت [600 ألف دولار|USD].", "funds_seized", "asserted"),
        ("صادرت الشرطة [600 ألف دولار|USD].", "funds_seized", "asserted"),
        ("لم تصادر الشرطة [600 ألف دولار|USD].", "funds_seized", "denied"),
        ("مصادرة [600 ألف دولار|USD] في المطار.", "funds_seized", "asserted"),
        ("تمت مصادرة [600 ألف دولار|USD].", "funds_seized", "asserted"),
        ("ستصادر المحكمة [600 ألف دولار|USD].", "funds_seized", "asserted"),
    ],
)
def test_arabic_voice_tense_and_negation(text: str, measure: str, stance: str) -> None:
    [context] = one("ar", text)
    assert (context.measure, context.stance) == (measure, stance)


def test_unknown_measure_is_a_readable_signature_and_never_a_wrong_id() -> None:
    [held] = one("en", "The council held [12 meetings|meeting].")
    assert held.measure == "meeting:held@en"
    [again] = one("en", "The council held [12 meetings|meeting].")
    assert held == again
    [dated] = one("en", "It began on [3 May 2020|date 2020-05-03].")
    assert dated.measure is None


def test_unseen_operation_is_an_event_by_its_name() -> None:
    [context] = one("en", "Operation Red Dawn led to [12 arrests|arrest].")
    assert context.event == "operation-red-dawn"


def test_event_is_not_inherited_across_years_and_countries() -> None:
    contexts = one(
        "en",
        "Operation Catalyst led to [83 arrests|arrest]. "
        "In [2019|date 2019-01-01/2019-12-31] police arrested [40 people|person]. "
        "In Peru, [nine people|person=9] were arrested.",
    )
    assert [c.event for c in contexts if c.measure is not None] == ["operation-catalyst", None, None]


def test_publication_date_is_never_the_period() -> None:
    [context] = one("en", "Police arrested [83 people|person].", published=date(2025, 10, 22))
    assert (context.period_start, context.period_end) == (None, None)


def test_period_is_the_clauses_date() -> None:
    contexts = one("en", "Police arrested [83 people|person] in [May 2024|date 2024-05-01/2024-05-31].")
    assert (contexts[0].period_start, contexts[0].period_end) == (date(2024, 5, 1), date(2024, 5, 31))


def test_same_quantity_has_one_measure_in_both_languages() -> None:
    pairs = [
        ("Police arrested [83 people|person].", "اعتقلت الشرطة [83 شخصا|person]."),
        ("[12 soldiers|person] were killed.", "قتل [12 جنديا|person]."),
        ("Inflation reached [3.2%|%].", "بلغ التضخم [3.2 في المئة|%]."),
        ("The fighting displaced [5,000 people|person].", "شرد القتال [5000 شخص|person]."),
        (
            "Two tonnes were seized: [4 tonnes|q:tonne] of cocaine were seized.",
            "ضبطت الشرطة [4 أطنان|q:tonne] من الكوكايين.",
        ),
        ("[214 confirmed cases|case] of cholera.", "[214 حالة مؤكدة|case] بالكوليرا."),
    ]
    for english, arabic in pairs:
        assert one("en", english)[-1].measure == one("ar", arabic)[-1].measure is not None


def test_text_before_and_after_changes_nothing() -> None:
    text, figures = read_markup(
        "INTERPOL said police arrested [83 people|person] in [six countries|country=6]."
    )
    alone = describe(Passage(text), figures, ArticleFacts("en"))
    lead = "Nothing else happened.\n\n"
    moved = [
        Figure(
            f.start + len(lead), f.end + len(lead), f.kind, value=f.value, low=f.low, high=f.high, unit=f.unit
        )
        for f in figures
    ]
    assert describe(Passage(lead + text + "\n\nThe end."), moved, ArticleFacts("en")) == alone


def test_no_text_makes_it_raise() -> None:
    random.seed(4)
    letters = "قتل 12 ب،.؛«»\"()[]:\n\u200f\u202b\u0640 the of 3% said, —“”'" + "\U0001f600\ud83d"
    for _ in range(150):
        text = "".join(random.choice(letters) for _ in range(random.randint(1, 90)))
        figures = []
        for _ in range(random.randint(1, 4)):
            start = random.randrange(len(text))
            kind = random.choice(
                ["money", "count", "percentage", "date", "time", "ordinal", "duration", "quantity"]
            )
            figures.append(
                Figure(
                    start, min(len(text), start + random.randint(1, 9)), kind, value=1.0, low=1.0, high=1.0
                )
            )
        for language in ("ar", "en", None, "xx"):
            assert len(describe(Passage(text), figures, ArticleFacts(language))) == len(figures)


def test_describe_without_figures_or_text() -> None:
    assert describe(Passage(""), []) == []
    assert describe(Passage("\n"), [Figure(0, 1, "count")]) == [Context()]


def test_measures_are_whole() -> None:
    measures = load_measures()
    for measure in measures.values():
        assert {"en", "ar", "fr"} <= set(measure.labels), measure.id
        assert {"en", "ar"} <= set(measure.cues), measure.id
        assert measure.id not in ancestors(measure.id, measures)
    assert {m.domain for m in measures.values()} >= {
        "terror_finance",
        "casualties",
        "law_enforcement",
        "displacement",
        "economy",
        "public_health",
    }


def test_users_add_a_domain_with_their_own_file(tmp_path: Path) -> None:
    (tmp_path / "mining.yml").write_text(
        "domain: mining\nmeasures:\n  ore_mined:\n    kind: quantity\n    labels: {en: ore mined}\n"
        "    cues: {en: {verbs: [mine]}}\n",
        encoding="utf8",
    )
    text, figures = read_markup("The firm mined [12,000 tonnes|q:tonne] of ore.")
    [context] = describe(Passage(text), figures, ArticleFacts("en"), rules=tmp_path)
    assert context.measure == "ore_mined"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("measures: {x: {kind: bananas}}", "kind 'bananas' is unknown"),
        ("measures: {x: {kind: count, colour: red}}", "unknown field ['colour']"),
        ("measures: {x: {kind: count, cues: {en: {adverbs: [y]}}}}", "cues.en: 'adverbs' is unknown here"),
        (
            "measures: {x: {kind: count, cues: {xx: {verbs: [y]}}}}",
            "cues.xx: 'xx' is unknown here; use ar, en, fr",
        ),
        ("measures: {x: {kind: count, cues: {en: [mine]}}}", "cues.en: this is no mapping"),
        ("measures: {x: {kind: count, cues: {en: {verbs: [no]}}}}", "quote words like no and on"),
        ("measures: {x: {kind: count, context: {xx: [y]}}}", "context: 'xx' is unknown here"),
        ("measures: {x: {kind: count, parent: nobody}}", "x: 'nobody' is no measure"),
        ("measures: {people_killed: {kind: count}}", "the id is taken by domain 'casualties'"),
        ("measures: {My measure: {kind: count}}", "no id of a measure"),
        ("measures: [x, y]", "measures: this is no mapping"),
        ("measures: {x: count}", "x: this is no mapping"),
        ("measure: {x: {kind: count}}", "measure: unknown key"),
        ("domain: empty", "the file holds no measure"),
        ("measures: {x: {kind: count", "not valid YAML"),
    ],
)
def test_wrong_measure_files_are_refused(tmp_path: Path, body: str, message: str) -> None:
    (tmp_path / "mine.yml").write_text(body, encoding="utf8")
    with pytest.raises(RuleError, match=r"mine\.yml") as raised, own_measures(tmp_path):
        pass
    assert message in str(raised.value)


@pytest.mark.parametrize(("name", "what"), [("absent", "no such folder"), ("", "holds no .yml file")])
def test_a_folder_without_rules_is_refused(tmp_path: Path, name: str, what: str) -> None:
    with pytest.raises(InputError, match=what), own_measures(tmp_path / name):
        pass


def test_own_measures_are_in_force_only_within_and_as_their_file_stands(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    for name in ("ore_mined", "ore_sold_abroad"):  # a notebook reads again after an edit
        path.write_text(f"measures: {{{name}: {{kind: quantity}}}}", encoding="utf8")
        with own_measures(tmp_path):
            assert load_measures()[name].labels == {"en": name.replace("_", " ")}
            with own_measures(None):
                assert name in load_measures()
    assert not {"ore_mined", "ore_sold_abroad"} & set(load_measures())


def test_other_events_file(tmp_path: Path) -> None:
    path = tmp_path / "events.yml"
    path.write_text(
        "events:\n  - id: dawn-raid\n    names: {en: [the Dawn Raid]}\n    places: [Peru]\n", encoding="utf8"
    )
    text, figures = read_markup("In the Dawn Raid police arrested [12 people|person].")
    [context] = describe(Passage(text), figures, ArticleFacts("en"), events=path)
    assert context.event == "dawn-raid"


def test_organisations_have_one_alias_each() -> None:
    book = name_book()
    for text, name in (
        ("WHO", "World Health Organization"),
        ("رويترز", "Reuters"),
        ("ISIS", "Islamic State"),
    ):
        assert [m.entity.name for m in book.mentions(Passage(text)) if m.entity.kind != "event_cue"] == [name]
    assert [
        m.entity.name for m in book.mentions(Passage("who told us")) if m.entity.kind != "event_cue"
    ] == []


def test_every_language_compiles_and_every_field_is_scored() -> None:
    assert {"ar", "en"} <= set(languages())
    for language in languages():
        assert lexicon_for(language).language == language
    assert {"measure", "speaker", "stance"} <= set(FIELDS)
    assert said(Context(measure="meeting:hold@en"), "measure") is None
