"""Measuring: labelled items in, hit rates out, beside baselines on the same rows."""
