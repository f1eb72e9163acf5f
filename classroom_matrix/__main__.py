"""``python -m classroom_matrix``."""

from .cli import main

main()
