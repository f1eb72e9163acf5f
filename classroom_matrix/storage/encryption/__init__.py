"""Tables of encryption and their SQL. All functions run in the database's thread."""
