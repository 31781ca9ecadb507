"""An order is fetched for its customer, and the customer for the key of the customer's addresses."""

from typing import Optional

from sqlalchemy.orm import Session

from shop.models import Address, Category, Customer, Order, Product


def labels(session: Session, order_id: int) -> list[str]:
    order = session.query(Order).filter(Order.id == order_id).first()
    if order is None:
        return ["no order"]

    # An order of nobody has no labels.
    customer = session.query(Customer).filter(Customer.id == order.customer_id).first()
    if customer is None:
        return ["nobody"]
    addresses = (
        session.query(Address)
        .filter(Address.customer_id == customer.id)
        .order_by(Address.id)
        .all()
    )
    return [f"{order.number}: {customer.name}, {address.city}" for address in addresses]


def beside(session: Session, sku: str) -> tuple[Optional[str], list[str]]:
    product = session.query(Product).filter_by(sku=sku).one_or_none()
    if product:
        category = session.get(Category, product.category_id)
        if category is not None:
            others = session.query(Product).filter_by(category_id=category.id)
            return category.name, sorted(other.sku for other in others)
        return product.name, []
    return None, []
