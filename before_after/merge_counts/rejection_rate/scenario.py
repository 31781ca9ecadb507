def scenario(module, session):
    return module.rejection_rate(session)
