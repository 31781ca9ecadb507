from shop.models import Review, Tag


def scenario(module, session):
    return module.rated(session), module.tag_names(session)


def sizes(session):
    keys = session.query(Review.product_id)
    return {"products": keys.distinct().count()}


def other(sizes):
    return 1
