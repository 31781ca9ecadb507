from shop.models import Category


def scenario(module, session):
    return module.sizes_of_categories(session)


def sizes(session):
    return {"categories": session.query(Category).count()}
