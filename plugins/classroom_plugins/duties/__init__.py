"""Duties: who does what for an occasion or a week, shared fairly over the school year."""
