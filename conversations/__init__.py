"""Floor 4: who says what next."""
