"""The products of each supplier are counted and named, with further conditions."""

from shop.models import Product, Supplier


class Catalogue:
    def __init__(self, session):
        self.session = session

    def by_supplier(self):
        products = self.session.query(Product).order_by(Product.id).all()
        suppliers = self.session.query(Supplier).order_by(Supplier.id).all()
        found = {}
        for supplier in suppliers:
            found[supplier.name] = (
                {p.sku: p.stock for p in products if p.supplier_id == supplier.id if p.active},
                {p.name for p in products if supplier.id == p.supplier_id},
                any(p.stock for p in products if p.supplier_id == supplier.id),
            )
        return found
