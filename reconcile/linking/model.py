"""The model: a declared list of comparisons, each with its levels and what each level weighs in bits.

After Fellegi and Sunter (1969) and Splink's comparison levels: a weight is log2 of how much more often a level is seen
between reports of one incident than between others. What a text leaves out is no level and weighs nothing. The weights
are learned (`make train`) and kept in `rules/linking/model.yml`; nothing is learned at run time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Any

import polars as pl

from reconcile.rules.files import load_rules

UNKNOWN = "unknown"
DIGITS = 6  # of bits and probabilities: those behind depend on the order in which threads add up


@dataclass(frozen=True)
class Comparison:
    """One question about two reports: which column of the features answers it, in which settings it is asked, and its
    levels with their bits. `starts` are the values at which each level after the first begins; without them the column
    holds the level's name."""

    name: str
    asks: str
    setting: str | None
    words: str
    levels: tuple[str, ...]
    starts: tuple[float, ...] | None
    bits: tuple[float, ...]
    content: bool

    @property
    def level(self) -> pl.Expr:
        """The number of the level of a pair of reports; null where the question is not asked or not answered."""
        column = pl.col(self.asks)
        if self.starts is None:
            found = column.replace_strict(
                dict(zip(self.levels, range(len(self.levels)), strict=True)), default=None
            )
        else:
            found = pl.when(column.is_not_null()).then(
                pl.sum_horizontal(pl.lit(0), *((column >= start).cast(pl.Int32) for start in self.starts))
            )
        if self.setting is not None:
            found = pl.when(pl.col("setting").str.contains(self.setting, literal=True)).then(found)
        return found.cast(pl.Int32)

    def weight(self, level: pl.Expr) -> pl.Expr:
        """The bits of a level; nothing where it is unknown."""
        return level.replace_strict(dict(enumerate(self.bits)), default=0.0, return_dtype=pl.Float64)


@dataclass(frozen=True)
class Model:
    """The comparisons and what two reports of a folder weigh before anything is known of them; the probability from
    which two reports are of one incident, and up to which of two; and how much two groups of reports must have
    in common,
    on the mean and at best, to be one."""

    version: int
    prior: float
    same: float
    other: float
    mean_bits: float
    best_bits: float
    content_bits: float
    lasting: tuple[str, ...]
    rare_kinds: tuple[str, ...]
    few: float
    few_bits: float
    comparisons: tuple[Comparison, ...]


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The model of `rules/linking/model.yml`.

    >>> "names in title and lead" in {c.words for c in load_model().comparisons}
    True
    """
    return parse_model(load_rules("linking/model.yml"))


def parse_model(rules: dict[str, Any]) -> Model:
    """A model from its rules."""
    return Model(
        version=rules["version"],
        prior=float(rules["prior_bits"]),
        same=float(rules["same_from"]),
        other=float(rules["other_to"]),
        mean_bits=float(rules["mean_bits"]),
        best_bits=float(rules["best_bits"]),
        content_bits=float(rules["content_bits"]),
        lasting=tuple(rules["lasting"]),
        rare_kinds=tuple(rules["rare_kinds"]),
        few=float(rules["few_reports"]),
        few_bits=float(rules["few_bits"]),
        comparisons=tuple(_comparison(name, spec) for name, spec in rules["comparisons"].items()),
    )


def _comparison(name: str, spec: dict[str, Any]) -> Comparison:
    starts = spec.get("starts")
    if starts is None:
        levels = tuple(str(level) for level in spec["levels"])
    else:
        levels = (f"under {starts[0]:g}", *(f"from {start:g}" for start in starts))
    bits = tuple(float(b) for b in spec.get("bits") or [0.0] * len(levels))
    if len(bits) != len(levels):
        raise ValueError(
            f"linking/model.yml: {name}: {len(levels)} levels, but {len(bits)} bits; give each level one"
        )
    starts = None if starts is None else tuple(float(start) for start in starts)
    return Comparison(
        name,
        spec["asks"],
        spec.get("setting"),
        spec["words"],
        levels,
        starts,
        bits,
        bool(spec.get("content")),
    )


def prior_of(reports: int, model: Model) -> float:
    """What two of so many reports weigh before anything is known of them: few were put together for one thing.

    >>> model = load_model()
    >>> prior_of(2, model) > prior_of(12, model) > prior_of(300, model) == model.prior
    True
    """
    return model.prior + model.few_bits * max(0.0, log2(model.few / max(2, reports)))


def weighed(features: pl.DataFrame, model: Model, reports: int | None = None) -> pl.DataFrame:
    """Add to the features of pairs the level of each comparison (`level.NAME`), `bits`, the sum of what they
    weigh and of
    the prior, the `probability` that it stands for, and `bare`: that they share hardly more than a country and a
    day."""
    levels = features.with_columns(c.level.alias(f"level.{c.name}") for c in model.comparisons)
    weights = {c.name: c.weight(pl.col(f"level.{c.name}")) for c in model.comparisons}
    told = [weights[c.name].clip(lower_bound=0.0) for c in model.comparisons if c.content]
    bits = pl.sum_horizontal(pl.lit(model.prior if reports is None else prior_of(reports, model)), *weights.values())
    bare = pl.sum_horizontal(pl.lit(0.0), *told) < model.content_bits
    return levels.with_columns(bits.alias("bits"), bare.alias("bare")).with_columns(
        (1 / (1 + (-pl.col("bits") * pl.lit(2.0).log()).exp())).round(DIGITS).alias("probability")
    )
