"""The bulk methods are legacy on SQLAlchemy 2.0; what takes their place is not the same."""

# pyproject: sqlalchemy = ">=2.0"

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base

from shop.models import Tag

Base = declarative_base()


class Vehicle(Base):
    __tablename__ = "vehicles"

    id = Column(Integer, primary_key=True)


class Truck(Vehicle):
    __tablename__ = "trucks"

    id = Column(ForeignKey("vehicles.id"), primary_key=True)
    load = Column(Integer)


def imported(session, mappings):
    session.bulk_insert_mappings(Tag, mappings)  # review: modernize-loading (rows-listed)
    return session.query(Tag).count()


def named(session, names):
    rows = [{"name": name} for name in names]
    session.bulk_insert_mappings(Tag, rows)  # review: modernize-loading (flushed-before)


def of_two_tables(session, rows):
    session.bulk_insert_mappings(Truck, rows)  # found: modernize-loading (class-alone)


def with_defaults(session, rows):
    session.bulk_insert_mappings(Tag, rows, return_defaults=True)  # found: modernize-loading


def changed(session, tags, rows):
    session.bulk_save_objects(tags)  # found: modernize-loading
    session.bulk_update_mappings(Tag, rows)  # found: modernize-loading
