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
