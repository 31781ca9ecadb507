"""A float of single precision finds a row in SQL whose value is another one in Python."""

from sqlalchemy import Column, Float, Integer, String

from shop.models import Base


class ParcelRate(Base):
    __tablename__ = "parcel_rates"

    id = Column(Integer, primary_key=True)
    weight = Column(Float, nullable=False, unique=True)
    label = Column(String(50), nullable=False)


def labels(session, weights: list[float]):
    result = []
    for weight in weights:
        rate = session.query(ParcelRate).filter(ParcelRate.weight == weight).first()  # review: hoist-lookup (keys-equal)
        result.append(rate.label if rate else None)
    return result
