"""FastAPI reads rows by the response model, also fields that the answer then leaves out."""

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from out import PaymentOut
from shop.models import Payment

router = APIRouter()


async def get_session():
    raise NotImplementedError


@router.get("/payments", response_model=list[PaymentOut], response_model_exclude={"id"})
async def payments(session: Session = Depends(get_session)):
    return session.scalars(
        select(Payment).options(selectinload(Payment.order)).order_by(Payment.id)
    ).all()
