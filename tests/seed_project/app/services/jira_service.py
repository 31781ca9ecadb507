from sqlalchemy.orm import Session

from app.models import Test


def push_tests(db: Session, client, test_ids: list) -> dict:
    tests = db.query(Test).filter(Test.id.in_(test_ids)).all()
    issues = {}
    for test in tests:
        issues[str(test.id)] = client.create_issue(summary=test.name, state=test.state.value)
    return issues
