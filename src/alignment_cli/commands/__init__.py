"""One module for each command: read options, run, print, exit. Everything else lives elsewhere."""
