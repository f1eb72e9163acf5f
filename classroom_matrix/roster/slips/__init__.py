"""The piece of paper with which a family gets in: words, address, page."""
