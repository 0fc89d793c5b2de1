"""Reports: the figures of a region, views of them as tables, and the forms that show the views."""
