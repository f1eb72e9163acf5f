"""Two plugins with things to say to a household, for the tests of the digest and of "what's new"."""
