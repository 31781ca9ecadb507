def scenario(module, session):
    return module.ratings(session, 1)
