"""What goes out to the social networks, and what comes back."""
