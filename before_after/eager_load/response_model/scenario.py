import asyncio

import httpx
from fastapi import FastAPI

from shop.models import Payment


def scenario(module, session):
    app = FastAPI()
    app.include_router(module.router)
    app.dependency_overrides[module.get_session] = lambda: session
    return asyncio.run(get(app, "/payments"))


async def get(app, path):
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        return (await client.get(path)).json()


def sizes(session):
    return {"orders": session.query(Payment.order_id).distinct().count()}
