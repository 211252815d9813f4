"""Nothing leaves that two people did not see exactly as it leaves."""
