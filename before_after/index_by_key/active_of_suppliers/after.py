"""The products of each supplier are counted and named, with further conditions."""

from shop.models import Product, Supplier


class Catalogue:
    def __init__(self, session):
        self.session = session

    def by_supplier(self):
        products = self.session.query(Product).order_by(Product.id).all()
        suppliers = self.session.query(Supplier).order_by(Supplier.id).all()
        found = {}
        products_by_supplier_id = {}
        for product in products:
            products_by_supplier_id.setdefault(product.supplier_id, []).append(product)
        for supplier in suppliers:
            found[supplier.name] = (
                {p.sku: p.stock for p in products_by_supplier_id.get(supplier.id, []) if p.active},
                {p.name for p in products_by_supplier_id.get(supplier.id, [])},
                any(p.stock for p in products_by_supplier_id.get(supplier.id, [])),
            )
        return found
