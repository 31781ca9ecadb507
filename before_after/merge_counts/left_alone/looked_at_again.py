"""The same number is asked for again because of what a call has done meanwhile."""

from shop.models import Order, Product
from somewhere import clean_up


def cleaned(session):
    before = session.query(Order).count()
    clean_up(session)
    return before - session.query(Order).count()


def test_clean_up(session):
    assert session.query(Product).filter(Product.active.is_(False)).count() == 3
    clean_up(session)
    assert session.query(Product).filter(Product.stock == 0).count() == 0
