"""Six relationships are joined to each line; the product's follow with the product."""

from sqlalchemy.orm import joinedload

from shop.models import Customer, Order, OrderLine, Product


def labels(session, least):
    lines = (
        session.query(OrderLine)
        .options(
            joinedload(OrderLine.order).joinedload(Order.customer).joinedload(Customer.country),
            joinedload(OrderLine.product).joinedload(Product.category),
            joinedload(OrderLine.product).joinedload(Product.supplier),
        )
        .filter(OrderLine.quantity >= least)
        .order_by(OrderLine.id)
        .all()
    )
    result = []
    for line in lines:
        customer, product = line.order.customer, line.product
        result.append(
            (
                customer.country.name if customer and customer.country else None,
                product.category.name if product and product.category else None,
                product.supplier.name if product and product.supplier else None,
            )
        )
    return result
