def scenario(module, session):
    return module.usage(session)
