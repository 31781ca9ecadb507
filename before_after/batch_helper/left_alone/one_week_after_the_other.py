"""A `while` that goes on from week to week asks a function for each; others ask until there is none."""

from datetime import date, timedelta

from shop.models import Order, Tag


def number_between(session, first: date, last: date) -> int:
    found = session.query(Order).filter(Order.placed_on >= first, Order.placed_on < last).count()
    return found or -1


def per_week(session, start: date, end: date):
    numbers = []
    while start < end:
        following = min(start + timedelta(days=7), end)
        numbers.append(number_between(session, start, following))  # found: batch-helper (keys-known-before)
        start = following
    return numbers


class Calendar:
    def __init__(self, session):
        self.session = session

    def on(self, day: date) -> str:
        orders = self.session.query(Order).filter(Order.placed_on == day).all()
        return f"{day}: {len(orders)}"

    def days(self, day: date, last: date):
        lines = []
        while day <= last:
            lines.append(self.on(day))  # found: batch-helper (keys-known-before)
            day += timedelta(days=1)
        return lines


def page(session, start: int, size: int):
    return session.query(Order).order_by(Order.id).offset(start).limit(size).all()


def pages(session, number: int):
    start, found = 0, []
    while start < number:
        found.extend(page(session, start, 50))
        start += 50
    return found


def is_taken(session, number: int) -> bool:
    tag = session.query(Tag).filter(Tag.name == f"tag-{number}").first()
    return tag is not None


def first_free(session):
    number = 1
    while number < 1000 and is_taken(session, number):
        number += 1
    return number


def parent_of(session, key: int):
    tag = session.query(Tag).filter(Tag.uses == key).first()
    return tag.id if tag else None


def chain(session, key):
    found = []
    while key is not None and len(found) < 20:
        found.append(key)
        key = parent_of(session, key)
    return found
