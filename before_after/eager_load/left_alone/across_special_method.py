"""`len()` of a project's object runs its method, which changes the rows."""

from shop.models import Order


class Batch:
    def __init__(self, session):
        self.orders = session.query(Order).order_by(Order.id).all()

    def __len__(self):
        for order in self.orders:
            order.customer_id = None
        return 1


def names(session):
    batch = Batch(session)
    size = len(batch)
    return size, [o.customer.name if o.customer else None for o in batch.orders]  # found: eager-load (nothing-written)
