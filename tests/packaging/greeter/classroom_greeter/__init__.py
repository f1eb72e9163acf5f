"""A plugin as somebody else would publish it."""
