from types import SimpleNamespace

from shop.models import Product

ATTEMPTS = 3


def scenario(module, session):
    ids = [product.id for product in session.query(Product).order_by(Product.id)]
    arriving = iter([1001, 1002, 1003])

    def sleep(seconds):
        number = next(arriving)
        session.add(Product(id=number, sku=f"new-{number}", name="New", price=1))
        session.commit()

    module.time = SimpleNamespace(sleep=sleep)
    return module.missing(session, [*ids, 1001, 1002], ATTEMPTS)


def sizes(session):
    count = session.query(Product).count()
    return {"ids": count + 2, "product_ids": count + 2}


def statements(sizes):
    return 1 + ATTEMPTS * sizes["ids"], 1 + ATTEMPTS
