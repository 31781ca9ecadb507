def scenario(module, session):
    return module.per_month(session, 2024), module.birthdays(session)


def statements(sizes):
    return 24, 2
