"""The loop changes the container that a condition reads, under another name or as a part of one."""

from shop.models import Customer, Order


def by_another_name(session):
    counts = []
    kinds = seen = ["new"]
    for customer in session.query(Customer).order_by(Customer.id).all():
        orders = session.query(Order).filter(Order.customer_id == customer.id)
        counts.append(orders.filter(Order.status.in_(kinds)).count())  # found: hoist-lookup (query-invariant)
        seen.append(customer.name)
    return counts


def part_of_a_dict(session):
    counts = []
    options = {"kinds": ["new"]}
    kinds = options["kinds"]
    for customer in session.query(Customer).order_by(Customer.id).all():
        orders = session.query(Order).filter(Order.customer_id == customer.id)
        counts.append(orders.filter(Order.status.in_(kinds)).count())  # found: hoist-lookup (query-invariant)
        options["kinds"].append(customer.name)
    return counts


def conditions_in_a_dict(session):
    counts = []
    wanted = {"status": "new"}
    for customer in session.query(Customer).order_by(Customer.id).all():
        found = session.query(Order).filter_by(customer_id=customer.id, **wanted)
        counts.append(found.count())  # found: hoist-lookup (query-invariant)
        wanted["address_id"] = None
    return counts


def more(options):
    options["kinds"].append("paid")


def in_a_function(session):
    counts = []
    kinds = ["new"]
    options = {"kinds": kinds}
    for customer in session.query(Customer).order_by(Customer.id).all():
        orders = session.query(Order).filter(Order.customer_id == customer.id)
        counts.append(orders.filter(Order.status.in_(kinds)).count())  # review: hoist-lookup (query-invariant)
        more(options)
    return counts


def by_its_method(session):
    counts = []
    kinds = ["new"]
    more_kinds = kinds.append
    for customer in session.query(Customer).order_by(Customer.id).all():
        orders = session.query(Order).filter(Order.customer_id == customer.id)
        counts.append(orders.filter(Order.status.in_(kinds)).count())  # found: hoist-lookup (query-invariant)
        more_kinds(customer.name)
    return counts


def by_the_method_of_its_class(session):
    counts = []
    kinds = ["new"]
    for customer in session.query(Customer).order_by(Customer.id).all():
        orders = session.query(Order).filter(Order.customer_id == customer.id)
        counts.append(orders.filter(Order.status.in_(kinds)).count())  # found: hoist-lookup (query-invariant)
        list.append(kinds, customer.name)
    return counts


def list_of_an_item(session):
    names = []
    groups = [{"keys": [1]}, {"keys": [2, 1]}]
    last_keys = groups[1]["keys"]
    for group in groups:
        for key in group["keys"]:
            customer = session.query(Customer).filter(Customer.id == key).first()  # review: hoist-lookup (keys-known-before)
            names.append(customer is not None)
        last_keys.append(3)
    return names
