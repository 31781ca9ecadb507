"""A base class asks by whatever its callers say, for the class of each object, and counts how often."""

from typing import Any, Generic, Optional, TypeVar

from sqlalchemy.orm import Session

from shop.models import Base, Product, Supplier

M = TypeVar("M", bound=Base)


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session
        self.asked = 0

    def get(self, key: int) -> Optional[M]:
        self.asked += 1
        return self.session.get(self.model, key)

    def find(self, **criteria: Any) -> Optional[M]:
        self.asked += 1
        return self.session.query(self.model).filter_by(**criteria).first()

    def exists(self, active: bool = True, **criteria: Any) -> bool:
        return self.find(**criteria) is not None


    def count(self, *conditions: Any) -> int:
        self.asked += 1
        return self.session.query(self.model).filter(*conditions).count()

    def get_many(self, keys: list[int]) -> list[Optional[M]]:
        return [self.get(key) for key in keys]  # found: batch-helper (query-understood)


class Products(Repository[Product]):
    model = Product


class Suppliers(Repository[Supplier]):
    model = Supplier


def supplier_names(session: Session, products: list[Product]) -> list[str]:
    suppliers = Suppliers(session)
    found = []
    for product in products:
        supplier = suppliers.get(product.supplier_id)  # found: batch-helper (query-understood)
        found.append(supplier.name if supplier is not None else "")
    return found


def prices(session: Session, skus: list[str]) -> list[str]:
    products = Products(session)
    found = []
    for sku in skus:
        product = products.find(sku=sku)  # found: batch-helper (query-understood)
        found.append(str(product.price) if product is not None else "")
    return found


def known(session: Session, skus: list[str]) -> list[bool]:
    products = Products(session)
    return [products.exists(sku=sku) for sku in skus]  # found: batch-helper (query-understood)


def counted(session: Session, names: list[str]) -> list[int]:
    products = Products(session)
    return [products.count(Product.active, Product.name == name) for name in names]  # found: batch-helper (query-understood)


def counted_again(session: Session, names: list[str]) -> list[int]:
    """It is the same question every time."""
    products = Products(session)
    return [products.count(Product.active) for _ in names]


def missing(session: Session, skus: list[str]) -> list[str]:
    products = Products(session)
    return list(filter(lambda sku: products.find(sku=sku) is None, skus))  # found: batch-helper (query-understood)


def by_name(session: Session, skus: list[str]) -> list[str]:
    products = Products(session)
    first = products.find(sku="A1")
    return sorted(skus, key=lambda sku: (sku != first, sku))


def told(session: Session, skus: list[str]) -> list[bool]:
    """It is the same question every time."""
    products = Products(session)
    return [products.exists(sku="A1", active=bool(sku)) for sku in skus]


def touch(session, model, price, **values):
    session.query(model).filter_by(**values).update({"price": price})
    return session.query(model).filter_by(**values).first()


def touched(session, skus: list[str]):
    return [touch(session, Product, 1, sku=sku).id for sku in skus]


def touch_some(session, model, price, **values):
    if price is None:
        return None
    session.query(model).filter_by(**values).update({"price": price})
    return session.query(model).filter_by(**values).first()


def touched_some(session, skus: list[str]):
    return [touch_some(session, Product, 1, sku=sku) for sku in skus]
