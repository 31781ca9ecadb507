"""What is summed up is no query where a condition, an error or another name of the dict says so."""

from contextlib import suppress

from shop.models import Product


def by_the_way(session, wanted):
    products = []
    wanted and (products := session.query(Product))
    return sum(product.id for product in products)  # found: aggregate-in-database (same-rows)


def between_two_arms(session, wanted):
    products = []
    noted = (products := session.query(Product)) if wanted else None
    return noted, sum(product.id for product in products)  # found: aggregate-in-database (same-rows)


def before_the_error(session, wrong):
    products = session.query(Product)
    try:
        products = []
        if wrong:
            raise ValueError(wrong)
        products = session.query(Product)
    except ValueError:
        pass
    return sum(product.id for product in products)  # found: aggregate-in-database (same-rows)


def before_the_error_that_is_kept(session, wrong):
    products = session.query(Product)
    with suppress(ValueError):
        products = []
        if wrong:
            raise ValueError(wrong)
        products = session.query(Product)
    return sum(product.id for product in products)  # found: aggregate-in-database (same-rows)


def by_another_name(session):
    page = {"products": session.query(Product)}
    shown = page
    shown["products"] = []
    return sum(product.id for product in page["products"])  # found: aggregate-in-database (same-rows)
