"""What runs in each flush of the session can tell how often there is one."""

from sqlalchemy import event

from shop.db import SessionLocal
from shop.models import Customer, Order


@event.listens_for(SessionLocal, "before_flush")
def show(session, context, instances):
    print(len(session.dirty))


def settle():
    with SessionLocal() as session:
        for order in session.query(Order).order_by(Order.id).all():
            order.total = 0
            customer = session.query(Customer).filter(Customer.id == order.customer_id).first()  # review: hoist-lookup (flushes-alike)
            print(customer.name if customer else "")
        session.commit()
