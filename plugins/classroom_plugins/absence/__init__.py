"""Absence: a family says who is away and until when; the teacher has the list in the morning."""
