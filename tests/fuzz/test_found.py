"""Programs that safe fixes once broke, made small, and what they are told apart from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz.runner import Laboratory
from tests.fuzz.writer import Function

START = "def f(session: Session, items: list[{kind}], result):\n    out = []\n"

# What stands in the way: kind of the keys, shape of the items, the sessions, the program.
LEFT: dict[str, tuple[str, str, str, str]] = {
    "an iterator that the loop takes from": ("str", "list", "default", """
it = iter(items)
for k in it:
    following = next(it, None)
    c = session.query(Customer).filter(Customer.email == k).first()
    out.append((following, c.id if c else None))
"""),
    "an iterator over what the loop adds to": ("str", "list", "default", """
it = iter(items)
for k in it:
    c = session.query(Customer).filter(Customer.email == k).first()
    out.append(c.id if c else None)
    if k == "ann" and len(items) < 20:
        items.append("c1@x")
"""),
    "the list under another name": ("str", "list", "default", """
todo = items
for k in items:
    c = session.query(Customer).filter(Customer.email == k).first()
    out.append(c.id if c else None)
    if len(todo) < 10:
        todo.append("c2@x")
"""),
    "a function that changes the list": ("str", "list", "default", """
for k in items:
    c = session.query(Customer).filter(Customer.email == k).first()
    out.append(c.id if c else None)
    random.Random(1).shuffle(items)
"""),
    "the key of a later item": ("str", "dicts", "default", """
for i, row in enumerate(items):
    c = session.query(Customer).filter(Customer.email == row["key"]).first()
    out.append(c.id if c else None)
    items[-1]["key"] = "c2@x"
"""),
    "an error of the key is handled": ("str", "dicts", "default", """
for row in items:
    try:
        c = session.query(Customer).filter(Customer.email == row["key"]).first()
    except KeyError:
        out.append("missing")
        continue
    out.append(c.id if c else None)
"""),
    "a key that is not flushed": ("str", "list", "off", """
found = session.query(Customer).first()
if found:
    found.email = "zz"
for k in items:
    c = session.query(Customer).filter(Customer.email == k).first()
    out.append(c.id if c else None)
"""),
    "keys written behind the session's back": ("str", "list", "default", """
kept = session.query(Customer).all()
session.query(Customer).filter(Customer.id == 1).update(
    {"email": "zz"}, synchronize_session=False
)
for k in ["zz", "c1@x", "c2@x"]:
    c = session.query(Customer).filter(Customer.email == k).first()
    out.append(c.id if c else None)
"""),
    "rows get another order": ("int", "list", "default", """
for k in items:
    rows = session.query(Order).filter(Order.customer_id == k)
    for o in rows.order_by(Order.amount, Order.id).all():
        out.append(o.id)
        o.amount = 5 - (o.amount or 0)
"""),
    "another row becomes the first": ("int", "list", "default", """
for k in items:
    rows = session.query(Order).filter(Order.customer_id == k)
    o = rows.order_by(Order.amount, Order.id).first()
    if o:
        out.append(o.id)
        o.amount = (o.amount or 0) + 9
"""),
    "a default that a flush sets": ("str", "list", "default", """
for k in items:
    t = session.query(Tag).filter(Tag.name == k).first()
    if not t:
        t = Tag(name=k)
        session.add(t)
    out.append(t.uses)
"""),
    "a default of another new row": ("int", "list", "default", """
for k in items:
    line = Line(order_id=k, product_id=1)
    session.add(line)
    out.append(session.query(Order).filter(Order.id == k).first())
    out.append(line.quantity)
"""),
    "keys of new rows that are read below the loop": ("str", "list", "default", """
made = []
for k in items:
    t = session.query(Tag).filter(Tag.name == k).first()
    if not t:
        t = Tag(name=k)
        session.add(t)
    made.append(t)
out.append([t.id for t in made])
"""),
    "a collection that loads again with its row": ("int", "list", "default", """
for k in items:
    line = Line(order_id=k, product_id=1)
    session.add(line)
    o = session.query(Order).filter(Order.id == k).first()
    if o:
        out.append(len(o.lines))
"""),
    "a condition with a name of the loop": ("int", "list", "default", """
for k in items:
    more = Order.id > len(out)
    out.append(session.query(Order).filter(Order.customer_id == k).filter(more).count())
"""),
    "a list next to the key": ("int", "list", "default", """
for k in items:
    own = [k, k + 1]
    out.append(session.query(Order).filter(Order.customer_id == k, Order.id.in_(own)).count())
"""),
    "a sum of what the item says": ("int", "list", "default", """
for k in items:
    total = session.query(func.sum(Order.amount * k)).filter(Order.customer_id == k)
    out.append(total.scalar())
"""),
    "new rows in a list that the function gives back": ("str", "list", "default", """
for k in items:
    t = session.query(Tag).filter(Tag.name == k).first()
    if not t:
        t = Tag(name=k)
        session.add(t)
    out.append(t)
"""),
    "a flush that fails before a row is missing": ("int", "list", "default", """
for line in session.query(Line).order_by(Line.id).all():
    line.order = None
    p = session.query(Product).filter(Product.id == line.product_id).one()
    out.append(p.sku)
"""),
}  # fmt: skip

# What is rewritten, and once was rewritten wrongly.
REWRITTEN: dict[str, tuple[str, str, str, str]] = {
    "a list of what a query gives": ("int", "list", "default", """
lines = session.scalars(select(Line).where(Line.id >= 2))
for line in list(lines):
    if session.query(Order).filter_by(amount=line.quantity).first() is None:
        out.append(line.quantity)
"""),
    "a column read by position": ("int", "list", "default", """
for k in items:
    rows = session.query(Order.id).filter(Order.customer_id == k)
    o = rows.order_by(Order.id.desc()).first()
    out.append(o[0] if o else None)
"""),
    "a sum with a value for no rows": ("int", "list", "default", """
for k in items:
    total = session.query(func.coalesce(func.sum(Line.quantity), 0))
    out.append(total.filter(Line.order_id == k).scalar())
"""),
    "counts of a class below another": ("int", "list", "default", """
n = session.query(Report).filter(Report.order_id != 2).count()
m = session.query(Report).filter(Report.order_id != 2).count()
out.append((n, m))
"""),
    "counts of a class in its parent's table": ("int", "list", "default", """
n = session.query(Reminder).filter(Reminder.customer_id != 2).count()
m = session.query(Reminder).filter(Reminder.customer_id != 2).count()
out.append((n, m))
"""),
    "two paths below one option": ("int", "list", "default", """
for line in session.query(Line).options(selectinload(Line.order)):
    order = line.order
    if order:
        out.append(len(order.lines))
        out.append(order.customer and order.customer.name)
"""),
    "one row of a computed key": ("str", "list", "default", """
for k in items:
    c = session.query(Customer).filter(func.lower(Customer.email) == k.lower())
    out.append(c.one_or_none())
"""),
    "the last rows of each key": ("int", "list", "default", """
for k in items:
    orders = session.query(Order).filter(Order.customer_id == k).order_by(Order.id.desc())
    out.append([o.id for o in orders.limit(2).all()])
"""),
    "a query in steps": ("int", "list", "default", """
for k in items:
    q = select(Order).where(Order.customer_id == k)
    if result:
        q = q.where(Order.amount == 1)
    else:
        q = q.where(Order.amount > 1)
    q = q.order_by(Order.id)
    out.append([o.id for o in session.scalars(q).all()])
"""),
    "a key with another value the second time": ("int", "list", "default", """
for k in items:
    out.append(session.query(Order).filter(Order.id == k).first())
    k = 3
    out.append(session.query(Order).filter(Order.id == k).first())
"""),
}  # fmt: skip


@pytest.fixture(scope="module")
def laboratory() -> Iterator[Laboratory]:
    made = Laboratory()
    yield made
    made.close()


def _function(kind: str, shape: str, body: str) -> Function:
    lines = [f"    {line}\n" for line in body.strip("\n").split("\n")]
    source = START.format(kind="dict" if shape == "dicts" else kind)
    honest = "except KeyError" not in body
    return Function("f", source + "".join(lines) + "    return out\n", kind, shape, honest)


@pytest.mark.parametrize("name", LEFT)
def test_left_alone(laboratory: Laboratory, name: str) -> None:
    kind, shape, facts, body = LEFT[name]
    before, after, _ = laboratory.rewritten([_function(kind, shape, body)], facts, 0)
    assert after == before


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewritten(laboratory: Laboratory, name: str) -> None:
    kind, shape, facts, body = REWRITTEN[name]
    found = list(laboratory.failures([_function(kind, shape, body)], facts, 0, range(20)))
    assert laboratory.changed
    assert not found
