"""What the service costs, as figures beside their aims: ``python -m bench``. A harness for people, not a test."""
