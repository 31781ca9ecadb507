"""A key has blanks up to its length, and an option matches letter by letter."""

from sqlalchemy import CHAR, Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Country(Base):
    __tablename__ = "countries"
    code = Column(CHAR(2), primary_key=True)
    name = Column(String(40))
    cities = relationship("City", order_by="City.id", back_populates="country")


class City(Base):
    __tablename__ = "cities"
    id = Column(Integer, primary_key=True)
    country_code = Column(ForeignKey("countries.code"), nullable=False)
    country = relationship(Country, back_populates="cities")


def countries(session):
    return [city.country.name for city in session.query(City).order_by(City.id)]  # review: eager-load (keys-alike)


def cities(session):
    found = session.query(Country).order_by(Country.code).all()
    return [len(country.cities) for country in found]  # review: eager-load (keys-alike)
