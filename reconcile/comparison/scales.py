"""Scales: physical units and units of time brought to one base, so that hectares meet square kilometres."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from reconcile.rules.files import load_rules

if TYPE_CHECKING:
    from pint import UnitRegistry

MEASURED = ("quantity", "duration")
SECTIONS = ("physical", "duration")
SCALES: dict[str, pl.DataType] = {"unit": pl.String(), "base": pl.String(), "scale": pl.Float64()}


def scales(units: list[str]) -> pl.DataFrame:
    """`unit, base, scale` of each unit that pint knows: so many base units make one. Others are left out.

    Temperatures and pure numbers have no scale that multiplies, and are left out as well.

    >>> scales(["hectare", "square kilometre", "sack"]).rows()
    [('hectare', 'meter ** 2', 10000.0), ('square kilometre', 'meter ** 2', 1000000.0)]
    >>> [base for _, base, _ in scales(["barrel", "barrel per day"]).rows()]
    ['meter ** 3', 'meter ** 3 / second']
    """
    found = [(unit, *scaled) for unit in units if (scaled := _scale(unit)) is not None]
    return pl.DataFrame(found, schema=SCALES, orient="row")


def with_base_units(stated: pl.DataFrame) -> pl.DataFrame:
    """Bring `number, low, high, read_low, read_high` and `unit` of quantities and durations to base units.

    Keeps what was said as `said_number, said_low, said_high, said_unit`, and adds `scale` (1 where nothing changes).
    Where only one such unit occurs there is nothing to bring together, and pint is not asked.
    """
    said = [pl.col(name).alias(f"said_{name}") for name in ("number", "low", "high", "unit")]
    measured = pl.col("kind").is_in(MEASURED)
    units = stated.filter(measured).get_column("unit").drop_nulls().unique().sort().to_list()
    known = scales(units) if len(units) > 1 else pl.DataFrame(schema=SCALES)
    joined = stated.with_columns(said).join(known, on="unit", how="left", maintain_order="left")
    scale = pl.when(measured).then("scale").fill_null(1.0)
    return joined.with_columns(
        *(pl.col(name) * scale for name in ("number", "low", "high", "read_low", "read_high")),
        pl.when(measured).then(pl.coalesce("base", "unit")).otherwise("unit").alias("unit"),
        scale.alias("scale"),
    ).drop("base")


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """What pint is to make of a unit, where `units.yml` says so."""
    rules = load_rules("units.yml")
    listed = (unit for section in SECTIONS for unit in (rules.get(section) or {}).items())
    return {name: fields["pint"] for name, fields in listed if fields.get("pint")}


def _scale(unit: str) -> tuple[str, float] | None:
    """The base units of one such unit and how many of them it is; None where pint knows none."""
    spelled = _spellings().get(unit)
    for name in (spelled,) if spelled is not None else _expressions(unit):
        based = _in_base(name)
        if based is not None:
            return based
    return None


def _expressions(unit: str) -> tuple[str, ...]:
    """What pint may know a unit by: its name, its American spelling, and a rate as a division."""
    amount, per, time = unit.rpartition(" per ")
    if per:
        spelled = _spellings().get(amount)
        amounts = (spelled,) if spelled is not None else _expressions(amount)
        return tuple(f"({name}) / {time}" for name in amounts)
    key = unit.replace(" ", "_")
    return key, key.replace("metre", "meter").replace("litre", "liter")


def _in_base(expression: str) -> tuple[str, float] | None:
    import pint

    try:
        one = 1 * _registry().parse_expression(expression)
        based = one.to_base_units()
    except (pint.PintError, pint.DefinitionSyntaxError, AttributeError, ValueError):
        return None
    return None if based.dimensionless else (str(based.units), float(based.magnitude))


@lru_cache(maxsize=1)
def _registry() -> UnitRegistry[float]:
    import pint

    return pint.UnitRegistry(autoconvert_offset_to_baseunit=False)
