SAVES = "rows"


def scenario(module, session):
    report = module.Report(session)
    return report.without_customer(), report.sold()


def sizes(session):
    return {}


def statements(sizes):
    return 2, 2
