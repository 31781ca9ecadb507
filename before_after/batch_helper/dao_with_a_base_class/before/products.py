from typing import Optional

from base import BaseDAO
from shop.models import Product, Supplier


class ProductDAO(BaseDAO[Product]):
    model = Product

    def by_sku(self, sku: str) -> Optional[Product]:
        return self.query().filter(Product.sku == sku).first()

    def number_of(self, supplier: Supplier) -> int:
        return self.query().filter_by(supplier_id=supplier.id, active=True).count()
