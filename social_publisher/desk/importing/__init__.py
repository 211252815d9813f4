"""Posts from a spreadsheet, and posts as one: CSV and XLSX of the same columns, either way."""
