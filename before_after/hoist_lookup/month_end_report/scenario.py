from datetime import date

from shop.models import Order, OrderStatus


def scenario(module, session):
    return module.ReportService(session).month_end(date(2000, 1, 1))


def sizes(session):
    orders = [o for o in session.query(Order) if o.status != OrderStatus.CANCELLED]
    named = sum(1 for order in orders if order.customer_id is not None)
    return {"orders": len(orders), "named": named}


def statements(sizes):
    before = 1 + sizes["orders"] + sizes["named"]
    return before, 1 + (sizes["orders"] > 0) + (sizes["named"] > 0)
