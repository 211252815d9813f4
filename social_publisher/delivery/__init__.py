"""The ledger at work: arm, send, settle. A post leaves once, whatever is killed when."""
