"""SQL Server takes no subquery inside of an aggregate function."""
# pyproject: database = ["mssql"]

from shop.models import Product


def numbers(session):
    tagged = session.query(Product).filter(Product.tags.any()).count()  # review: merge-counts (database-takes-it)
    dear = session.query(Product).filter(Product.price > 3).count()
    return tagged, dear
