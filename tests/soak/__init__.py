"""The whole of delivery under random kills, restarts and storms."""
