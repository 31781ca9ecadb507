from shop.models import Tag


def scenario(module, session):
    return module.products(session, 20)


def sizes(session):
    return {"tags": min(20, session.query(Tag).count())}
