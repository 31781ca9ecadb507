from shop.models import Review


def scenario(module, session):
    return module.authors_of_reviews(session)


def sizes(session):
    keys = session.query(Review.customer_id).filter(Review.customer_id.isnot(None))
    return {"customers": keys.distinct().count()}
