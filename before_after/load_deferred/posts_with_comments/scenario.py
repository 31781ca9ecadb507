def seed(module, session, n):
    for number in range(1, n + 1):
        body = None if number % 4 == 0 else "word " * number
        draft = "later" if number % 3 else None
        session.add(module.Post(id=number, title=f"post {number}", draft=draft, body=body))
        session.flush()
        for position in range(number % 3):
            text = f"{number} {position}"
            session.add(module.Comment(post_id=number, text=text, stars=position))
    session.commit()


def scenario(module, session):
    return module.texts(session)


def sizes(session):
    from sqlalchemy import text

    count = session.execute(text("SELECT count(*) FROM comments")).scalar()
    return {"comments": count}
