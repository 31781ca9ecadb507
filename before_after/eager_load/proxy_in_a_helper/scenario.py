from sqlalchemy import text


def seed(module, session, n):
    session.add_all(module.Skill(name="skill %d" % (i % 5)) for i in range(n // 2 + 1))
    session.add_all(module.Person() for _ in range(n))
    session.flush()
    session.add_all(
        module.Level(person_id=i, skill_id=(i * k) % (n // 2 + 1) + 1, position=7 - k)
        for i in range(1, n + 1)
        for k in range(i % 3)
    )


def scenario(module, session):
    return module.profiles(session)


def sizes(session):
    people = session.execute(text("SELECT count(*) FROM people")).scalar()
    skills = session.execute(text("SELECT count(DISTINCT skill_id) FROM levels")).scalar()
    return {"people": people, "skills": skills}
