"""A shop on Flask-SQLAlchemy."""

REQUIRES = {"sqlalchemy": "2.0"}
