"""How the service makes its sessions."""

from sqlalchemy.orm import sessionmaker

SessionLocal = sessionmaker(future=True)
