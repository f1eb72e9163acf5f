"""Pure rules and shapes: no await, no clock, no Matrix library, no database."""
