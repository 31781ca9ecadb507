"""Every service reads other relationships of what the same two methods find."""

from base import Repository, Service
from sqlalchemy.orm import Session

from shop.models import Address, Payment, Review


class Reviews(Service[Review]):
    def __init__(self, session: Session) -> None:
        super().__init__(Repository(Review, session))

    def skus(self) -> list[str]:
        return [row.product.sku for row in self.listed()]

    def authors(self) -> list[str | None]:
        return [row.customer and row.customer.name for row in self.listed()]

    def ratings(self) -> list[int]:
        return [row.rating for row in self.listed()]


class Payments(Service[Payment]):
    def __init__(self, session: Session) -> None:
        super().__init__(Repository(Payment, session))

    def orders(self) -> list[str]:
        return [payment.order.number for payment in self.listed()]


class Addresses(Service[Address]):
    def __init__(self, session: Session) -> None:
        super().__init__(Repository(Address, session))

    def cities(self) -> list[str]:
        return [address.city for address in self.listed()]
