"""A calm, closed, self-hosted group for a school class on Matrix."""

__version__ = "0.1.0"
