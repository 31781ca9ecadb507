"""How the shop names what it shows."""

KINDS = {"new": "New here", "old": "Regular"}
ROLES = (("admin", "runs the shop"), ("staff", "works here"))
