"""What a template mentions is not always read: an overridden block, a macro, a lazy filter."""

from jinja2 import DictLoader, Environment

from shop.models import Order

TEMPLATES = {
    "layout.html": "{% block body %}{% for o in orders %}{{ o.lines|length }}{% endfor %}{% endblock %}",
    "keys.html": "{% extends 'layout.html' %}{% block body %}{{ orders|map(attribute='number')|join }}"
    "{% for o in orders %}{{ o.customer_id }}{% endfor %}{% endblock %}",
    "unused.html": "{% macro name(o) %}{{ o.customer.name }}{% endmacro %}{% set names ="
    " orders|map(attribute='customer.name') %}{% for o in orders %}{{ o.number }}{% endfor %}",
    "first.html": "{{ (orders|first).customer.name }}{{ orders|map(attribute='address')|first }}",
    "hidden.html": "{% for o in orders %}{% block row %}{{ o.customer.name }}{% endblock %}{% endfor %}",
    "apart.html": "{% for o in orders %}{% include '_row.html' without context %}{% endfor %}",
    "_row.html": "{{ o.customer.name }}",
    "comment.html": "{% for o in orders %}{# {{ o.customer }} #}{% raw %}{{ o.lines }}{% endraw %}"
    "{{ o.number }}{% endfor %}",
}
env = Environment(loader=DictLoader(TEMPLATES))


def overridden(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("keys.html").render(orders=orders)


def not_called(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("unused.html").render(orders=orders)


def once(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("first.html").render(orders=orders)


def not_in_the_block(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("hidden.html").render(orders=orders)


def not_in_the_other_file(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("apart.html").render(orders=orders)


def only_text(session):
    orders = session.query(Order).order_by(Order.id).all()
    return env.get_template("comment.html").render(orders=orders)
