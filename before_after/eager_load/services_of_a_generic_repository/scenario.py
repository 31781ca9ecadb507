from shop.models import Payment, Review


def scenario(module, session):
    reviews, payments = module.Reviews(session), module.Payments(session)
    cities = module.Addresses(session).cities()
    return reviews.skus(), reviews.authors(), payments.orders(), reviews.ratings(), cities


def sizes(session):
    products = {key for (key,) in session.query(Review.product_id)}
    customers = {key for (key,) in session.query(Review.customer_id) if key is not None}
    orders = {key for (key,) in session.query(Payment.order_id)}
    return {"products": len(products), "customers": len(customers), "orders": len(orders)}


def other(sizes):
    return 2
