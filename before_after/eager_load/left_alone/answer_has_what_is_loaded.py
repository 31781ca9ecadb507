"""Without a response model FastAPI writes out what is loaded of a row: an option would add to it."""

from fastapi import APIRouter, Depends
from fastapi.encoders import jsonable_encoder
from sqlalchemy.orm import Session

from shop.models import Order

router = APIRouter()


def get_session():
    raise NotImplementedError


@router.get("/orders")
def orders(session: Session = Depends(get_session)):
    return session.query(Order).order_by(Order.id).all()


@router.get("/late")
def late(session: Session = Depends(get_session)):
    rows = session.query(Order).order_by(Order.id).all()
    vips = 0
    for row in rows:
        vips += row.customer.vip  # found: eager-load (loading-not-shown)
    return {"vips": vips, "rows": rows}


def encoded(session):
    rows = session.query(Order).order_by(Order.id).all()
    names = [row.customer.name for row in rows]  # found: eager-load (loading-not-shown)
    return names, jsonable_encoder(rows)


def held(session):
    rows = session.query(Order).order_by(Order.id).all()
    return [(row.customer.name, len(vars(row))) for row in rows]  # found: eager-load (loading-not-shown)


@router.get("/wrapped")
def wrapped(session: Session = Depends(get_session)):
    rows = session.query(Order).order_by(Order.id).all()
    answer = {"vips": sum(row.customer.vip for row in rows)}  # found: eager-load (loading-not-shown)
    answer["rows"] = rows
    return answer


@router.get("/wrapped/{name}")
def wrapped_by_name(name: str, session: Session = Depends(get_session)):
    rows = session.query(Order).order_by(Order.id).all()
    answer = {"vips": sum(row.customer.vip for row in rows)}  # review: eager-load (loading-not-shown)
    answer[name] = rows
    return answer
