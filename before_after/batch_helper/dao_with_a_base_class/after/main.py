"""A service asks data access objects, whose queries begin in a base class of another file."""

from typing import Optional

from sqlalchemy.orm import Session

from products import ProductDAO
from shop.models import Supplier


def prices(session: Session, skus: list[str]) -> list[Optional[str]]:
    products = ProductDAO(session)
    found = []
    found_products = products.products_by_sku(skus)
    for sku in skus:
        product = products.by_sku(sku, products=found_products)
        found.append(str(product.price) if product is not None else None)
    return found


def assortment(session: Session) -> dict[str, int]:
    products = ProductDAO(session)
    suppliers = session.query(Supplier).order_by(Supplier.id)
    suppliers_list = suppliers.all()
    product_counts = products.product_counts_by_supplier_id(suppliers_list)
    return {
        supplier.name: products.number_of(supplier, product_counts=product_counts)
        for supplier in suppliers_list
    }
