"""A atlas's tables."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Country(Base):
    __tablename__ = "countries"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


class City(Base):
    __tablename__ = "cities"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)
    country_id = Column(ForeignKey("countries.id"), nullable=False)
    country = relationship(Country)

    def __repr__(self):
        return "%s (%s)" % (self.name, self.country.name)
