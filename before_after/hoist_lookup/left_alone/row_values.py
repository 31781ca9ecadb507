# pyproject: database = ["mssql"]
"""SQL Server has no IN for several columns at once."""

from shop.models import OrderLine


def quantities(session, keys: "list[tuple[int, int]]"):
    result = []
    for order_id, position in keys:
        line = (
            session.query(OrderLine)  # found: hoist-lookup (row-values)
            .filter_by(order_id=order_id, position=position)
            .first()
        )
        result.append(line.quantity if line else None)
    return result
