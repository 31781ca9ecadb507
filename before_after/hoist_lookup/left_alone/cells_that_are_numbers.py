"""Cells of a CSV file are text, which an Integer column finds and a dict does not."""

import csv

from shop.models import Customer


def names(session, path):
    result = []
    with open(path) as file:
        for row in csv.DictReader(file):
            customer = session.query(Customer).filter(Customer.id == row["customer"]).first()  # found: hoist-lookup (keys-equal)
            result.append(customer.name if customer else None)
    return result
