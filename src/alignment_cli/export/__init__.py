"""From checked files to tables that other programs read: what `align export` is made of.

`columns` says what stands in a row, `cells` how a value stands in a cell; `csv_`, `workbook`, `lines` and `parquet`
each write one format. `sheet.exported` reads CSV and XLSX back without loss.
"""
