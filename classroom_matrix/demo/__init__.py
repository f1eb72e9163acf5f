"""``classroom-matrix demo``: a whole class on an embedded homeserver, on this machine only."""
