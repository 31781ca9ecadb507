"""Starlette's templates: every relationship is read by the attribute of a filter."""

from pathlib import Path

from sqlalchemy import select
from starlette.requests import Request
from starlette.templating import Jinja2Templates

from shop.models import Order

templates = Jinja2Templates(directory=Path(__file__).parent / "templates")


def page(session, request):
    statement = select(Order).where(Order.customer_id.is_not(None)).order_by(Order.id)
    context = {"orders": session.scalars(statement).all(), "title": "Orders"}
    return templates.TemplateResponse(request, "orders.html", context)


def shown(session):
    request = Request({"type": "http", "method": "GET", "path": "/", "headers": []})
    return page(session, request).body.decode()
