"""Which schema shows the rows is known only when the code runs, or shows no relationship."""

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from shop.models import Order


class Named(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str


class Short(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: str


class Long(Short):
    customer: Named | None


def page(session, schema=None):
    schema = schema or Short
    return [schema.model_validate(row) for row in session.scalars(select(Order)).all()]


def chosen(session, schemas, kind):
    schema = schemas[kind] or Long
    return [schema.model_validate(row) for row in session.scalars(select(Order)).all()]


def either(session, details):
    schema = Long if details else Short
    return [schema.model_validate(row) for row in session.scalars(select(Order)).all()]
