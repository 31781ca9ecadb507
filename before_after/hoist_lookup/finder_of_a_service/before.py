"""A service finds by its repository, which asks by what the service's callers say."""

from shop.models import Product


class Repository:
    def __init__(self, session, model):
        self.session = session
        self.model = model

    def find(self, **criteria):
        return self.session.query(self.model).filter_by(**criteria).one_or_none()


class Service:
    def __init__(self, repository: Repository):
        self.repository = repository

    def find(self, **criteria):
        return self.repository.find(**criteria)


def names(session, product_ids: list[int]) -> list[str]:
    service = Service(Repository(session, Product))
    found = []
    for product_id in product_ids:
        product = service.find(id=product_id)
        found.append(product.name if product else "")
    return found
