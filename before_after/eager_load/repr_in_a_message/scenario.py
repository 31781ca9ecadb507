from sqlalchemy import text


def seed(module, session, n):
    session.add_all(module.Country(name="country %d" % (i % 3)) for i in range(n // 3 + 1))
    session.flush()
    session.add_all(
        module.City(name="city %d" % i, country_id=i * 5 % (n // 3 + 1) + 1) for i in range(n)
    )


def scenario(module, session):
    return module.Atlas(session).messages()


def sizes(session):
    query = "SELECT count(DISTINCT country_id) FROM cities"
    return {"countries": session.execute(text(query)).scalar()}
