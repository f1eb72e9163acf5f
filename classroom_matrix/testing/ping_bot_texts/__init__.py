"""Texts of the ping-bot."""
