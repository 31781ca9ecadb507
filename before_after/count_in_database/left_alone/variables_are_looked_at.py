"""The function hands on all of its variables, and the rows are among them."""

from flask import render_template

from shop.models import Customer


def customers(session):
    customers = session.query(Customer).order_by(Customer.id).all()
    count = len(customers)
    return render_template("customers.html", **locals())
