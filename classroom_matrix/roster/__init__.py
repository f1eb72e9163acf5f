"""People, families and households: from what the office has to the service's own tables."""
