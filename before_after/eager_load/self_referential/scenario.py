from shop.models import Category


def scenario(module, session):
    return module.shelves(session)


def sizes(session):
    return {"categories": session.query(Category).filter_by(parent_id=None).count()}
