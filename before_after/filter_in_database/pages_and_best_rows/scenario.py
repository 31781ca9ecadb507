SAVES = "rows"


def scenario(module, session):
    try:
        latest = module.latest(session).number
    except ValueError as error:
        latest = str(error)
    least, most = module.least_used(session), module.most_used(session)
    found = [latest, least and least.name, most and most.name, module.rarest(session)]
    found += [module.newest(session), module.best_seller(session), module.last_of_stock(session)]
    emails = [customer.email for customer in module.third_page(session)]
    return [module.second_page(session), emails, *found]


def sizes(session):
    return {}


def statements(sizes):
    return 9, 9
