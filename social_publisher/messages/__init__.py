"""Pure text: counting, links, rendering for each network. Knows no model, no database, no network."""
