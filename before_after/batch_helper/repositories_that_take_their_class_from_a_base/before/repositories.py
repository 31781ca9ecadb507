"""Repositories of the shop."""

from base import BaseRepository
from shop.models import Order, OrderStatus, Product
from sqlalchemy import func, select


class Products(BaseRepository[Product]):
    def price_of(self, sku: str) -> float:
        price = self.session.scalar(select(Product.price).where(Product.sku == sku))
        return float(price or 0)


class Orders(BaseRepository[Order]):
    def last_paid(self, customer_id: int) -> int:
        newest = select(func.max(Order.id)).where(
            Order.customer_id == customer_id, Order.status == OrderStatus.PAID
        )
        return self.session.scalar(newest) or 0
