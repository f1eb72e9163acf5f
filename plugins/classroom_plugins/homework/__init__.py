"""Homework: one card a day, study questions, and the list for pupils who are away."""
