"""Numbers are asked for by SELECT, by `count()` of the rows or of a key, and only compared with 0."""

from sqlalchemy import func, select

from shop.models import Customer, Order


class Shop:
    def __init__(self, session):
        self.session = session

    def has_ordered(self, customer_id):
        return self.session.execute(
            select(
                select(Order.id).select_from(Order).where(Order.customer_id == customer_id).exists()
            )
        ).scalar_one()

    def label(self, email):
        # nobody has two
        has_customers = self.session.query(
            self.session.query(Customer.id).filter(Customer.email == email).exists()
        ).scalar()
        if not has_customers:
            return "new"
        return f"known: {has_customers}"

    def sells_to(self, country):
        sold = select(func.count(Order.id)).join(Order.customer).where(Customer.country_code == country)
        return self.session.execute(sold).scalar_one() != 0
