"""Decisions by spreadsheet: a workbook to be filled in, and reading it back into the programme files."""
