"""A saved chart in a notebook: interactive where the viewer draws Vega-Lite, a picture everywhere else.

Altair's own output loads its libraries from the network when a notebook is exported; this one never does, and its
picture has the typeface in it, so that Arabic is shaped on a machine that has none.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reconcile.errors import InputError


@dataclass(frozen=True)
class SavedChart:
    """One chart of a run, from `charts/NAME.json` and `charts/NAME.png`."""

    directory: Path
    name: str

    def __repr__(self) -> str:
        return f"the chart '{self.name}' in {self.directory}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        spec = json.loads(self._read("json"))
        major = Path(spec["$schema"]).name.removesuffix(".json").partition(".")[0]
        picture = base64.b64encode(self._read("png")).decode()
        return {
            f"application/vnd.vegalite.{major}+json": spec,
            "image/png": picture,
            "text/plain": repr(self),
        }

    def _read(self, ending: str) -> bytes:
        path = self.directory / f"{self.name}.{ending}"
        try:
            return path.read_bytes()
        except FileNotFoundError:
            raise InputError(str(path), "the chart is missing", "run 04_report.ipynb") from None


def show_charts(directory: Path | str, names: Iterable[str]) -> None:
    """Show the saved charts of these names below the cell, in order.

    Raises:
        InputError: a chart has not been saved.
    """
    from IPython.display import display

    display(*(SavedChart(Path(directory), name) for name in names))  # type: ignore[no-untyped-call]
