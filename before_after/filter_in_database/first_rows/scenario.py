def scenario(module, session):
    found = module.newest(session), module.emails(session), module.best(session)
    return found, module.first_of_all(session)
