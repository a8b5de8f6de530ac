"""Learn what each level of the linking model weighs, and write it into `reconcile/rules/linking/model.yml`.

Usage: make train   (reads reports grouped by incident from ../shared and tests/corpus; takes some minutes)

One logistic regression over the levels of all comparisons, every domain with the same say whatever its size: bits that
are fitted together do not count twice what two comparisons both see. Bounds keep each weight readable: along ordered
levels it only rises, and it is nothing where the two kinds of pairs are equally frequent; so no level that an
editor would
take for agreement weighs against, and unknown is nothing.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml

from reconcile.articles.language import detect_language
from reconcile.claims import extract
from reconcile.evidence import evidence
from reconcile.linking.features import candidate_pairs, features, together
from reconcile.linking.model import UNKNOWN, Model, load_model, weighed
from reconcile.linking.reports import gathered

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
MODEL = ROOT / "reconcile" / "rules" / "linking" / "model.yml"
SAY = {"stories": 1.2, "occasions": 1.0, "topics": 1.0, "strikes": 2.0, "shootings": 1.0}  # of each domain
SCATTERED = ("stories", "occasions")  # domains whose incidents lie far apart in time
ALIKE, UNALIKE = 4_000.0, 60_000.0  # what the pairs of one incident, and of two, count for in each domain
RIDGE = 1.0
BITS = np.log(2)
Array = np.ndarray[Any, np.dtype[np.float64]]


def domains() -> Iterator[tuple[str, pl.DataFrame]]:
    """The articles of each domain with their `incident`."""
    for name in ("shootings", "topics", "strikes"):
        with gzip.open(SHARED / "linkage" / f"{name}.jsonl.gz", "rt", encoding="utf8") as lines:
            yield name, frame([json.loads(line) for line in lines])
    stories = (SHARED / "stories" / "disasters.jsonl").read_text(encoding="utf8").splitlines()
    yield (
        "stories",
        frame([a | {"incident": s["id"]} for s in map(json.loads, stories) for a in s["articles"]]),
    )
    yield "occasions", frame(list(occasions()))


def occasions() -> Iterator[dict[str, Any]]:
    """Our own pairs of reports: of one incident where they may be compared, of two where an event or a place
    sets them apart."""
    for path in sorted((ROOT / "tests" / "corpus" / "occasions").glob("*.yml")):
        for pair in yaml.safe_load(path.read_text(encoding="utf8")):
            apart = pair.get("reason") in ("event", "place")
            if not apart and not {"not_comparable", "undetermined"}.isdisjoint(pair["verdict"].split("|")):
                continue
            for side in "ab":
                text = pair[side]["text"].replace("⟦", "").replace("⟧", "")
                story = f"{path.stem}/{pair['id']}"
                yield {"article_id": f"{story}/{side}", "incident": f"{story}/{side}" if apart else story, "text": text,
                       "language": detect_language(text), "published": pair[side].get("published")}  # fmt: skip


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Articles as the commands read them: the title before the text."""
    told = []
    for row in rows:
        day = row.get("published")
        title = row.get("title")
        told.append(
            {**{name: row.get(name) for name in ("article_id", "incident", "language", "title")},
             "text": (f"{title}\n\n" if title else "") + row["text"],
             "published": date.fromisoformat(day) if isinstance(day, str) else day}
        )  # fmt: skip
    types = {name: pl.String() for name in ("article_id", "incident", "language", "title", "text")}
    return pl.DataFrame(told, schema={**types, "published": pl.Date()})


def pairs_of(name: str, articles: pl.DataFrame, model: Model) -> pl.DataFrame:
    """The pairs of reports of a domain: `level.NAME` of each comparison, `same`, and the incidents of both."""
    numbered = articles.with_row_index("report").with_columns((pl.col("language") == "ar").alias("arabic"))
    key = numbered.select("article_id", "report")
    told = gathered(
        evidence(articles).join(key, on="article_id"), extract(articles).join(key, on="article_id"), numbered
    )
    found = features(told, candidate_pairs(told))
    if name == "strikes":  # each is dated by its strike, which news is not: most pairs do not see that day
        hidden = (pl.col("a") * 7 + pl.col("b")) % 3 > 0
        found = found.with_columns(
            pl.when(hidden).then(pl.lit(UNKNOWN)).otherwise("published").alias("published")
        )
    of = numbered.select("report", "incident")
    found = found.join(of, left_on="a", right_on="report").join(
        of, left_on="b", right_on="report", suffix="_b"
    )
    if name in SCATTERED:
        found = pl.concat([found, _of_the_same_days(found)])
    levels = [f"level.{c.name}" for c in model.comparisons]
    return weighed(found, model).select(
        *levels, "incident", "incident_b", (pl.col("incident") == pl.col("incident_b")).alias("same"),
        pl.lit(name).alias("domain"),
    )  # fmt: skip


def _of_the_same_days(found: pl.DataFrame) -> pl.DataFrame:
    """The pairs of two incidents again, as if they were news of the same days: days and publication as pairs of one
    incident have them. Invented incidents lie years apart, and of such days only would tell everything."""
    one = (
        found.filter(pl.col("incident") == pl.col("incident_b"))
        .select("day", "published")
        .sample(fraction=1.0, shuffle=True, seed=1)
    )
    two = found.filter(pl.col("incident") != pl.col("incident_b"))
    turn = pl.Series([at % one.height for at in range(two.height)], dtype=pl.UInt32)
    return two.with_columns(
        one.get_column(name).gather(turn).alias(name) for name in one.columns
    ).with_columns(together())


def fitted(
    pairs: pl.DataFrame, model: Model, free: frozenset[str], at_most: dict[str, dict[str, float]] | None = None
) -> tuple[float, dict[str, list[float]]]:
    """The prior and the bits of each level of each comparison."""
    from scipy.optimize import minimize

    same = pairs.get_column("same").to_numpy().astype(float)
    weight = _weights(pairs)
    columns: list[Array] = [np.ones(len(same))]
    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    raises: list[tuple[str, range]] = []
    for c in model.comparisons:
        level = pairs.get_column(f"level.{c.name}").fill_null(-1).to_numpy()
        count = len(c.levels)
        alike = np.array([weight[(level == k) & (same == 1)].sum() for k in range(count)]) + 1
        unalike = np.array([weight[(level == k) & (same == 0)].sum() for k in range(count)]) + 1
        ratio = np.log((alike / alike.sum()) / (unalike / unalike.sum()))
        most = [(at_most or {}).get(c.name, {}).get(level) for level in c.levels]
        for reach, bound in _steps(ratio, c.name in free, most):
            columns.append(np.isin(level, list(reach)).astype(float))
            bounds.append(bound)
            raises.append((c.name, reach))
    matrix = np.array(columns).T

    def loss(bits: Array) -> tuple[float, Array]:
        sums = matrix @ bits
        likely = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
        ridge = RIDGE * bits
        ridge[0] = 0.0
        lost = float((weight * (np.logaddexp(0, sums) - same * sums)).sum() + (ridge * bits).sum() / 2)
        return lost, matrix.T @ (weight * (likely - same)) + ridge

    start = np.zeros(matrix.shape[1])
    found = (
        minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}).x / BITS
    )
    bits = {c.name: [0.0] * len(c.levels) for c in model.comparisons}
    for (name, reach), value in zip(raises, found[1:], strict=True):
        for k in reach:
            bits[name][k] += float(value)
    return float(found[0]), bits


def _steps(
    ratio: Array, free: bool, at_most: list[float | None]
) -> Iterator[tuple[range, tuple[float | None, float | None]]]:
    """Levels that a weight is for, with its bounds: each alone by the sign of its ratio; or ordered ones, up to
    or from a
    level, on both sides of the one at which the two kinds of pairs are equally frequent."""
    count = len(ratio)
    if free:
        for k in range(count):
            yield range(k, k + 1), (None, None) if count < 8 else ((0, None) if ratio[k] > 0 else (None, 0))
        return
    neutral = next((k for k in range(count) if ratio[k] >= 0), count - 1)
    if neutral > 0 and abs(ratio[neutral - 1]) < abs(ratio[neutral]):
        neutral -= 1
    neutral = max(neutral, sum(most is not None for most in at_most))
    for k in range(neutral):
        less = (at_most[k] or 0.0) - (at_most[k + 1] or 0.0 if k + 1 < count else 0.0)
        yield range(k + 1), (None, less * float(BITS))
    for k in range(neutral + 1, count):
        yield range(k, count), (0, None)


def _weights(pairs: pl.DataFrame) -> Array:
    total = pl.when("same").then(ALIKE).otherwise(UNALIKE) / pl.len().over("domain", "same")
    say = pl.col("domain").replace_strict(SAY, default=1.0, return_dtype=pl.Float64)
    return pairs.select((total * say).alias("weight")).to_series().to_numpy()


def write(prior: float, bits: dict[str, list[float]], domains: list[str]) -> None:
    """Put the bits into the model file; its comments and its order stay."""
    lines = MODEL.read_text(encoding="utf8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    rules = yaml.safe_load("\n".join(lines))
    rules["learned_from"], rules["prior_bits"] = domains, round(prior, 2)
    for name, values in bits.items():
        rules["comparisons"][name]["bits"] = [round(value, 2) + 0.0 for value in values]
    comparisons = rules.pop("comparisons")
    text = yaml.safe_dump(rules, sort_keys=False, allow_unicode=True, default_flow_style=None, width=116)
    for name, spec in comparisons.items():
        dumped = yaml.safe_dump(
            {name: spec}, sort_keys=False, allow_unicode=True, default_flow_style=None, width=112
        )
        text += ("comparisons:\n" if name == next(iter(comparisons)) else "") + "".join(
            f"  {line}\n" for line in dumped.splitlines()
        )
    MODEL.write_text("\n".join(head) + "\n" + text, encoding="utf8")


def main() -> None:
    if not (SHARED / "linkage").is_dir():
        sys.exit(
            "../shared/linkage: the reports to learn from are not here; the weights in model.yml stay as they are"
        )
    model = load_model()
    specs = yaml.safe_load(MODEL.read_text(encoding="utf8"))["comparisons"]
    free = frozenset(name for name, spec in specs.items() if spec.get("free"))
    learned = []
    for name, articles in domains():
        pairs = pairs_of(name, articles, model)
        learned.append(pairs)
        print(f"{name}: {articles.height} reports, {pairs.height} pairs, {pairs['same'].sum()} of one incident")
    prior, bits = fitted(pl.concat(learned), model, free, {n: s["at_most"] for n, s in specs.items() if "at_most" in s})
    # The weights of the two kinds are no odds: before anything is known, two reports are as soon of one incident
    # as of two.
    prior += float(np.log2(UNALIKE / ALIKE))
    write(prior, bits, sorted({pairs.item(0, "domain") for pairs in learned}))


if __name__ == "__main__":
    main()
