"""A plugin with dated things, for the tests of calendars."""
