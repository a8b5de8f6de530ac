"""The report: one self-contained page for a reader who will not open the tables."""

from reconcile.report.page import write_report

__all__ = ["write_report"]
