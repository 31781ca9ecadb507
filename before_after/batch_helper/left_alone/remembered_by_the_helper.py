"""Helpers that keep what they have found ask once for each different key, and not for each item."""

from sqlalchemy.orm import Session

from shop.models import OrderLine, PriceListEntry, Product, Supplier


class Prices:
    def __init__(self, session: Session, list_code: str) -> None:
        self.session = session
        self.list_code = list_code
        self._prices: dict[int, PriceListEntry] = {}
        self._names: dict[int, str] = {}

    def of(self, product_id: int):
        entry = self._prices.get(product_id)
        if entry is None:
            query = self.session.query(PriceListEntry).filter_by(list_code=self.list_code)
            entry = query.filter_by(product_id=product_id).one()
            self._prices[product_id] = entry
        return entry

    def name(self, product_id: int) -> str:
        try:
            return self._names[product_id]
        except KeyError:
            product = self.session.query(Product).filter_by(id=product_id).one()
            self._names[product_id] = product.name
            return product.name


_cities: dict[str, str] = {}


def city(session: Session, name: str) -> str:
    if name in _cities:
        return _cities[name]
    supplier = session.query(Supplier).filter_by(name=name.strip()).order_by(Supplier.id).first()
    _cities[name] = supplier.city if supplier is not None else ""
    return _cities[name]


def total(session: Session, lines: list[OrderLine]) -> list[str]:
    prices = Prices(session, "retail")
    return [f"{prices.name(line.product_id)} {prices.of(line.product_id).price}" for line in lines]


def of_new_objects(session: Session, lines: list[OrderLine]) -> list[str]:
    names = []
    for line in lines:
        name = Prices(session, "retail").name(line.product_id)  # found: batch-helper
        names.append(name)
    return names


def cities(session: Session, names: list[str]) -> list[str]:
    return [city(session, name) for name in names]
