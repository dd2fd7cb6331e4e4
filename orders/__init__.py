"""Floor 2: what was agreed. Orders, payments and courier runs, and the rules between their states."""
