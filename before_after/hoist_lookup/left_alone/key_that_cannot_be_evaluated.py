"""A key that is no number is skipped in the loop; before the loop nobody would handle the error."""

from shop.models import Customer


def names(session, cells: list[str]):
    result = []
    for cell in cells:
        try:
            customer = session.query(Customer).filter(Customer.id == int(cell)).first()  # review: hoist-lookup (keys-known-before)
        except ValueError:
            continue
        result.append(customer.name if customer else None)
    return result
