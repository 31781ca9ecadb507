"""A page that extends a layout and includes a partial, which reads what belongs to each row."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from sqlalchemy import select

from shop.models import Order

env = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"))


def page(session):
    orders = session.scalars(select(Order).order_by(Order.id)).all()
    return env.get_template("orders.html").render(orders=orders, title="Orders")
