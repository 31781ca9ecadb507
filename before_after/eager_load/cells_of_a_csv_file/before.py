"""Rows of a CSV file are made of rows, for a file that the caller opens."""

import csv
from typing import TextIO

from shop.models import Order


def write_orders(session, out):
    writer = csv.writer(out)
    writer.writerow(["number", "customer"])
    for order in session.query(Order).order_by(Order.id):
        writer.writerow([order.number, order.customer.name if order.customer else ""])


def write_lines(session, out: TextIO):
    for order in session.query(Order).order_by(Order.id):
        for line in order.lines:
            out.write(f"{line.quantity} of {order.number}\n")
