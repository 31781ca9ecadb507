MODELS = "shop_typed"


def seed(module, session, n):
    for number in range(n):
        session.add(module.Agent(id=number + 1, name=f"agent {number}"))
        session.flush()
        for position in range(number % 3):
            session.add(
                module.Ticket(
                    agent_id=number + 1, subject=f"{number}-{position}", is_open=position != 1
                )
            )
    session.commit()


async def scenario(module, session):
    return await module.open_tickets(session)


def sizes(session):
    from sqlalchemy import text

    count = session.execute(text("SELECT count(*) FROM agents")).scalar()
    return {"agents": count, "agent_ids": count}
