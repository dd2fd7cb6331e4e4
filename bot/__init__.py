"""Floor 5: the only room with windows. Network, database, environment, clock and randomness live here."""
