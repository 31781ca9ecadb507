"""Indexes that only the migrations know, by Alembic's functions or in SQL."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Car(Base):
    __tablename__ = "cars"

    id = Column(Integer, primary_key=True)
    plate = Column(String(20))
    maker = Column(String(20))
    colour = Column(String(20))
    year = Column(Integer)


def upgrade(op, sa):
    op.create_index(op.f("ix_cars_plate"), "cars", ["plate", "year"], unique=False)
    with op.batch_alter_table("cars", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cars_maker"), ["maker"])
        batch_op.create_index("ix_cars_year", [sa.text("year DESC")])
    op.execute("CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_colour ON cars USING btree (colour)")


def asked(session, value):
    return [
        session.query(Car).filter(Car.plate == value).all(),
        session.query(Car).filter(Car.maker == value).all(),
        session.query(Car).filter(Car.colour == value).all(),
        session.query(Car).filter(Car.year > value).all(),
    ]
