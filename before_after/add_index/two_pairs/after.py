"""A table of which two pairs of columns are asked for, in a project that writes `sa.Column`."""

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Shipment(Base):
    """What was sent where."""

    __tablename__ = "shipments"
    __table_args__ = (
        sa.Index("ix_shipments_country_city", "country", "city"),
        sa.Index("ix_shipments_carrier_number", "carrier", "number"),
    )

    id = sa.Column(sa.Integer, primary_key=True)
    country = sa.Column(sa.String(2), nullable=False)
    city = sa.Column(sa.String(50), nullable=False)
    carrier = sa.Column(sa.String(20), nullable=False)
    number = sa.Column(sa.String(20), nullable=False)
    sent_on = sa.Column(sa.Date)


class Depots:
    def __init__(self, session):
        self.session = session

    def sent_to(self, country, city):
        query = self.session.query(Shipment).filter_by(country=country, city=city)
        return [shipment.number for shipment in query.order_by(Shipment.id)]

    def known(self, carrier, number):
        shipment = (
            self.session.query(Shipment)
            .filter(sa.and_(Shipment.carrier == carrier, Shipment.number == number))
            .first()
        )
        return shipment is not None

    def last_of(self, carrier):
        query = self.session.query(Shipment.number).filter(Shipment.carrier == carrier)
        return query.order_by(Shipment.sent_on.desc(), Shipment.id).first()
