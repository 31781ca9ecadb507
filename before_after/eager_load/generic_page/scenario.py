import asyncio

import httpx
from fastapi import FastAPI

from shop.models import Address


def scenario(module, session):
    app = FastAPI()
    app.include_router(module.router)
    app.dependency_overrides[module.get_session] = lambda: session
    return asyncio.run(get(app, "/addresses"))


async def get(app, path):
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        return (await client.get(path)).json()


def sizes(session):
    rows = session.query(Address).order_by(Address.id).limit(50)
    return {"customers": len({row.customer_id for row in rows})}
