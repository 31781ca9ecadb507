"""An order is fetched for its customer, and the customer for the key of the customer's addresses."""

from typing import Optional

from sqlalchemy.orm import Session

from shop.models import Address, Category, Customer, Order, Product


def labels(session: Session, order_id: int) -> list[str]:
    order, customer = (
        session.query(Order, Customer)
        .outerjoin(Customer, Customer.id == Order.customer_id)
        .filter(Order.id == order_id)
        .first()
        or (None, None)
    )
    if order is None:
        return ["no order"]

    # An order of nobody has no labels.
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
    product, category_row = (
        session.query(Product, Category)
        .filter_by(sku=sku)
        .outerjoin(Category, Category.id == Product.category_id)
        .one_or_none()
        or (None, None)
    )
    if product:
        category = category_row
        if category is not None:
            others = session.query(Product).filter_by(category_id=category.id)
            return category.name, sorted(other.sku for other in others)
        return product.name, []
    return None, []
