"""What the tests share: the database, the cast, the factories."""
