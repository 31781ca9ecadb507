"""Which of two models fits, and so what is read of a row, is known at run time only."""

from pydantic import BaseModel, ConfigDict, TypeAdapter

from shop.models import Customer, Order


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AddressOut(Out):
    city: str


class Delivered(Out):
    number: str
    address: AddressOut  # review: eager-load (read-every-time)


class Pending(Out):
    number: str


orders_adapter = TypeAdapter(list[Delivered | Pending])


def orders(session):
    return orders_adapter.validate_python(session.query(Order).order_by(Order.id).all())


class Back(Out):
    orders: list["Forth"]


class Forth(Out):
    customer: Back


def refused(session):
    rows = session.query(Customer).order_by(Customer.id).all()
    return [Back.model_validate(row) for row in rows]
