"""The base of all models."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class PkModel(Base):
    __abstract__ = True

    id = Column(Integer, primary_key=True)


def reference_col(tablename, nullable=False, pk_name="id", **kwargs):
    """A column that leads to another table."""
    return Column(ForeignKey(f"{tablename}.{pk_name}"), nullable=nullable, **kwargs)
