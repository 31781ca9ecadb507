"""A template that reads for some rows only, or for some pages: there may be nothing to load."""

from jinja2 import DictLoader, Environment

from shop.models import Order

ROWS = """
{% for order in orders %}
  {% if order.total %}
    {{ order.customer.name }} # review: eager-load (read-every-time)
  {% endif %}
  {{ loop.previtem.address.city if loop.previtem }} # review: eager-load (read-every-time)
  {% cache 300, order.id %}
    {{ order.lines|length }} # review: eager-load (read-every-time)
  {% endcache %}
{% endfor %}
"""
env = Environment(loader=DictLoader({"rows.html": ROWS}))


def page(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("rows.html").render(orders=orders)
