"""Comparison: which figures meet, and what they say to each other."""

from reconcile.comparison.compare import Comparison, compare
from reconcile.comparison.flips import FLIPS, flips
from reconcile.comparison.policy import Policy, load_policy, policy_names

__all__ = ["FLIPS", "Comparison", "Policy", "compare", "flips", "load_policy", "policy_names"]
