from shop.models import Order


def with_address(session):
    return session.query(Order).filter(Order.address_id.isnot(None)).order_by(Order.id).all()
