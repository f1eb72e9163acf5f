"""The accounts process: the only part of the house that holds the homeserver's admin power (docs/reference/accounts.md)."""
