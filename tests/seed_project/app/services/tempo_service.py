from sqlalchemy import func
from sqlalchemy.orm import Session

from app.models import Test


def tests_per_state(db: Session) -> dict[str, int]:
    rows = db.query(Test.state, func.count(Test.id)).group_by(Test.state).all()
    return {state.value: count for state, count in rows}
