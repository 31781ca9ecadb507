from shop.models import Order, Payment


def scenario(module, session):
    numbers = [number for (number,) in session.query(Order.number).order_by(Order.id)]
    lines = [module.Line(number, at) for at, number in enumerate(numbers)]
    lines += [module.Line("none", 5), *lines[:2]]
    unknown = module.book(session, lines)
    return unknown, session.query(Payment).filter(Payment.method == "bank").count()


def sizes(session):
    orders = session.query(Order).count()
    return {"lines": orders + 1 + min(orders, 2), "numbers": orders + 1}


def other(sizes):
    return 2
