from shop.models import Customer, Product, Review


def scenario(module, session):
    panel = module.Panel(session)
    for review in session.query(Review).order_by(Review.id)[:3]:
        session.delete(review)
    session.flush()
    product = session.query(Product).order_by(Product.id).first()
    if product is not None:
        try:
            panel.rate_for_all(product, 3)
        except Exception as error:
            return type(error).__name__
        panel.rate(product, 1, 5)
        session.flush()
    return [
        (r.product_id, r.customer_id, r.rating) for r in session.query(Review).order_by(Review.id)
    ]


def sizes(session):
    customers = session.query(Customer).count()
    return {"customers": customers, "ids": customers}


def other(sizes):
    return 2 + 3 * min(sizes["customers"], 1)
