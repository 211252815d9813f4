"""What an operator sees: logs, health, numbers. Decision 61."""
