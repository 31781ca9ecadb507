"""Templates that read for some rows only, or for some pages: there may be nothing to load."""

from jinja2 import DictLoader, Environment

from shop.models import Order

PAID = """
{% for order in orders %}
  {% if order.total %}
    {{ order.customer.name }} # review: eager-load (read-every-time)
  {% endif %}
{% endfor %}
"""
NEIGHBOURS = """
{% for order in orders %}
  {{ loop.previtem.address.city if loop.previtem }} # review: eager-load (read-every-time)
{% endfor %}
"""
CACHED = """
{% for order in orders %}
  {% cache 300, order.id %}
    {{ order.lines|length }} # review: eager-load (read-every-time)
  {% endcache %}
{% endfor %}
"""
env = Environment(
    loader=DictLoader({"paid.html": PAID, "near.html": NEIGHBOURS, "fast.html": CACHED})
)


def paid(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("paid.html").render(orders=orders)


def neighbours(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("near.html").render(orders=orders)


def cached(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("fast.html").render(orders=orders)
