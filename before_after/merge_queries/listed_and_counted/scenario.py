def scenario(module, session):
    found = []
    for key in (1, 2, 900):
        page = module.Page(session, key)
        listed, (orders, last) = page.listed(), page.last()
        found.append(([o.number for o in listed["orders"]], listed["number"]))
        found.append(([o.number for o in orders], last))
    return found


def sizes(session):
    return {}


def statements(sizes):
    return 12, 6
