"""A page that extends a layout and includes a partial, which reads what belongs to each row."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.models import Order, OrderLine

env = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"))


def page(session):
    orders = session.scalars(
        select(Order)
        .options(
            selectinload(Order.customer), selectinload(Order.lines).selectinload(OrderLine.product)
        )
        .order_by(Order.id)
    ).all()
    return env.get_template("orders.html").render(orders=orders, title="Orders")
