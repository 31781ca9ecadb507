"""A page of rows goes through the field of a generic response model."""

from typing import Generic, TypeVar

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlalchemy.orm import Session

from shop.models import Address

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int


class CustomerOut(BaseModel):
    name: str


class AddressOut(BaseModel):
    city: str
    customer: CustomerOut


router = APIRouter()


async def get_session():
    raise NotImplementedError


@router.get("/addresses")
async def addresses(session: Session = Depends(get_session)) -> Page[AddressOut]:
    rows = session.query(Address).order_by(Address.id).limit(50).all()
    return {"items": rows, "total": len(rows)}
