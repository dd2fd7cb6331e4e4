"""Floor 1: what a village square offers, and how its people say it. Imports nothing of Dorpsbode."""
