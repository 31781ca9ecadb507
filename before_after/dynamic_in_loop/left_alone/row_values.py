# pyproject: database = ["mssql"]
"""SQL Server has no IN for several columns at once."""

from shop.models import User


def own(session):
    result = []
    for user in session.query(User).order_by(User.id).all():
        result.append(user.entries.filter_by(id=user.id).count())  # found: dynamic-in-loop (row-values)
    return result
