"""A policy: the named and versioned convention by which figures are read and compared, from YAML."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reconcile.errors import RuleError
from reconcile.rules.files import parse_rules

Percent = Annotated[float, Field(ge=0, le=100)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rounding(_Part):
    """From which number on, and with how many zeros at its end, a bare number counts as rounded."""

    from_: float = Field(alias="from", ge=0)
    zeros: int = Field(ge=1, le=15)


class Reading(_Part):
    """How stated bounds are widened, or narrowed to a point."""

    implicit_rounding: dict[str, Rounding]
    about_pct: dict[str, Percent]
    almost_pct: Percent
    open_bounds: Literal["stated", "point"]
    vague: Literal["stated", "low"]


class Agreement(_Part):
    """How near two figures of different witnesses must be to agree."""

    within_pct: Percent
    within_rounding: bool


class Divergence(_Part):
    """Where a gap stops being minor and where it becomes one of orders of magnitude."""

    minor_pct: Percent
    order_ratio: float = Field(gt=1)


class Witnesses(_Part):
    """What makes two reports one witness."""

    copy_score: float = Field(gt=50, le=100)
    rare_digits: int = Field(ge=2)


class Exchange(_Part):
    """How old a rate may be, and how much two converted sums may differ besides."""

    max_days: int = Field(ge=0)
    tolerance_pct: Percent


class AlarmLimits(_Part):
    """When parts were meant to add up, and how many outlets make an echo."""

    shortfall_pct: Percent
    echo_outlets: int = Field(ge=2)


class Policy(_Part):
    """One convention; `id` is what every pair and quantity carries.

    >>> load_policy("news").id, load_policy("strict").reading.implicit_rounding
    ('news-1', {})
    """

    name: str = Field(pattern=r"^[\w.-]+$")
    version: int = Field(ge=1)
    title: str
    reading: Reading
    agree: Agreement
    diverge: Divergence
    best: tuple[Literal["latest", "majority", "lowest"], ...] = Field(min_length=1)
    witness: Witnesses
    exchange: Exchange
    alarms: AlarmLimits
    look_alike_ratio: float = Field(gt=1)

    @property
    def id(self) -> str:
        return f"{self.name}-{self.version}"


def policy_names() -> list[str]:
    """The policies that come with the package.

    >>> policy_names()
    ['acled', 'gtd', 'news', 'strict']
    """
    folder = resources.files("reconcile.rules").joinpath("policies")
    return sorted(Path(file.name).stem for file in folder.iterdir() if file.name.endswith(".yml"))


def load_policy(policy: str | Path | Policy) -> Policy:
    """The policy of that name, or of the YAML file at that path.

    Raises:
        RuleError: no such policy or file, or the file breaks the schema; names file, key and mend.

    >>> load_policy("newz")
    Traceback (most recent call last):
    reconcile.errors.RuleError: newz: there is no such policy; give one of acled, gtd, news, strict, or a path...
    """
    if isinstance(policy, Policy):
        return policy
    shipped = resources.files("reconcile.rules").joinpath("policies", f"{policy}.yml")
    if str(policy) in policy_names():
        return _checked(shipped.read_text(encoding="utf-8"), f"policies/{policy}.yml")
    path = Path(policy)
    if not path.is_file():
        raise RuleError(
            str(policy),
            "there is no such policy",
            f"give one of {', '.join(policy_names())}, or a path to a .yml file",
        )
    return _checked(path.read_text(encoding="utf-8"), path.name)


def _checked(text: str, name: str) -> Policy:
    try:
        return Policy.model_validate(parse_rules(text, name))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise RuleError(
            f"{name}: {key}", first["msg"].lower(), f"write it as policies/news.yml writes {key}"
        ) from error
