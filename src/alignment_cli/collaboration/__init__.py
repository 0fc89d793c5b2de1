"""Collaboration: partners of programmes, resolved, expected, one-sided, and as a graph of offices."""
