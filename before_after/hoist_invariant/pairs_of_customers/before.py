"""Each round takes two customers out of a list of all, which is fetched for each round."""

from shop.models import Customer


def pairs(session, rounds):
    result = []
    for number in range(rounds):
        customers = session.query(Customer).order_by(Customer.id).all()
        first = customers.pop(number)
        result.append((first.email, [customer.email for customer in customers]))
    return result
