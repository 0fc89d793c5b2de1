"""From a spreadsheet to a programme file: what `align import` is made of.

`read` (with `archive`, `guard`, `delimited`, `markup`) turns a file into `Grid`s; `header`, `titles` and `columns` find
out what the columns mean, or `mapping` is told; `amounts`, `codes`, `indicators` read cells; `lines` sorts the rows;
`hierarchy` puts the items together; `totals` proves that no rupiah was lost; `write_yaml` writes the result. `report`
holds what happened on the way, cell by cell; `importer` runs it all, and `ask` asks whether it is right.
"""
