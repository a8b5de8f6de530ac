"""Comparison: which figures meet, and what they say to each other."""

from reconcile.comparison.against import Against, compare_with_ledger
from reconcile.comparison.compare import Comparison, compare
from reconcile.comparison.flips import FLIPS, flips
from reconcile.comparison.policy import Policy, load_policy, policy_names

__all__ = [
    "FLIPS",
    "Against",
    "Comparison",
    "Policy",
    "compare",
    "compare_with_ledger",
    "flips",
    "load_policy",
    "policy_names",
]
