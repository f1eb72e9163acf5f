"""Consultations: slots of time that families book, and written conversations in the desk (`written`)."""
