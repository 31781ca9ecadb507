"""The two queries cannot be one, or it is the loaded rows that are kept."""

# pyproject: database = ["mysql"]

from shop.models import AuditLog, Category, Customer, Order, OrderLine, Product


def first_ten(session):
    ids = [row.id for row in session.query(Customer).order_by(Customer.id).limit(10)]  # found: subquery-instead-of-ids (database-takes-it)
    return session.query(Order).filter(Order.customer_id.in_(ids)).all()


def of_one_table(session):
    ids = [row.parent_id for row in session.query(Category).filter(Category.name != "")]  # found: subquery-instead-of-ids (own-tables)
    return session.query(Category).filter(Category.id.in_(ids)).all()


def of_two_kinds(session):
    ids = [row.id for row in session.query(Order)]  # found: subquery-instead-of-ids (same-kind)
    return session.query(AuditLog).filter(AuditLog.entity_id.in_(ids)).all()


def with_lines(session):
    orders = session.query(Order).all()
    return [order for order in orders if order.lines]  # found: subquery-instead-of-ids (condition-moves)


def with_some_lines(session):
    numbers = []
    for order in session.query(Order).order_by(Order.id):
        if len(order.lines) > 0:  # found: subquery-instead-of-ids (condition-moves)
            numbers.append(order.number)
    return numbers


def without_lines(session):
    numbers = []
    for order in session.query(Order).order_by(Order.id).all():
        if order.lines:  # found: subquery-instead-of-ids (condition-moves)
            continue
        numbers.append(order.number)
    return numbers


def of_known_lines(session):
    ids = [row.product_id for row in session.query(OrderLine).filter(OrderLine.quantity > 3)]  # review: subquery-instead-of-ids (planned-together)
    return session.query(Product).filter(Product.id.in_(ids)).all()
