"""What came back, as reports, files and keys to it: everything that leaves the desk for a funder or an auditor."""
