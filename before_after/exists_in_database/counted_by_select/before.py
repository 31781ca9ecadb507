"""Numbers are asked for by SELECT, by `count()` of the rows or of a key, and only compared with 0."""

from sqlalchemy import func, select

from shop.models import Customer, Order


class Shop:
    def __init__(self, session):
        self.session = session

    def has_ordered(self, customer_id):
        number = self.session.scalar(
            select(func.count()).select_from(Order).where(Order.customer_id == customer_id)
        )
        return number > 0

    def label(self, email):
        # nobody has two
        known = (
            self.session.query(func.count(Customer.id)).filter(Customer.email == email).scalar()
        )
        if not known:
            return "new"
        return f"known: {known > 0}"

    def sells_to(self, country):
        sold = select(func.count(Order.id)).join(Order.customer).where(Customer.country_code == country)
        return self.session.execute(sold).scalar_one() != 0
