"""The books of a tool library."""
