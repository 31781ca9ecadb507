"""A security operations centre: attack techniques, the tests of them, and what detects them."""
