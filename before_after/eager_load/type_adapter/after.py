"""pydantic reads rows by an alias path, and a validator that runs before reads items."""

from pydantic import AliasPath, BaseModel, ConfigDict, Field, TypeAdapter, field_validator
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.models import OrderLine


class LineOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    quantity: int
    number: str = Field(validation_alias=AliasPath("order", "number"))
    product: str | None

    @field_validator("product", mode="before")
    @classmethod
    def sku(cls, product):
        return product and product.sku


lines_adapter = TypeAdapter(list[LineOut])


def lines(session):
    rows = (
        session.execute(
            select(OrderLine)
            .options(selectinload(OrderLine.order), selectinload(OrderLine.product))
            .order_by(OrderLine.id)
        )
        .scalars()
        .all()
    )
    return lines_adapter.dump_python(lines_adapter.validate_python(rows))
