from datetime import date, timedelta
from decimal import Decimal

REQUIRES = {"sqlalchemy": "1.4"}


def seed(module, session, n):
    for number in range(min(n, 7)):
        for currency in ("USD", "CHF")[: 1 + number % 2]:
            session.add(
                module.Rate(
                    currency=currency,
                    fixed_on=date(2024, 2, 27) + timedelta(days=number // 2),
                    value=Decimal(number + 2) / 2,
                )
            )
    for number in range(n):
        session.add(
            module.Invoice(
                currency=("USD", "CHF", "JPY", None)[number % 4],
                issued_on=date(2024, 2, 26) + timedelta(days=number % 5),
                amount=Decimal(number),
            )
        )
    session.commit()


def scenario(module, session):
    return module.in_euros(session)


def sizes(session):
    from sqlalchemy import text

    count = session.execute(text("SELECT count(*) FROM invoices")).scalar()
    keys = session.execute(text("SELECT DISTINCT currency, issued_on FROM invoices")).all()
    return {"invoices": count, "distinct_currency_and_issued_ons": len(keys)}
