"""Benchmarks of the engine, of comparing and of validating: measured by hand, never in a test."""
