"""Settings that hold for every test: quiet dependencies, and how hard the property tests try."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

# 'quick' is repeatable, so that a red run can be run again; `make fuzz` looks for what it has not seen.
settings.register_profile("quick", max_examples=100, deadline=None, derandomize=True)
settings.register_profile(
    "fuzz", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quick")
