"""What the rows of a CSV file are written to is the project's own, and may use the session."""

import csv

from shop.models import Order, Tag


class Notes:
    def __init__(self, session):
        self.session = session

    def write(self, text):
        self.session.add(Tag(name=text))
        self.session.commit()


def exported(session, out):
    writer = csv.writer(out)
    for order in session.query(Order).order_by(Order.id):
        writer.writerow([order.number, order.customer.name])  # review: eager-load (calls-known)


def written(session, out):
    for order in session.query(Order).order_by(Order.id):
        out.write(order.customer.name)  # review: eager-load (calls-known)
