"""The loop changes what the query reads under another name, or as a part of something else."""

from dataclasses import dataclass

from shop.models import Order


@dataclass
class Window:
    number: int

    def turn(self):
        self.number = -self.number


def part_of_a_dict(session, customers: list):
    found = []
    kinds = ["new"]
    options = {"kinds": kinds}
    for customer in customers:
        found.append(session.query(Order).filter(Order.status.in_(kinds)).count())
        options["kinds"].append(customer)
    return found


def item_of_the_loop(session):
    found = []
    groups = [["new"], ["paid"]]
    kinds = groups[0]
    for group in groups:
        found.append(session.query(Order).filter(Order.status.in_(kinds)).count())
        group.append("sent")
    return found


def turned_as_an_item(session):
    found = []
    windows = [Window(1), Window(2)]
    first = windows[0]
    for window in windows:
        found.append(session.query(Order).filter(Order.number == first.number).first())  # review: hoist-invariant (query-invariant)
        window.turn()
    return found
