def scenario(module, session):
    return module.actions(session, "short"), module.users(session)
