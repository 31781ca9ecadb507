def scenario(module, session):
    return module.summary(session, 1)


def statements(sizes):
    return (3 if sizes["reviews"] > sizes["good"] else 2) if sizes["reviews"] else 1, 1


def sizes(session):
    from shop.models import Review

    query = session.query(Review).filter(Review.product_id == 1)
    return {"reviews": query.count(), "good": query.filter(Review.rating > 3).count()}
