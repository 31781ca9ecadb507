"""Rows that the session has forgotten, or left, before the template reads them."""

from jinja2 import DictLoader, Environment

from shop.models import Order

TEMPLATES = {
    "rows.html": """
{% for order in orders %}
  {{ order.customer.name }} # found: eager-load (rows-stay-loaded)
{% endfor %}
""",
}
env = Environment(loader=DictLoader(TEMPLATES))


def committed(session):
    orders = session.query(Order).order_by(Order.id).all()
    orders[0].number = "seen"
    session.commit()
    return env.get_template("rows.html").render(orders=orders)
