"""The event line: one card from the first idea to thanks."""
