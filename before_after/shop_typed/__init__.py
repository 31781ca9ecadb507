"""A small shop in the style of SQLAlchemy 2.0."""

REQUIRES = {"sqlalchemy": "2.0"}
