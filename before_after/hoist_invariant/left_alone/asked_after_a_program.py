"""The loop starts a program, which may write what is counted."""

import subprocess

from sqlalchemy import func, select

from shop.models import Order


def import_files(session, paths: list[str]):
    counts = []
    for path in paths:
        before = session.scalar(select(func.count(Order.id)))  # review: hoist-invariant (table-not-written)
        subprocess.run(["import-orders", path], check=False)
        counts.append(before)
    return counts
