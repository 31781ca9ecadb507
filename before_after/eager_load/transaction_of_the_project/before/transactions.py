"""Where transactions begin and end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """Commit what is done inside, or nothing of it."""
    try:
        yield session
        session.commit()
    except Exception:
        session.rollback()
        raise
