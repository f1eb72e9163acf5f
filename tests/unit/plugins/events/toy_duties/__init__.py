"""A plugin that keeps roles, and serves the contract between events and duties with as little as possible."""
