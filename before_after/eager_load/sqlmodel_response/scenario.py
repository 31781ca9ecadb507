import asyncio

import httpx
from fastapi import FastAPI
from sqlalchemy import text
from sqlmodel import Session

REQUIRES = {"sqlalchemy": "2.0"}


def seed(module, session, n):
    session.add_all(module.Team(name="team %d" % (i % 3)) for i in range(n // 3 + 1))
    session.flush()
    session.add_all(
        module.Hero(name="hero %d" % i, team_id=i % (n // 3 + 1) + 1 if i % 4 else None)
        for i in range(n)
    )


def scenario(module, session):
    return asyncio.run(get(module, session))


async def get(module, session):
    app = FastAPI()
    app.include_router(module.router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://team") as client:
        answers = []
        for path in ("/heroes/raw", "/heroes", "/heroes/full"):
            with Session(session.get_bind()) as own:
                app.dependency_overrides[module.get_session] = lambda: own
                answers.append((await client.get(path)).json())
        return answers


def other(sizes):
    return 2


def sizes(session):
    return {"teams": session.execute(text("SELECT count(DISTINCT team_id) FROM hero")).scalar()}
