from shop.models import Supplier


def scenario(module, session):
    return module.cities(session, [])
