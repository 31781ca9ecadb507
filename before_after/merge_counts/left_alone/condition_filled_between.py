"""A list that both queries filter by is filled between them, under another name or as a part of another."""

from shop.models import Order


def by_another_name(session):
    addresses = known = [1]
    first = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    known.append(2)
    second = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    return first, second


def as_an_item(session):
    options = {"addresses": [1]}
    addresses = options["addresses"]
    first = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    options["addresses"].append(2)
    second = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    return first, second


def more(options):
    options["addresses"].append(3)


def in_a_function(session):
    addresses = [1]
    options = {"addresses": addresses}
    first = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    more(options)
    second = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    return first, second


class Wanted:
    def __init__(self, addresses):
        self.addresses = addresses

    def turn(self):
        self.addresses = [7]


def item_of_the_same_list(session):
    groups = [[1], [2]]
    addresses = groups[0]
    first = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    for group in groups:
        group.append(3)
    second = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    return first, second


def read_in_a_dict(session):
    addresses = [1]
    options = {"addresses": addresses}
    first = session.query(Order).filter(Order.address_id.in_(options["addresses"])).count()
    addresses.append(2)
    second = session.query(Order).filter(Order.address_id.in_(options["addresses"])).count()
    return first, second


def put_into_a_list(session):
    addresses, lists = [1], []
    lists.append(addresses)
    first = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    lists[0] += [2]
    second = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    return first, second


def held_by_an_object(session):
    addresses = [1]
    wanted = Wanted(addresses)
    first = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    wanted.addresses.append(2)
    second = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    return first, second


def same(addresses):
    return addresses


def given_by_a_function(session):
    addresses = [1]
    more_addresses = same(addresses)
    first = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    more_addresses.append(2)
    second = session.query(Order).filter(Order.address_id.in_(addresses)).count()
    return first, second


def attributes_by_their_dict(session):
    wanted = Wanted([1])
    first = session.query(Order).filter(Order.address_id.in_(wanted.addresses)).count()
    wanted.__dict__["addresses"] = [2]
    second = session.query(Order).filter(Order.address_id.in_(wanted.addresses)).count()
    vars(wanted).update(addresses=[3])
    third = session.query(Order).filter(Order.address_id.in_(wanted.addresses)).count()
    return first, second, third
