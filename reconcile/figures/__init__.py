"""Figures: every number of a text with its unit, its bounds, its hedge and its span."""

from reconcile.figures.figure import Figure
from reconcile.figures.find import find_figures

__all__ = ["Figure", "find_figures"]
