from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy import func

from base import BaseDAO
from shop.models import Product, Supplier


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class ProductDAO(BaseDAO[Product]):
    model = Product

    def products_by_sku(self, skus: Iterable[str]) -> dict[str, Product]:
        """Fetch what by_sku() looks up for all of these skus."""
        products: dict[str, Product] = {}
        for chunk in _chunks(skus):
            for product in self.query().filter(Product.sku.in_(chunk)):
                products[product.sku] = product
        return products

    def by_sku(
        self, sku: str, *, products: Optional[dict[str, Product]] = None
    ) -> Optional[Product]:
        if products is None:
            products = self.products_by_sku([sku])
        return products.get(sku)

    def product_counts_by_supplier_id(
        self, suppliers: Iterable[Supplier]
    ) -> "dict[int | None, int]":
        """Fetch what number_of() looks up for all of these suppliers."""
        product_counts: dict[int | None, int] = {}
        for supplier_ids in _chunks(supplier.id for supplier in suppliers):
            for supplier_id, count in (
                self.query()
                .with_entities(Product.supplier_id, func.count())
                .filter_by(active=True)
                .filter(Product.supplier_id.in_(supplier_ids))
                .group_by(Product.supplier_id)
            ):
                product_counts[supplier_id] = count
        return product_counts

    def number_of(
        self, supplier: Supplier, *, product_counts: "dict[int | None, int] | None" = None
    ) -> int:
        if product_counts is None:
            product_counts = self.product_counts_by_supplier_id([supplier])
        return product_counts.get(supplier.id, 0)
