"""Keys that the database compares without case (SQLite)."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

TRAP = {
    "codemod": 11,
    "title": "selectinload matches 'DE' and 'de' in Python, where the database takes them for equal",
    "verdict": "review",
    "differs": "result",
    "requires": {"backend": "sqlite"},
}

Base = declarative_base()


class Country(Base):
    __tablename__ = "country"
    code = Column(String(2, collation="NOCASE"), primary_key=True)
    name = Column(String(20))


class City(Base):
    __tablename__ = "city"
    id = Column(Integer, primary_key=True)
    country_code = Column(ForeignKey("country.code"), nullable=False)
    country = relationship(Country)


def seed(session):
    session.add_all([Country(code="de", name="Germany"), Country(code="fr", name="France")])
    session.flush()
    session.add_all(
        City(id=i, country_code=code) for i, code in enumerate(("DE", "fr", "de", "FR"), 1)
    )


inputs = [()]


def before(session: Session):
    cities = session.query(City).order_by(City.id)
    return [city.country.name for city in cities]


def naive(session: Session):
    cities = session.query(City).options(selectinload(City.country)).order_by(City.id)
    return [city.country.name for city in cities]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
