"""A plugin that lets polls decide, for the tests of the contract between them."""
