"""The rows have expired, or their session has closed, when FastAPI reads them."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlalchemy.orm import Session

from shop.db import SessionLocal
from shop.models import Order, OrderStatus

router = APIRouter()


class CustomerOut(BaseModel):
    name: str


class OrderOut(BaseModel):
    number: str
    customer: CustomerOut | None  # found: eager-load (rows-stay-loaded)


def get_session():
    raise NotImplementedError


@router.get("/orders", response_model=list[OrderOut])
def committed(session: Session = Depends(get_session)):
    rows = session.query(Order).filter(Order.status == OrderStatus.NEW).all()
    session.commit()
    return rows


@router.get("/closed", response_model=list[OrderOut])
def closed():
    with SessionLocal() as session:
        return session.query(Order).order_by(Order.id).all()


@router.get("/finally", response_model=list[OrderOut])
def finally_closed():
    session = SessionLocal()
    try:
        return session.query(Order).order_by(Order.id).all()
    finally:
        session.close()
