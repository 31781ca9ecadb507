"""No ORDER BY says in what order the addresses of a customer come, and they are listed."""

from shop.models import Address, Customer


def cities(session):
    result = {}
    for customer in session.query(Customer).all():
        addresses = (
            session.query(Address)  # review: hoist-lookup (row-order)
            .filter(Address.customer_id == customer.id)
            .all()
        )
        result[customer.id] = [address.city for address in addresses]
    return result


def first_of_the_chosen(session, customer_ids: "list[int]"):
    found = {}
    for customer_id in customer_ids:
        addresses = (
            session.query(Address)  # review: hoist-lookup (row-order)
            .filter(Address.customer_id == customer_id)
            .all()
        )
        chosen = [address for address in addresses if address.city]
        found[customer_id] = chosen[0].city if chosen else None
    return found


def told_in_their_order(session, customer_ids: "list[int]", tell):
    found = {}
    for customer_id in customer_ids:
        addresses = (
            session.query(Address)  # review: hoist-lookup (row-order)
            .filter(Address.customer_id == customer_id)
            .all()
        )
        told = [str(address) for address in addresses]
        found[customer_id] = len(told)
    return found
