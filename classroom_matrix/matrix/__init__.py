"""Everything that knows Matrix: requests, event shapes, sources of events. The only place that may import nio."""
