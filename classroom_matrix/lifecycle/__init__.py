"""Out again: leaving, the next school year, erasure, export. What the commands of `terminal.leaving` do.

Each is safe to kill anywhere and to repeat: first the database says what shall be, then the homeserver is asked until it is
so, and every request may be made again.
"""
