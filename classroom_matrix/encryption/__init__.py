"""End-to-end encryption: the service's own device and identity, other people's devices, keys of rooms.

Olm and Megolm are vodozemac's; what is kept, when, and in which transaction, is ours. See docs/adr/0009.
"""
