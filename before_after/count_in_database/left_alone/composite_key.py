"""A join may repeat rows of a class whose key has two columns, which no count takes together."""

from shop.models import PriceListEntry, Product, Review


def rated(session):
    entries = session.query(PriceListEntry).join(PriceListEntry.product).join(Product.reviews)
    return len(entries.all())  # found: count-in-database (rows-not-repeated)


def first_ten(session):
    products = session.query(Product).join(Product.reviews).filter(Review.rating > 1).limit(10)
    return len(products.all())  # found: count-in-database (rows-not-repeated)
