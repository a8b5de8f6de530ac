"""Build hook: a wheel carries notebooks, expectations and data, so that it runs without a checkout.

An editable install carries none: there `reconcile.resources` finds the folders of the checkout, never a stale copy.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("notebooks", "expectations", "data")


class PackResources(BuildHookInterface):  # type: ignore[type-arg]
    """Adds each folder to a wheel as `reconcile/_<folder>`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for folder in FOLDERS:
            build_data["force_include"][str(Path(self.root, folder))] = f"reconcile/_{folder}"
