"""Random programs, run before and after the tool's safe fixes, on the same data."""
