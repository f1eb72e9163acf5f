"""What families are asked: proposals and swaps, and what is known of them for that."""
