from sqlalchemy import text


def scenario(module, session):
    return module.readable(session, "ann"), module.readable(session, "nobody")


def sizes(session):
    return {"pages": session.execute(text("SELECT count(*) FROM pages")).scalar()}


def statements(sizes):
    return 2 + 2 * sizes["pages"], 2 + 2 * -(-sizes["pages"] // 500)


def seed(module, session, n):
    for number in range(n):
        page = module.Page(title=f"page {number % 7}")
        session.add(page)
        session.flush()
        for login in ("ann", "bob", "eve")[: number % 4]:
            session.add(module.Grant(page_id=page.id, login=login, action="read"))
