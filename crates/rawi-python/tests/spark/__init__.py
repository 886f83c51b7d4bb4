"""Tests with Spark and other engines, which `run` runs."""
