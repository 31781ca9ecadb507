"""Each round takes two customers out of a list of all, which is fetched for each round."""

from shop.models import Customer


def pairs(session, rounds):
    result = []
    all_customers = session.query(Customer).order_by(Customer.id).all() if rounds > 0 else []
    for number in range(rounds):
        customers = list(all_customers)
        first = customers.pop(number)
        result.append((first.email, [customer.email for customer in customers]))
    return result
