"""People's decisions on alignments: which items wait for one, asking for it, and writing it into the programme file."""
