"""A plugin that writes letters, for the tests of quiet hours."""
