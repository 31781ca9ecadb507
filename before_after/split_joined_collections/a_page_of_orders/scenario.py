SAVES = "time"


def scenario(module, session):
    return [module.page(session, number, 7) for number in range(3)]
