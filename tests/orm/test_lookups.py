"""What is recognised as a lookup, and what stands in its place."""

from __future__ import annotations

import textwrap
from pathlib import Path

from codemods import check, diff
from codemods.finding import Finding, Status

MODELS = """
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base, sessionmaker

Base = declarative_base()
{session}


class List(Base):
    __tablename__ = "lists"
    id = Column(Integer, primary_key=True)
    code = Column(String(9), unique=True, nullable=False)


class Entry(Base):
    __tablename__ = "entries"
    id = Column(Integer, primary_key=True)
    list_id = Column(ForeignKey("lists.id"), nullable=False)
    position = Column(Integer, nullable=False)
"""


def project(
    folder: Path, code: str, session: str = "Local = sessionmaker()", more: str = ""
) -> Path:
    (folder / "pyproject.toml").write_text(
        f'[tool.minusn]\ndatabase = ["sqlite", "postgresql"]\nselect = ["hoist-lookup"]\n{more}'
    )
    (folder / "models.py").write_text(MODELS.format(session=session))
    path = folder / "main.py"
    path.write_text("from models import *\n\n\n" + textwrap.dedent(code).strip() + "\n")
    return path


def findings(folder: Path, code: str, session: str = "Local = sessionmaker()") -> list[Finding]:
    path = project(folder, code, session)
    return list(check([path], root=folder).problems)


def rewritten(folder: Path, code: str, more: str = "") -> str:
    path = project(folder, code, more=more)
    changes = diff([path], root=folder, review=True)
    assert not changes.failures
    return changes.files[0].after.decode() if changes.files else path.read_text()


def stopped(finding: Finding) -> set[str]:
    return {p.name for p in finding.preconditions if p.status is not Status.PROVEN}


FIRST = """
    def codes(session: Session, ids: list[int]):
        found = []
        for id in ids:
            found.append(session.query(List).filter(List.id == id).first())
        return found
"""


def test_new_names_shadow_neither_builtins_nor_parameters(tmp_path: Path) -> None:
    text = rewritten(tmp_path, FIRST)
    assert "lists: dict[int, List] = {}" in text
    assert "for chunk in _chunks(ids):" in text
    assert "for row in session.query(List)" in text
    assert "found.append(lists.get(id))" in text


def test_batch_size_is_that_of_the_project(tmp_path: Path) -> None:
    assert "size: int = 70" in rewritten(tmp_path, FIRST, more="batch-size = 70\n")


def test_chunks_are_written_once(tmp_path: Path) -> None:
    text = rewritten(tmp_path, FIRST + FIRST.replace("def codes", "def again"))
    assert text.count("def _chunks(") == 1
    assert text.count("in _chunks(ids)") == 2


def test_another_function_of_that_name_is_not_taken_for_it(tmp_path: Path) -> None:
    other = """
    def _chunks(keys):
        return [keys]

    """
    text = rewritten(tmp_path, other + FIRST)
    assert "in _chunks_of_keys(ids)" in text


def test_a_name_of_the_module_is_not_rebound(tmp_path: Path) -> None:
    code = """
    CODES = make()

    def ids(session):
        result = []
        for code in CODES:
            result.append(session.query(List).filter(List.code == code).one_or_none())
        return result
    """
    text = rewritten(tmp_path, code)
    assert "all_CODES = list(CODES)" in text
    assert "for code in all_CODES:" in text


def test_an_iterator_is_not_used_up_by_the_collection_of_the_keys(tmp_path: Path) -> None:
    code = """
    def ids(session, codes):
        for code in list(codes):
            print(session.query(List).filter(List.code == code).one_or_none())
    """
    text = rewritten(tmp_path, code)
    assert text.count("list(codes)") == 1
    assert "all_codes = list(codes)" in text
    assert "for code in all_codes:" in text


def test_items_that_are_numbered(tmp_path: Path) -> None:
    code = """
    def ids(session, codes{annotation}):
        for number, code in enumerate(codes, start=1):
            print(number, session.query(List).filter(List.code == code).one_or_none())
    """
    text = rewritten(tmp_path, code.format(annotation=""))
    assert "items = list(enumerate(codes, start=1))" in text
    assert "_chunks(code for number, code in items)" in text
    text = rewritten(tmp_path, code.format(annotation=": list[str]"))
    assert "in _chunks(codes)" in text


def test_same_lookup_twice_is_one_fetch(tmp_path: Path) -> None:
    code = """
    def twice(session):
        for entry in session.query(Entry).all():
            print(session.query(List).filter(List.id == entry.list_id).one_or_none())
            print(session.query(List).filter(List.id == entry.list_id).one_or_none())
    """
    text = rewritten(tmp_path, code)
    assert text.count("session.query(List)") == 1
    assert text.count("lists.get(entry.list_id)") == 2


UPSERT = """
    def upsert(session: Session, codes: list[str]):
        for code in codes:
            found = session.query(List).filter(List.code == code).first()
            if not found:
                session.add(List(code=code))
"""


def test_upsert_needs_a_session_that_is_known_to_flush(tmp_path: Path) -> None:
    (known,) = findings(tmp_path, f"{UPSERT.rstrip()}\n        session.commit()\n")
    assert known.applicability == "safe"
    # what the database refuses of a new row is refused here today, but for the last one's
    (late,) = findings(tmp_path, UPSERT)
    assert late.applicability == "review"
    assert "flushes-alike" in stopped(late)
    for session in ("", "Local = sessionmaker(autoflush=False)"):
        (unknown,) = findings(tmp_path, UPSERT, session)
        assert unknown.fix is None
        assert "table-not-written" in stopped(unknown)


def test_upsert_keeps_the_dict_up(tmp_path: Path) -> None:
    text = rewritten(tmp_path, f"{UPSERT.rstrip()}\n            print(found)\n")
    assert "new_list = List(code=code)\n" in text
    assert "session.add(new_list)\n" in text
    assert "lists[code] = new_list\n" in text


def test_upsert_keeps_the_set_up_where_no_row_is_used(tmp_path: Path) -> None:
    text = rewritten(tmp_path, UPSERT)
    assert "found = code in known_codes\n" in text
    assert "session.add(List(code=code))\n            known_codes.add(code)\n" in text


def test_first_of_several_is_one_row_for_each_key(tmp_path: Path) -> None:
    code = """
    def first(session):
        for list_ in session.query(List).order_by(List.id).all():
            query = session.query(Entry).filter(Entry.list_id == list_.id)
            print(query.order_by(Entry.position.desc(), Entry.id).first())
    """
    (finding,) = findings(tmp_path, code)
    assert finding.applicability == "safe"
    text = rewritten(tmp_path, code)
    assert "func.row_number()" in text and "ranked.c.position == 1" in text
    assert "query = " not in text


def test_condition_of_the_session_in_the_loop(tmp_path: Path) -> None:
    code = """
    def own(engine, ids: list[int]):
        for id in ids:
            with Session(engine) as session:
                print(session.query(List).filter(List.id == id).first())
    """
    (finding,) = findings(tmp_path, code)
    assert finding.fix is None


def test_cost(tmp_path: Path) -> None:
    code = """
    def total(session):
        return [session.query(List).filter(List.id == e.list_id).one() for e in session.query(Entry)]
    """
    (finding,) = findings(tmp_path, code)
    assert finding.cost is not None and finding.cost.after is not None
    assert finding.cost.before.statements == "1 + entries"
    assert finding.cost.after.statements == "1 + ⌈list_ids/500⌉"


def test_what_does_not_depend_on_the_item_belongs_before_the_loop(tmp_path: Path) -> None:
    code = """
        def entries(session: Session, ids: list[int], offset: int):
            found = []
            for id in ids:
                start = offset + 1
                first = start * 2
                {assigned}
                query = session.query(Entry).filter(Entry.list_id == id)
                found.append(query.filter(Entry.position != first).all())
            return found
    """
    reasons = []
    for assigned in ("", "first = first + id"):
        [finding] = findings(tmp_path, code.format(assigned=assigned))
        reasons += [p.reason for p in finding.preconditions if p.status is Status.REFUTED]
    assert reasons == [
        "first is computed in the loop, but not from its item: it belongs before the loop, where "
        "it does not change",
        "a condition other than equality depends on the item",
    ]


def test_a_key_from_another_query_is_told_as_such(tmp_path: Path) -> None:
    code = """
        def entries(session: Session, codes: list[str]):
            found = []
            for code in codes:
                each = session.query(List).filter(List.code == code).one()
                found.append(session.query(Entry).filter(Entry.list_id == each.id).all())
            return found
    """
    *_, finding = findings(tmp_path, code)
    reasons = [p.reason for p in finding.preconditions if p.status is Status.REFUTED]
    assert reasons == ["the key comes from another query of the loop: mend that first"]


def test_a_condition_on_another_table_is_named(tmp_path: Path) -> None:
    code = """
        def entries(session: Session, codes: list[str]):
            found = []
            for code in codes:
                query = session.query(Entry).filter(List.id == Entry.list_id)
                found.append(query.filter(List.code == code).all())
            return found
    """
    [finding] = findings(tmp_path, code)
    reasons = [p.reason for p in finding.preconditions if p.status is Status.REFUTED]
    assert reasons == ["a condition on another table, List, depends on the item"]
