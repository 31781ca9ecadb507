def scenario(module, session):
    return module.flags(session, 1)
