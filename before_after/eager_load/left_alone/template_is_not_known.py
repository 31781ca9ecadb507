"""A name that is worked out, a loader that is, an unknown file, rows that are given elsewhere."""

from jinja2 import DictLoader, Environment

from shop.models import Order

ROWS = "{% for o in orders %}{{ o.customer.name }}{% endfor %}"
env = Environment(loader=DictLoader({"rows.html": ROWS, "all.html": "{% include name %}"}))
strange = Environment(loader=DictLoader({"rows.html": ROWS}), **{"block_start_string": "<%"})


def any_name(session, name):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template(name).render(orders=orders)


def any_file(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("all.html").render(orders=orders, name="rows.html")


def no_file(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("gone.html").render(orders=orders)


def other_delimiters(session):
    orders = session.query(Order).order_by(Order.id).all()
    return strange.get_template("rows.html").render(orders=orders)


def other_name(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("rows.html").render(rows=orders)


def given_by_another(session, more):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("rows.html").render(**more(orders))


def streamed(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("rows.html").generate(orders=orders)
