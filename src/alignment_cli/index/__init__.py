"""The look-up index: compiled from `data/` once, read without parsing."""
