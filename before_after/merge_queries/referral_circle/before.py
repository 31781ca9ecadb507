"""A customer is fetched for the key of the one who is fetched next, with all whom that one brought."""

from shop.models import Customer


class Referrals:
    def __init__(self, session):
        self.session = session

    def circle(self, customer_id):
        member = self.session.query(Customer).filter(Customer.id == customer_id).one_or_none()
        if member is None:
            return {"head": None, "referred": [], "size": 0}
        head_id = member.referrer_id or member.id

        # Everybody who came through the same customer ...
        referred = (
            self.session.query(Customer)
            .filter(Customer.referrer_id == head_id)
            .order_by(Customer.name, Customer.id)
            .all()
        )

        # ... and that customer, who may be the member.
        head = self.session.query(Customer).filter_by(id=head_id).first()
        if head is None:
            return {"head": None, "referred": [], "size": 0}
        return {
            "head": head.email,
            "referred": [customer.email for customer in referred],
            "size": len(referred) + 1,
        }
