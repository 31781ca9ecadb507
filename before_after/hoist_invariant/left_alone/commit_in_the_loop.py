"""The rows expire in each iteration and are loaded again one by one."""

from shop.models import Customer, Tag


def tag_customers(session, names):
    for name in names:
        customers = session.query(Customer).filter(Customer.vip.is_(True)).all()  # found: hoist-invariant (rows-stay-loaded)
        print([customer.name for customer in customers])
        session.commit()
