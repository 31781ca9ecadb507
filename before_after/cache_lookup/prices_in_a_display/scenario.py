from shop.models import OrderLine


def _lines(session):
    return session.query(OrderLine).order_by(OrderLine.id).all()


def scenario(module, session):
    return module.Comparison(session).cheaper(_lines(session))


def other(sizes):
    return 1


def sizes(session):
    asked = [x.quantity for x in _lines(session) if x.quantity > 1 and x.product_id]
    return {"lines": len(asked), "distinct_quantities": len(set(asked))}
