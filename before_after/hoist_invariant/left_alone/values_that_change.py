"""Each query makes a dict of its own of a JSON column, and the loop may change it."""

from sqlalchemy import JSON, Column, Integer, String
from sqlalchemy.orm import declarative_base

from shop.models import Order

Base = declarative_base()


class Setting(Base):
    __tablename__ = "settings"

    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    data = Column(JSON)


def settings_of_orders(session):
    found = []
    for order in session.query(Order).order_by(Order.id):
        data = session.query(Setting.data).filter(Setting.name == "order").first().data  # review: hoist-invariant (row-values)
        data["order"] = order.id
        found.append(data)
    return found
