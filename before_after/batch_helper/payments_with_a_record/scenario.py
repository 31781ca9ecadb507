from shop.models import AuditLog, Order, Payment


def numbers(session):
    return [number for (number,) in session.query(Order.number).order_by(Order.id)]


def scenario(module, session):
    wanted = numbers(session)
    unknown = module.PaymentImport(session).run([*wanted, "none", *wanted[:2]])
    paid = session.query(Payment.order_id).filter(Payment.method == "file").order_by(Payment.id)
    recorded = session.query(AuditLog.entity_id, AuditLog.action).order_by(AuditLog.id)
    return unknown, [tuple(row) for row in paid], [tuple(row) for row in recorded]


def sizes(session):
    number = len(numbers(session))
    return {"numbers": number + 1 + min(2, number), "distinct_numbers": number + 1}


def other(sizes):
    return 3
