"""Judgements: what an analyst decided outranks the rules, outlives edits of the text, and is never lost in silence."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

import reconcile
from reconcile import tables
from reconcile.cli import app
from reconcile.errors import InputError
from reconcile.judgements import COLUMNS, Judgement, anchors_of, append, decide, read_judgements
from reconcile.judgements.file import default_file
from tests import make

RIVER = (
    "The river rose in the night. The governor said that 12 people were killed in Operation Blue River. "
    "About 300 houses were destroyed. Police arrested 83 people on 2 May 2022."
)
HILL = (
    "A second report came from the hills. The Red Crescent said that 40 people were killed in Operation Blue River. "
    "At the town hall 83 people were arrested, the mayor said."
)
ARABIC = "قال المحافظ إن 12 شخصا قتلوا في عملية النهر الأزرق. واعتقلت الشرطة 83 شخصا."


def claims_of(**texts: str) -> pl.DataFrame:
    rows = [{"article_id": name, "text": text, "outlet": name.title()} for name, text in texts.items()]
    return reconcile.extract(make.articles(*rows).with_columns(language=pl.lit(None, pl.String)))


def claim(claims: pl.DataFrame, article: str, value: float) -> str:
    found = claims.filter(article_id=article, value=value, role="claim")
    assert found.height == 1, found
    return str(found.item(0, "claim_id"))


def judged(
    claims: pl.DataFrame, decision: str, *of: str, field: str | None = None, value: object = None, **said: str
) -> Judgement:
    anchors = anchors_of(claims, of)
    told = {"who": "Mona Haddad", "when": "2026-02-03", "why": "I read both pages."} | said
    b = anchors[of[1]] if len(of) > 1 else None
    return Judgement(decision, anchors[of[0]], b, field, value, **told, line=2)


def pair(comparison: reconcile.Comparison, a: str, b: str) -> dict[str, object]:
    first, second = sorted((a, b))
    found = comparison.pairs.filter(claim_a=first, claim_b=second)
    assert found.height == 1, found
    return found.row(0, named=True)


@pytest.fixture(scope="module")
def claims() -> pl.DataFrame:
    return claims_of(river=RIVER, hill=HILL)


class TestPairs:
    """Decisions on two figures."""

    def test_same_lets_numbers_speak(self, claims: pl.DataFrame) -> None:
        killed, others = claim(claims, "river", 12), claim(claims, "hill", 83)
        row = pair(
            reconcile.compare(claims, judgements=[judged(claims, "same", killed, others)]), killed, others
        )
        assert (row["verdict"], row["rule"], row["reason"]) == ("diverge", "judgement", None)
        assert "Mona Haddad judged them to be the same thing on 2026-02-03: I read both pages." in str(
            row["detail"]
        )

    def test_a_pair_that_no_block_holds_is_compared_all_the_same(self, claims: pl.DataFrame) -> None:
        houses, killed = claim(claims, "river", 300), claim(claims, "hill", 40)
        both = pl.col("claim_a").is_in([houses, killed]) & pl.col("claim_b").is_in([houses, killed])
        assert reconcile.compare(claims).pairs.filter(both).is_empty()
        row = pair(
            reconcile.compare(claims, judgements=[judged(claims, "same", houses, killed)]), houses, killed
        )
        assert (row["verdict"], row["rule"]) == ("duplicate", "judgement"), "no common unit: they count once"

    @pytest.mark.parametrize(("field", "reason"), [(None, "subject"), ("period", "period")])
    def test_different_sets_apart(self, claims: pl.DataFrame, field: str | None, reason: str) -> None:
        a, b = claim(claims, "river", 12), claim(claims, "hill", 40)
        assert pair(reconcile.compare(claims), a, b)["verdict"] == "diverge"
        compared = reconcile.compare(claims, judgements=[judged(claims, "different", a, b, field=field)])
        row = pair(compared, a, b)
        assert (row["verdict"], row["reason"], row["rule"]) == ("not_comparable", reason, "judgement")
        assert "Mona Haddad" in str(row["detail"])

    def test_different_divides_a_quantity_and_same_joins_two(self, claims: pl.DataFrame) -> None:
        a, b = claim(claims, "river", 12), claim(claims, "hill", 40)

        def sizes(*judgements: Judgement) -> list[list[str]]:
            found = reconcile.compare(claims, judgements=judgements).quantities
            assert found["quantity_id"].is_unique().all()
            return [ids for ids in found["claim_ids"].to_list() if {a, b} & set(ids)]

        assert sizes() == [sorted([a, b])]
        assert sorted(sizes(judged(claims, "different", a, b))) == sorted([[a], [b]])
        arrested = claim(claims, "river", 83)
        (joined,) = [ids for ids in sizes(judged(claims, "same", a, arrested)) if arrested in ids]
        assert {a, b, arrested} <= set(joined)

    def test_unsure_goes_to_the_review_queue(self, claims: pl.DataFrame) -> None:
        a, b = claim(claims, "river", 12), claim(claims, "hill", 40)
        row = pair(reconcile.compare(claims, judgements=[judged(claims, "unsure", a, b)]), a, b)
        assert (row["verdict"], row["rule"]) == ("undetermined", "judgement")
        assert "could not decide" in str(row["detail"])

    def test_the_order_of_the_two_does_not_matter(self, claims: pl.DataFrame) -> None:
        a, b = claim(claims, "river", 12), claim(claims, "hill", 40)
        one, other = (
            reconcile.compare(claims, judgements=[judged(claims, "different", *of)])
            for of in ((a, b), (b, a))
        )
        assert one.pairs.equals(other.pairs)
        assert one.quantities.equals(other.quantities)

    def test_every_other_pair_stays_as_it_was(self, claims: pl.DataFrame) -> None:
        a, b = claim(claims, "river", 12), claim(claims, "hill", 40)
        before = reconcile.compare(claims).pairs
        after = reconcile.compare(claims, judgements=[judged(claims, "different", a, b)]).pairs
        assert after.filter(rule="judgement").height == 1
        assert after.filter(pl.col("rule") != "judgement").equals(
            before.filter(~((pl.col("claim_a") == min(a, b)) & (pl.col("claim_b") == max(a, b))))
        )


class TestClaims:
    """Decisions on one figure."""

    def test_a_corrected_field_is_what_is_compared(self, claims: pl.DataFrame) -> None:
        a, b = claim(claims, "river", 12), claim(claims, "hill", 40)
        told = judged(claims, "corrected", a, field="value", value=40.0, why="A misprint.")
        row = pair(reconcile.compare(claims, judgements=[told]), a, b)
        assert (row["verdict"], row["rule"]) == ("agree", "judgement; agree.equal")
        assert "Mona Haddad corrected value to 40 on 2026-02-03: A misprint." in str(row["detail"])

    def test_bounds_follow_the_value_and_candidates_the_unit(self, claims: pl.DataFrame) -> None:
        houses = claim(claims, "river", 300)
        told = [
            judged(claims, "corrected", houses, field="qualifier", value="more_than"),
            judged(claims, "corrected", houses, field="unit", value="person"),
        ]
        row = decide(claims, told).claims.filter(claim_id=houses).row(0, named=True)
        assert (row["value"], row["low"], row["high"], row["low_open"]) == (300, 300, None, True)
        assert row["unit_candidates"] == ["person"]
        assert row["rule"].endswith("judgement.qualifier; judgement.unit")

    def test_order_and_all_other_claims_stay(self, claims: pl.DataFrame) -> None:
        houses = claim(claims, "river", 300)
        after = decide(claims, [judged(claims, "corrected", houses, field="place", value="France")]).claims
        assert after["claim_id"].to_list() == claims["claim_id"].to_list()
        others = pl.col("claim_id") != houses
        assert after.filter(others).equals(claims.filter(others))

    def test_a_rejected_figure_counts_for_nothing_and_is_kept(self, claims: pl.DataFrame) -> None:
        a, b = claim(claims, "river", 12), claim(claims, "hill", 40)
        compared = reconcile.compare(
            claims, judgements=[judged(claims, "rejected", b, why="It is last year's.")]
        )
        row = pair(compared, a, b)
        assert (row["verdict"], row["rule"]) == ("refuted", "judgement")
        assert "rejected the figure on 2026-02-03: It is last year's." in str(row["detail"])
        quantity = compared.quantities.filter(pl.col("claim_ids").list.contains(a)).row(0, named=True)
        assert (quantity["best"], quantity["high"], quantity["n_refuted"]) == (12, 12, 1)
        assert quantity["grade"] != "contested", "what we reject ourselves is no quarrel of witnesses"

    def test_deciding_twice_is_deciding_once(self, claims: pl.DataFrame) -> None:
        a, b = claim(claims, "river", 12), claim(claims, "hill", 40)
        told = [
            judged(claims, "corrected", a, field="value", value=40.0),
            judged(claims, "rejected", b),
            judged(claims, "same", a, b),
        ]
        once = decide(claims, told)
        again = decide(once.claims, told)
        assert again.claims.equals(once.claims)
        assert again.outcomes.equals(once.outcomes)
        assert set(again.outcomes["status"]) == {"applied"}


class TestTexts:
    """The text changes; the judgement holds as long as its words do."""

    @pytest.fixture
    def different(self, claims: pl.DataFrame) -> Judgement:
        return judged(claims, "different", claim(claims, "river", 12), claim(claims, "hill", 40))

    @pytest.mark.parametrize(
        "edited",
        [
            "A correction was added on Monday. " + RIVER,
            RIVER + " Updated at noon with 7 more photographs.",
            RIVER.replace("300 houses", "350 houses"),
            RIVER.replace("The governor said that", "The governor of the province said that"),
            RIVER.replace("Police arrested 83 people", "Troops killed 12 people elsewhere and arrested 83"),
        ],
        ids=["before", "behind", "another figure", "its own sentence", "the same number elsewhere"],
    )
    def test_an_edit_elsewhere_changes_nothing(self, different: Judgement, edited: str) -> None:
        claims = claims_of(river=edited, hill=HILL)
        assert claims.filter(claim_id=different.a.claim_id).is_empty(), "the ids are new"
        compared = reconcile.compare(claims, judgements=[different])
        assert compared.judgements["status"].to_list() == ["applied"]
        (row,) = compared.pairs.filter(rule="judgement").iter_rows(named=True)
        named = claims.filter(pl.col("claim_id").is_in([row["claim_a"], row["claim_b"]]))
        assert sorted(named["value"]) == [12, 40]
        assert "Operation Blue River" in named.filter(value=12).item(0, "sentence")

    @pytest.mark.parametrize(
        ("edited", "said"),
        [
            (RIVER.replace("12 people", "15 people"), "the text now has “15"),
            (RIVER.replace("that 12 people", "that at least 12 people"), "12"),
            (RIVER.replace(RIVER[29:99], ""), "no longer stands in those words"),
        ],
        ids=["another number", "a hedge", "gone"],
    )
    def test_a_figure_that_changed_is_reported(self, different: Judgement, edited: str, said: str) -> None:
        compared = reconcile.compare(claims_of(river=edited, hill=HILL), judgements=[different])
        (row,) = compared.judgements.iter_rows(named=True)
        assert row["status"] == "conflict"
        assert said in row["detail"]
        assert "Mona Haddad" in row["detail"]
        assert compared.pairs.filter(pl.col("rule").str.contains("judgement")).is_empty()

    def test_arabic_is_found_again_whatever_its_marks(self) -> None:
        before = claims_of(nahr=ARABIC, hill=HILL)
        told = judged(before, "unsure", claim(before, "nahr", 12), claim(before, "hill", 40))
        marked = ARABIC.replace("شخصا", "شخصًا").replace("إن", "ان")
        compared = reconcile.compare(claims_of(nahr="خبر عاجل. " + marked, hill=HILL), judgements=[told])
        assert compared.judgements["status"].to_list() == ["applied"], compared.judgements["detail"][0]

    def test_an_article_under_another_name_is_found_by_its_words(self, different: Judgement) -> None:
        moved = claims_of(fleuve="New. " + RIVER, hill=HILL)
        assert reconcile.compare(moved, judgements=[different]).judgements["status"].to_list() == ["applied"]

    def test_an_article_that_was_not_read_is_no_conflict(self, different: Judgement) -> None:
        (row,) = reconcile.compare(claims_of(hill=HILL), judgements=[different]).judgements.iter_rows(
            named=True
        )
        assert row["status"] == "absent"
        assert "not among those read" in row["detail"]

    def test_by_hand_article_and_quote_are_enough(self, claims: pl.DataFrame, tmp_path: Path) -> None:
        quote = claims.filter(claim_id=claim(claims, "river", 300)).item(0, "quote")
        path = write(tmp_path, [row_of(decision="rejected", article_a="river", quote_a=quote)])
        assert decide(claims, path).outcomes["status"].to_list() == ["applied"]

    def test_by_hand_a_quote_that_stands_twice_is_no_guess(self, tmp_path: Path) -> None:
        twice = claims_of(river=RIVER + " Later 83 people were released, and 83 people wept.")
        path = write(tmp_path, [row_of(decision="rejected", article_a="river", quote_a="83 people")])
        (row,) = decide(twice, path).outcomes.iter_rows(named=True)
        assert (row["status"], "more than once" in row["detail"]) == ("conflict", True)


class TestSeveral:
    """Several decisions on one thing."""

    def told(self, claims: pl.DataFrame, *of: tuple[str, str, str]) -> list[Judgement]:
        ids = claim(claims, "river", 12), claim(claims, "hill", 40)
        return [
            replace(judged(claims, decision, *ids, who=who, when=when), line=line)
            for line, (decision, who, when) in enumerate(of, 2)
        ]

    def test_the_latest_counts(self, claims: pl.DataFrame) -> None:
        told = self.told(claims, ("same", "A", "2026-03-01"), ("different", "B", "2026-02-01"))
        decided = decide(claims, told)
        assert decided.outcomes["status"].to_list() == ["applied", "replaced"]
        assert decided.pairs["decision"].to_list() == ["same"]

    def test_one_person_may_think_again_on_the_same_day(self, claims: pl.DataFrame) -> None:
        told = self.told(claims, ("same", "A", "2026-03-01"), ("unsure", "A", "2026-03-01"))
        assert decide(claims, told).pairs["decision"].to_list() == ["unsure"]

    def test_two_people_on_one_day_contradict_each_other(self, claims: pl.DataFrame) -> None:
        told = self.told(claims, ("same", "A", "2026-03-01"), ("different", "B", "2026-03-01"))
        decided = decide(claims, told)
        assert decided.outcomes["status"].to_list() == ["conflict", "conflict"]
        assert "Line 3" in decided.outcomes["detail"][0]
        assert decided.pairs.is_empty()


def row_of(**cells: str) -> dict[str, str]:
    plain = {
        "decision": "same",
        "article_a": "a",
        "quote_a": "1",
        "who": "Mona",
        "when": "2026-02-03",
        "why": "So.",
    }
    return dict.fromkeys(COLUMNS, "") | plain | cells


def write(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "judgements.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


class TestFile:
    def test_the_projects_own_has_a_header_and_no_rows(self) -> None:
        path = Path(__file__).resolve().parents[1] / "data" / "judgements.csv"
        assert path.read_text(encoding="utf-8") == ",".join(COLUMNS) + "\n"
        assert read_judgements(path) == ()

    def test_what_is_appended_is_what_is_read(self, claims: pl.DataFrame, tmp_path: Path) -> None:
        ids = claims.filter(role="claim")["claim_id"].to_list()
        told = [
            judged(claims, "same", *ids[:2], why='He said "both",\nand meant it.'),
            judged(claims, "corrected", ids[0], field="value", value=12.5),
            judged(claims, "corrected", ids[0], field="cumulative", value=True),
            judged(claims, "corrected", ids[0], field="place", value=None),
            judged(claims, "different", *ids[:2], field="event"),
        ]
        path = tmp_path / "new" / "judgements.csv"
        for one in told:
            append(path, [one])
        read = read_judgements(path)
        expected = [replace(one, line=0, why=" ".join(one.why.split())) for one in told]
        assert [replace(one, line=0) for one in read] == expected
        assert [one.line for one in read] == [2, 4, 5, 6, 7]

    def test_an_empty_file_holds_none(self, tmp_path: Path) -> None:
        (tmp_path / "e.csv").write_text("")
        assert read_judgements(tmp_path / "e.csv") == ()

    def test_a_file_without_a_line_break_at_its_end_is_continued(
        self, claims: pl.DataFrame, tmp_path: Path
    ) -> None:
        path = tmp_path / "j.csv"
        path.write_text("\ufeff" + ",".join(COLUMNS), encoding="utf-8")
        append(path, [judged(claims, "rejected", claim(claims, "hill", 40))])
        assert len(read_judgements(path)) == 1

    @pytest.mark.parametrize(
        ("cells", "field", "mend"),
        [
            ({"decision": "sames"}, "decision", "same, different, unsure"),
            ({"decision": "same"}, "quote_b", "give the other one"),
            ({"decision": "rejected", "article_b": "b", "quote_b": "2"}, "quote_b", "empty it"),
            ({"decision": "rejected", "who": " "}, "who", "say who"),
            ({"decision": "rejected", "when": "yesterday"}, "when", "2025-10-22"),
            ({"decision": "rejected", "why": ""}, "why", "say why"),
            ({"decision": "rejected", "quote_a": "", "article_a": ""}, "quote_a", "give the figure"),
            ({"decision": "rejected", "article_a": ""}, "article_a", "give the id"),
            ({"decision": "rejected", "field": "unit"}, "field", "empty it"),
            ({"decision": "corrected"}, "field", "name what is corrected"),
            ({"decision": "corrected", "field": "vlaue"}, "field", "did you mean 'value'"),
            ({"decision": "corrected", "field": "claim_id", "value": "x"}, "field", "use one of"),
            ({"decision": "corrected", "field": "value", "value": "many"}, "value", "a number like"),
            ({"decision": "corrected", "field": "value", "value": "nan"}, "value", "a number like"),
            ({"decision": "corrected", "field": "period_start", "value": "May"}, "value", "a day like"),
            ({"decision": "corrected", "field": "cumulative", "value": "so"}, "value", "true or false"),
            ({"decision": "corrected", "field": "qualifier", "value": "circa"}, "value", "exact, about"),
            ({"decision": "corrected", "field": "scope"}, "value", "give the right scope"),
            (
                {"decision": "corrected", "field": "measure", "value": "fund_seized"},
                "value",
                "'funds_seized'",
            ),
            (
                {"decision": "different", "article_b": "b", "quote_b": "2", "field": "mood"},
                "field",
                "use one of",
            ),
        ],
    )
    def test_a_wrong_row_is_named_by_file_line_and_field(
        self, tmp_path: Path, cells: dict[str, str], field: str, mend: str
    ) -> None:
        good = row_of(article_b="b", quote_b="2", why="Two\nlines.")
        path = write(tmp_path, [good, row_of(**cells)])
        with pytest.raises(InputError) as error:
            read_judgements(path)
        assert str(error.value).startswith(f"{path}, line 4: {field}: ")
        assert mend in error.value.mend

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("decision,who\n", "line 1: column 'article_a' is missing"),
            (",".join((*COLUMNS, "befor_a")) + "\n", "did you mean 'before_a'"),
            (",".join((*COLUMNS, "who")) + "\n", "column 'who' is given twice"),
            (",".join(COLUMNS) + "\n" + "," * 30 + "x\n", "line 2: has 31 cells"),
        ],
    )
    def test_a_wrong_header_is_named(self, tmp_path: Path, text: str, said: str) -> None:
        path = tmp_path / "j.csv"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="line") as error:
            read_judgements(path)
        assert said in str(error.value)

    def test_another_encoding_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "j.csv").write_bytes("قرار".encode("cp1256"))
        with pytest.raises(InputError, match="UTF-8"):
            read_judgements(tmp_path / "j.csv")

    def test_the_default_is_the_one_here_then_the_projects_own(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert str(default_file()).endswith("data/judgements.csv")
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "judgements.csv").write_text("")
        assert default_file() == Path("data/judgements.csv")


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


class TestCommands:
    @pytest.fixture
    def place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "in").mkdir()
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "judgements.csv").write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
        (tmp_path / "in" / "river.txt").write_text(RIVER, encoding="utf-8")
        (tmp_path / "in" / "hill.txt").write_text(HILL, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        assert call("compare", "in", "--out", "out").exit_code == 0
        return tmp_path

    def ids(self) -> tuple[str, str]:
        claims = tables.read_table("out", "claims")
        return claim(claims, "river", 12), claim(claims, "hill", 40)

    def test_judge_and_compare_again(self, place: Path) -> None:
        a, b = self.ids()
        kept = call(
            "judge", "different", a[:6], b, "--ledger", "out", "--why", "Two floods.", "--who", "Mona"
        )
        assert (kept.exit_code, kept.stderr) == (0, "")
        assert "in river and “40" in kept.stdout
        (place / "in" / "river.txt").write_text("An editor added this. " + RIVER, encoding="utf-8")
        assert call("compare", "in", "--out", "out").exit_code == 0
        (row,) = tables.read_table("out", "pairs").filter(rule="judgement").iter_rows(named=True)
        assert row["verdict"] == "not_comparable"
        assert "Mona judged them to be different things" in row["detail"]
        assert pl.read_csv("out/judgements.csv")["status"].to_list() == ["applied"]
        told = call("explain", row["claim_a"], "--ledger", "out").stdout
        assert "by judgement, policy news" in told
        assert "Two floods." in told

    def test_a_conflict_is_told_and_ends_with_1(self, place: Path) -> None:
        a, b = self.ids()
        call("judge", "same", a, b, "--ledger", "out", "--why", "One flood.")
        (place / "in" / "river.txt").write_text(RIVER.replace("12 people", "15 people"), encoding="utf-8")
        result = call("compare", "in", "--out", "out")
        (line,) = result.stderr.splitlines()
        assert result.exit_code == 1
        assert line.startswith("data/judgements.csv, line 2: ")
        assert "One flood." in line
        assert "“15" in line
        assert tables.read_table("out", "pairs").height, "the tables are written all the same"

    def test_a_correction_is_in_the_ledger(self, place: Path) -> None:
        a, _ = self.ids()
        words = ("--field", "value", "--value", "40", "--why", "A misprint.")
        assert call("judge", "corrected", a, "--ledger", "out", *words).exit_code == 0
        call("compare", "in", "--out", "out")
        row = tables.read_table("out", "claims").filter(claim_id=a).row(0, named=True)
        assert (row["value"], row["low"], row["high"]) == (40, 40, 40)
        assert row["rule"].endswith("judgement.value")

    def test_another_file_and_none(self, place: Path) -> None:
        a, _ = self.ids()
        call("judge", "rejected", a, "--ledger", "out", "--why", "Not ours.", "--judgements", "mine.csv")
        assert read_judgements("data/judgements.csv") == ()
        call("compare", "in", "--out", "out", "--judgements", "mine.csv")
        assert tables.read_table("out", "pairs").filter(rule="judgement").height
        Path("none.csv").write_text("")
        call("compare", "in", "--out", "out", "--judgements", "none.csv")
        assert tables.read_table("out", "pairs").filter(rule="judgement").is_empty()
        assert pl.read_csv("out/judgements.csv").is_empty(), "nothing stale stays behind"

    @pytest.mark.parametrize("command", ["compare", "run"])
    def test_a_wrong_file_is_one_line_before_any_work(self, place: Path, command: str) -> None:
        write(Path("data"), [row_of(decision="perhaps")])
        result = call(command, "in", "--out", "fresh")
        (line,) = result.stderr.splitlines()
        assert (result.exit_code, result.stdout) == (2, "")
        assert line.startswith(
            "data/judgements.csv, line 2: decision: 'perhaps' is no decision; use one of same"
        )
        assert not Path("fresh").exists()

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("same", "A"), "'same' is said of two claims, not of 1"),
            (("rejected", "A", "B"), "'rejected' is said of one claim"),
            (("corrected", "A", "--field", "size", "--value", "2"), "--field: 'size'"),
            (("corrected", "A", "--field", "value", "--value", "two"), "--value: 'two'"),
            (("rejected", "A", "--value", "2"), "--value: is given for 'rejected'"),
            (("rejected", "zzz"), "no claim has the id 'zzz'"),
        ],
    )
    def test_a_wrong_judge_is_one_line(self, place: Path, words: tuple[str, ...], said: str) -> None:
        a, b = self.ids()
        full = [{"A": a, "B": b}.get(word, word) for word in words]
        result = call("judge", *full, "--ledger", "out", "--why", "So.")
        (line,) = result.stderr.splitlines()
        assert result.exit_code == 2
        assert said in line
        assert read_judgements("data/judgements.csv") == ()

    @pytest.mark.notebook
    def test_a_run_takes_them_up_and_reports_what_no_longer_fits(self, place: Path) -> None:
        a, b = self.ids()
        call("judge", "different", a, b, "--ledger", "out", "--why", "Two floods.", "--who", "Mona")
        write_line = row_of(decision="rejected", article_a="river", quote_a="99 people")
        with Path("data/judgements.csv").open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, COLUMNS).writerow(write_line)
        result = call("run", "in", "--out", "ran")
        assert result.exit_code == 1
        assert [
            line for line in result.stderr.splitlines() if line.startswith("data/judgements.csv, line 3: ")
        ]
        told = json.loads(Path("ran/summary.json").read_text(encoding="utf-8"))["judgements"]
        assert (told["applied"], told["conflict"]) == (1, 1)
        assert tables.read_table("ran", "pairs").filter(rule="judgement").height == 1
