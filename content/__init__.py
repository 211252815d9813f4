"""What the reader reads: facts in records, prose in pages."""
