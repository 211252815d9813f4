"""What came back: clicks on our own links, counts the networks tell, and what both say per campaign."""
