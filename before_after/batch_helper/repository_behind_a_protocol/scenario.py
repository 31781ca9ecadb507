from shop.models import Order


def scenario(module, session):
    return module.emails(module.SqlUnitOfWork(session))


def sizes(session):
    rows = session.query(Order.customer_id).all()
    return {"orders": len(rows), "customer_ids": len({key for (key,) in rows})}
