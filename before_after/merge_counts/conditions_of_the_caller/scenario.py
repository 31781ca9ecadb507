from shop.models import Payment


def scenario(module, session):
    some = module.numbers(session, Payment.id > 2, Payment.order_id < 90, method="cash")
    return [str(number) for number in (*some, *module.numbers(session))]


def statements(sizes):
    return 2 * 2, 2
