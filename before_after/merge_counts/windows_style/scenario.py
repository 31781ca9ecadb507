def scenario(module, session):
    return module.numbers(session, "card")
