"""What the programs may use: helpers, and the columns and relationships of the models."""

from __future__ import annotations

HEADER = """\
import random

from sqlalchemy import and_, case, exists, func, or_, select
from sqlalchemy.exc import IntegrityError, MultipleResultsFound, NoResultFound
from sqlalchemy.orm import Session, joinedload, selectinload

from db import SessionLocal
from models import (
    Audit, Country, Customer, Document, Invoice, Label, Line, Order, Price, Product, Profile,
    Region, Reminder, Report, Slot, Status, Tag,
)


def clean(value):
    return value.strip() if isinstance(value, str) else value


def swap(item):
    item["key"] = item["other"]


def note(out, value):
    out.append(value)


def touch(session, row):
    row.name = "touched"
    session.flush()
"""

# model: {column: (kind, nullable, unique)}
COLUMNS: dict[str, dict[str, tuple[str, bool, bool]]] = {
    "Country": {"code": ("str", False, True), "name": ("str", False, False)},
    "Region": {
        "id": ("int", False, True), "name": ("str", False, True), "parent_id": ("int", True, False),
    },
    "Customer": {
        "id": ("int", False, True), "email": ("str", False, True), "name": ("str", True, False),
        "region_id": ("int", True, False), "country_code": ("str", True, False),
        "vip": ("bool", True, False), "joined": ("date", True, False),
        "balance": ("Decimal", True, False), "shown": ("str", True, False),
    },
    "Profile": {
        "id": ("int", False, True), "customer_id": ("int", True, True), "bio": ("str", True, False),
    },
    "Order": {
        "id": ("int", False, True), "number": ("str", False, True),
        "customer_id": ("int", True, False), "status": ("Status", False, False),
        "placed": ("datetime", True, False), "day": ("date", True, False),
        "amount": ("int", True, False), "total": ("Decimal", True, False),
        "rate": ("float", True, False),
    },
    "Line": {
        "id": ("int", False, True), "order_id": ("int", False, False),
        "product_id": ("int", True, False), "quantity": ("int", False, False),
    },
    "Product": {
        "id": ("int", False, True), "sku": ("str", False, True), "code": ("str", True, True),
        "category": ("str", True, False), "price": ("Decimal", True, False),
        "weight": ("float", True, False), "active": ("bool", False, False),
        "uid": ("UUID", True, True),
    },
    "Price": {
        "list_code": ("str", False, False), "product_id": ("int", False, False),
        "amount": ("int", True, False),
    },
    "Slot": {
        "id": ("int", False, True), "day": ("date", True, False), "place": ("int", True, False),
        "label": ("str", True, False),
    },
    "Tag": {
        "id": ("int", False, True), "name": ("str", False, True), "uses": ("int", False, False),
    },
    "Label": {
        "id": ("int", False, True), "name": ("str", False, True), "uses": ("int", False, False),
    },
    "Invoice": {
        "id": ("int", False, True), "customer_id": ("int", True, False),
        "kind": ("str", False, False), "amount": ("int", True, False),
    },
    "Reminder": {
        "id": ("int", False, True), "customer_id": ("int", True, False),
        "amount": ("int", True, False), "fee": ("int", True, False),
    },
    "Document": {
        "id": ("int", False, True), "title": ("str", True, True), "order_id": ("int", True, False),
    },
    "Report": {
        "id": ("int", False, True), "title": ("str", True, True), "order_id": ("int", True, False),
        "pages": ("int", True, False),
    },
    "Audit": {
        "id": ("int", False, True), "subject": ("int", False, False),
        "action": ("str", True, False), "at": ("datetime", False, False),
    },
}  # fmt: skip

# model: {relationship: (target, many)}
RELATIONS: dict[str, dict[str, tuple[str, bool]]] = {
    "Region": {"parent": ("Region", False), "children": ("Region", True)},
    "Customer": {
        "region": ("Region", False), "country": ("Country", False), "orders": ("Order", True),
        "invoices": ("Invoice", True), "profile": ("Profile", False), "tags": ("Tag", True),
    },
    "Profile": {"customer": ("Customer", False)},
    "Order": {"customer": ("Customer", False), "lines": ("Line", True)},
    "Line": {"order": ("Order", False), "product": ("Product", False)},
    "Price": {"product": ("Product", False)},
    "Invoice": {"customer": ("Customer", False)},
    "Reminder": {"customer": ("Customer", False)},
    "Document": {"order": ("Order", False)},
    "Report": {"order": ("Order", False)},
}  # fmt: skip

# columns that mean the same thing: (model, column) -> where one looks it up
LINKS: list[tuple[str, str, str, str]] = [
    ("Order", "customer_id", "Customer", "id"), ("Order", "id", "Line", "order_id"),
    ("Line", "product_id", "Product", "id"), ("Line", "order_id", "Order", "id"),
    ("Customer", "id", "Order", "customer_id"), ("Customer", "id", "Profile", "customer_id"),
    ("Customer", "region_id", "Region", "id"), ("Customer", "country_code", "Country", "code"),
    ("Customer", "id", "Audit", "subject"), ("Order", "id", "Audit", "subject"),
    ("Region", "id", "Customer", "region_id"), ("Region", "parent_id", "Region", "id"),
    ("Customer", "id", "Invoice", "customer_id"), ("Customer", "id", "Reminder", "customer_id"),
    ("Order", "id", "Document", "order_id"), ("Order", "id", "Report", "order_id"),
    ("Product", "id", "Price", "product_id"), ("Product", "id", "Line", "product_id"),
    ("Customer", "name", "Tag", "name"), ("Order", "number", "Order", "number"),
    ("Customer", "joined", "Slot", "day"), ("Order", "day", "Slot", "day"),
    ("Order", "placed", "Audit", "at"), ("Order", "total", "Product", "price"),
    ("Customer", "balance", "Order", "total"), ("Order", "rate", "Product", "weight"),
    ("Product", "category", "Customer", "name"), ("Product", "code", "Product", "code"),
    ("Product", "uid", "Product", "uid"), ("Order", "status", "Order", "status"),
    ("Product", "active", "Customer", "vip"), ("Tag", "name", "Label", "name"),
    ("Line", "quantity", "Order", "amount"), ("Customer", "name", "Customer", "shown"),
    ("Order", "placed", "Slot", "day"), ("Product", "price", "Product", "weight"),
    ("Order", "amount", "Customer", "email"), ("Slot", "place", "Tag", "id"),
]  # fmt: skip
