from shop.models import Payment


def scenario(module, session):
    return module.report(session, "card"), module.report(session, "cheque")


def sizes(session):
    keys = session.query(Payment.order_id).filter(Payment.method == "card")
    return {"orders": keys.distinct().count()}


def statements(sizes):
    # the second report is of a method that nobody pays with
    return 2 + sizes["orders"], 2 + bool(sizes["orders"])
