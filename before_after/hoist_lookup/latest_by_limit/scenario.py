from shop.models import Customer


def scenario(module, session):
    return (
        module.newest_orders(session),
        module.best_ratings(session),
        module.first_reviews(session),
        module.with_orders(session),
    )


def sizes(session):
    return {"customers": session.query(Customer).count()}


def statements(sizes):
    some = sizes["customers"] > 0
    return 4 + 5 * sizes["customers"], 4 + 5 * some
