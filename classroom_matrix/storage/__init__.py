"""The one database: its thread, its tables, and the queries of the core."""
