import datetime
from decimal import Decimal

from shop.models import Customer, Order, OrderLine, OrderStatus, Payment, Product

SAVES = "rows"


def seed(session, n):
    customer = Customer(id=1, email="a@example.com", name="A")
    product = Product(id=1, sku="P1", name="Pen", price=Decimal("1.50"))
    session.add_all([customer, product])
    session.flush()
    for number in range(1, n + 1):
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=number)
        owner = 1 if number % 3 else None
        new = OrderStatus.NEW
        order = Order(id=number, number=f"N{number}", placed_on=day, status=new, customer_id=owner)
        session.add(order)
        session.flush()
        for position in range(number % 7):
            line = OrderLine(
                order_id=number, position=position, product_id=1, quantity=position, unit_price=1
            )
            session.add(line)
        for amount in range(number % 5):
            session.add(Payment(order_id=number, amount=Decimal(amount), method="cash"))
    session.commit()


def scenario(module, session):
    return module.statements(session)


def sizes(session):
    return {"orders": session.query(Order).count()}
