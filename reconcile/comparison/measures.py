"""What the comparison asks of the measure rules: a measure's family, what it is a part of, and how it is called."""

from __future__ import annotations

import polars as pl

from reconcile.rules.measures import ancestors, load_measures

MEASURES: dict[str, pl.DataType] = {
    "measure": pl.String(),
    "family": pl.String(),
    "depth": pl.Int64(),
    "measure_unit": pl.String(),
    "measure_en": pl.String(),
    "measure_ar": pl.String(),
}
CONTAINED: dict[str, pl.DataType] = {"measure": pl.String(), "wider": pl.String()}


def measure_table() -> pl.DataFrame:
    """One row a measure of the rules: `MEASURES`; its family is the widest measure that holds it, its depth
    how many do; its unit is given if it has but one.

    >>> measure_table().filter(pl.col("measure") == "funds_seized").select("family", "depth").rows()
    [('funds_identified', 2)]
    """
    known = load_measures()
    rows = []
    for name, measure in known.items():
        wider, units = ancestors(name, known), measure.unit
        labels = (measure.labels.get("en"), measure.labels.get("ar"))
        rows.append((name, (name, *wider)[-1], len(wider), units[0] if len(units) == 1 else None, *labels))
    return pl.DataFrame(rows, schema=MEASURES, orient="row")


def containments() -> pl.DataFrame:
    """Each measure with each wider measure that holds it: `measure, wider`.

    >>> containments().filter(pl.col("measure") == "funds_seized").get_column("wider").sort().to_list()
    ['funds_frozen', 'funds_identified']
    """
    known = load_measures()
    rows = [(name, wider) for name in known for wider in ancestors(name, known)]
    return pl.DataFrame(rows, schema=CONTAINED, orient="row")
