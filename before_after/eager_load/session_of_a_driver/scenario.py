from shop.models import Review


def scenario(module, session):
    driver = module.Driver(session.get_bind())
    return driver.ratings(), driver.ratings(lowest=3, limit=5)


def statements(sizes):
    return 2 + sizes["all"] + sizes["few"], 2 + (1 if sizes["all"] else 0) + (
        1 if sizes["few"] else 0
    )


def sizes(session):
    few = session.query(Review.product_id).filter(Review.rating >= 3).order_by(Review.id).limit(5)
    everything = session.query(Review.product_id).order_by(Review.id).limit(100)
    return {
        "all": len({key for (key,) in everything}),
        "few": len({key for (key,) in few}),
    }
