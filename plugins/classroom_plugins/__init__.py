"""The plugins that come with classroom-matrix. They are plugins like any other: each uses `api` and `domain` only."""
