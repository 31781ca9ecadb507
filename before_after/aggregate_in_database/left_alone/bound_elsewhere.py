"""What is summed up may have become something else."""

from contextlib import suppress

from shop.models import Product


class Forgiving:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        return True


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


def in_a_body_that_may_be_left(session, settings):
    products = []
    with suppress(KeyError):
        print(settings["verbose"])
        products = session.query(Product)
    return sum(product.id for product in products)  # found: aggregate-in-database (same-rows)


def in_a_manager_of_the_project(session, settings):
    products = []
    with Forgiving():
        print(settings["verbose"])
        products = session.query(Product)
    return sum(product.id for product in products)  # found: aggregate-in-database (same-rows)


def where_no_break_comes(session, ids):
    products = []
    for number in ids:
        if number < 0:
            break
    else:
        products = session.query(Product)
    return sum(product.id for product in products)  # found: aggregate-in-database (same-rows)
