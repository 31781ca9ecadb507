"""What a dict had under a name may be another thing by the time the template is rendered."""

from jinja2 import DictLoader, Environment

from shop.models import Order
from somewhere import completed

ROWS = "{% for o in orders %}{{ o.customer.name }}{% endfor %}"
env = Environment(loader=DictLoader({"rows.html": ROWS}))


def render(name, context):
    template = env.get_template(name)
    return template.render(context)


def overwritten(session):
    context = {"title": "Orders"}
    context["orders"] = session.query(Order).order_by(Order.id).all()
    context["orders"] = []
    return render("rows.html", context)


def by_any_name(session, name):
    context = {"title": "Orders"}
    context["orders"] = session.query(Order).order_by(Order.id).all()
    context[name] = []
    return render("rows.html", context)


def completed_elsewhere(session):
    context = {"title": "Orders"}
    context["orders"] = session.query(Order).order_by(Order.id).all()
    completed(context)
    return render("rows.html", context)


def updated(session, more):
    context = {"title": "Orders"}
    context["orders"] = session.query(Order).order_by(Order.id).all()
    context.update(more)
    return render("rows.html", context)


def any_template(session, name):
    context = {"title": "Orders"}
    context["orders"] = session.query(Order).order_by(Order.id).all()
    return render(name, context)
