"""Each item has its own schema or database: the session's connection is another one for each."""

from sqlalchemy.orm import Session

from shop.models import OrderLine


def lines_by_schema(session, schemas: dict[str, int]):
    counts = {}
    for schema, order_id in schemas.items():
        session.connection(execution_options={"schema_translate_map": {None: schema}})
        lines = session.query(OrderLine).filter(OrderLine.order_id == order_id)
        counts[schema] = lines.count()  # review: hoist-lookup (calls-known)
        session.commit()
    return counts


def lines_by_database(session: Session, engines, order_ids: list[int]):
    counts = []
    for order_id in order_ids:
        session.bind = engines[order_id % 2]
        lines = session.query(OrderLine).filter(OrderLine.order_id == order_id)
        counts.append(lines.count())  # review: hoist-lookup (calls-known)
    return counts
