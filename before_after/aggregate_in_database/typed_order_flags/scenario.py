from datetime import date

MODELS = "shop_typed"


def scenario(module, session):
    days = [date(2024, 1, 1), date(2024, 2, 28), date(2030, 1, 1)]
    flags = [(module.all_paid(session, day), module.has_late_orders(session, day)) for day in days]
    return flags, [
        (module.total(session, order_id), module.most_of(session, order_id)) for order_id in (1, 2, 3)
    ]
