"""How facts become decisions and decisions become effects."""
