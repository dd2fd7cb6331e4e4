"""Tables, repositories and migrations: the database behind everything."""
