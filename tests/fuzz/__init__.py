"""Fuzzing: seeds, a mutator that knows the shape of the input, and what must hold whatever comes in."""
