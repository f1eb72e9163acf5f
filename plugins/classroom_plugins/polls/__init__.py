"""Polls: one vote per family, the last one counting."""
