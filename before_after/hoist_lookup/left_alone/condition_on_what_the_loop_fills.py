"""A condition of the query reads what a dict, a list or the object holds, which the loop changes."""

from shop.models import Product


def of_a_dict(session, product_ids: list[int], names: dict[str, str]):
    found = []
    for each in product_ids:
        named = session.query(Product).filter(Product.name == names["shown"])
        found.append(named.filter(Product.id == each).first())  # found: hoist-lookup (query-invariant)
        names["shown"] = "Chair"
    return found


class Shop:
    def __init__(self, session):
        self.session = session
        self.state = {"name": "Lamp"}

    @property
    def name(self):
        return self.state["name"]

    def of_the_object(self, product_ids: list[int]):
        found = []
        for each in product_ids:
            named = self.session.query(Product).filter(Product.name == self.state["name"])
            found.append(named.filter(Product.id == each).first())  # found: hoist-lookup (query-invariant)
            self.state["name"] = "Chair"
        return found

    def of_a_property(self, product_ids: list[int]):
        found = []
        for each in product_ids:
            named = self.session.query(Product).filter(Product.name == self.name)
            found.append(named.filter(Product.id == each).first())  # found: hoist-lookup (query-invariant)
            self.state["name"] = "Chair"
        return found
