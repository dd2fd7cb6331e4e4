"""Floor 3: what must be said, to whom and when."""
