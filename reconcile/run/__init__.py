"""The main job: the four notebooks, executed in order, each in a clean namespace."""

from __future__ import annotations

from reconcile.run.job import NotebookError, Outcome, run
from reconcile.run.parameters import NotebookParameter, notebook_parameters, parameter_values

__all__ = ["NotebookError", "NotebookParameter", "Outcome", "notebook_parameters", "parameter_values", "run"]
