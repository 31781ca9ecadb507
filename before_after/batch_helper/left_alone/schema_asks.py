"""A method of a schema sends a query: the schema calls it with one row at a time."""

from marshmallow import Schema, fields

from shop.models import Customer, Order


class CustomerSchema(Schema):
    name = fields.String()
    orders = fields.Method("count_orders")  # found: batch-helper (takes-a-parameter)
    shouted = fields.Method("shout")

    def count_orders(self, customer):
        session = self.context["session"]
        return session.query(Order).filter(Order.customer_id == customer.id).count()

    def shout(self, customer):
        return customer.name.upper()


class NameSchema(Schema):
    name = fields.String()
    length = fields.Method("length_of")

    def length_of(self, customer):
        return len(customer.name)


def customers(session):
    schema = CustomerSchema(context={"session": session})
    return [schema.dump(customer) for customer in session.query(Customer).order_by(Customer.id)]


def one_customer(session, key):
    return CustomerSchema(context={"session": session}).dump(session.get(Customer, key))


def names(session):
    return NameSchema(many=True).dump(session.query(Customer).order_by(Customer.id).all())
