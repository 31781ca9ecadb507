from pydantic import BaseModel


class OrderOut(BaseModel):
    number: str


class PaymentOut(BaseModel):
    id: int
    method: str
    order: OrderOut
