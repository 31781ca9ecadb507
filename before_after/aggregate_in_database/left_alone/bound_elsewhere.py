"""What is summed up may have become something else."""

from shop.models import Product


def by_a_function_inside(session, nothing):
    products = session.query(Product)

    def forget():
        nonlocal products
        products = []

    if nothing:
        forget()
    return sum(product.id for product in products)


def in_a_loop_that_may_not_run(session, wanted):
    products = []
    while wanted:
        products = session.query(Product)
        break
    return sum(product.id for product in products)  # found: aggregate-in-database (same-rows)
