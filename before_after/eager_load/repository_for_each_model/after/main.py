"""Only one of the repositories that share a query has rows whose relationship is read."""

from sqlalchemy.orm import Session, selectinload

from repositories import OrderRepository, TagRepository
from shop_typed.models import Order


class Shop:
    def __init__(self, orders: OrderRepository, tags: TagRepository) -> None:
        self.orders = orders
        self.tags = tags

    def addressees(self) -> dict[int, str]:
        found = {}
        for order in self.orders.get_all(options=[selectinload(Order.customer)]):
            if order.customer is not None:
                found[order.id] = order.customer.email
        return found

    def words(self) -> list[str]:
        return [tag.name for tag in self.tags.get_all(limit=20)]


def front_page(session: Session) -> tuple[dict[int, str], list[str]]:
    shop = Shop(OrderRepository(session), TagRepository(session))
    return shop.addressees(), shop.words()
