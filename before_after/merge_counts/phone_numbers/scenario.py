def scenario(module, session):
    return module.reach(session, "DE")
