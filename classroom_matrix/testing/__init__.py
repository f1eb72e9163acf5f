"""What tests and the demo are made with: fakes, an embedded homeserver, plain clients. Shipped with the package."""
