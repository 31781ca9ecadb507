"""What the query of a lookup may have besides its key, and what stands for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_lookups import findings, rewritten, stopped

from codemods.finding import Applicability

EACH = """
    from sqlalchemy import func, select

    def made(session: Session, ids: list[int], codes: list[str], wanted: dict[int, str], flag):
        found = []
        for id in ids:
            found.append({query})
        return found
"""


def _each(query: str) -> str:
    return EACH.format(query=query)


@pytest.mark.parametrize(
    "query",
    [
        "session.query(List).filter(List.id == id).distinct().first()",
        "session.query(List).filter(List.id == id).limit(1).first()",
        "session.query(List).filter(List.id == id).limit(3).one_or_none()",
        "len(session.query(Entry).distinct().filter(Entry.list_id == id).all())",
    ],
)
def test_what_changes_nothing_is_left_out(tmp_path: Path, query: str) -> None:
    made = rewritten(tmp_path, _each(query))
    assert "_chunks(ids)" in made
    assert "limit" not in made and "distinct" not in made


@pytest.mark.parametrize(
    "query",
    [
        "session.query(Entry).filter(Entry.list_id == id).limit(0).all()",
        "session.query(Entry).filter(Entry.list_id == id).limit(flag).all()",
        "session.query(Entry).filter(Entry.list_id == id).limit(2).offset(1).all()",
        "session.query(Entry).filter(Entry.list_id == id).limit(2).count()",
        "session.query(Entry).filter(Entry.list_id == id).limit(1).one()",
        "session.query(Entry).distinct(Entry.position).filter(Entry.list_id == id).all()",
        "session.query(Entry).filter(func.abs(Entry.list_id) == id).first()",
    ],
)
def test_what_has_no_equal_for_many_keys(tmp_path: Path, query: str) -> None:
    (finding,) = findings(tmp_path, _each(query))
    assert finding.fix is None
    assert "keys-known-before" in stopped(finding)


def test_distinct_stays_where_the_key_is_selected_with_the_rest(tmp_path: Path) -> None:
    query = "session.query(Entry.position).distinct().filter(Entry.list_id == id)"
    made = rewritten(tmp_path, _each(f"[p for (p,) in {query}.order_by(Entry.position)]"))
    assert "session.query(Entry.position, Entry.list_id)" in made
    assert ".distinct()" in made


def test_a_limit_needs_a_total_order_to_be_safe(tmp_path: Path) -> None:
    query = "session.query(Entry).filter(Entry.list_id == id).order_by({order}).limit(2).all()"
    (finding,) = findings(tmp_path, _each(query.format(order="Entry.id")))
    assert finding.applicability is Applicability.SAFE
    (finding,) = findings(tmp_path, _each(query.format(order="Entry.position")))
    assert stopped(finding) == {"row-order"}


def test_one_row_of_a_unique_key_is_kept_as_it_is(tmp_path: Path) -> None:
    made = rewritten(tmp_path, _each("session.query(List).filter(List.id == id).one().code"))
    assert "lists[row.id] = row" in made
    assert "_required(lists.get(id)).code" in made
    assert "MultipleResultsFound" not in made
    made = rewritten(tmp_path, _each("session.query(Entry).filter(Entry.list_id == id).one().id"))
    assert "_one(entries.get(id, [])).id" in made


def test_the_keys_of_a_dict_are_its_own(tmp_path: Path) -> None:
    made = rewritten(
        tmp_path,
        """
        def made(session: Session, wanted: dict[int, str]):
            found = {}
            for id, label in wanted.items():
                found[label] = session.query(List).filter(List.id == id).first()
            return found
        """,
    )
    assert "in _chunks(wanted):" in made


def test_a_test_is_not_converted_again(tmp_path: Path) -> None:
    made = rewritten(
        tmp_path,
        """
        def made(session: Session, codes: list[str]):
            found = []
            for code in codes:
                query = session.query(List).filter(List.code == code)
                found.append(bool(session.query(query.exists()).scalar()))
            return found
        """,
    )
    assert "found.append(code in known_codes)" in made


def test_a_range_of_literals_needs_no_chunks(tmp_path: Path) -> None:
    code = """
        def made(session: Session):
            return [session.query(List).filter(List.id == id).first() for id in range({range})]
    """
    made = rewritten(tmp_path, code.format(range="1, 4"))
    assert "_chunks" not in made and "list(range(1, 4))" in made
    assert "_chunks" in rewritten(tmp_path, code.format(range="1000"))


def test_an_inner_loop_that_repeats_the_key_is_left_out(tmp_path: Path) -> None:
    code = """
        def made(session: Session, ids: list[int], others: list[int]):
            found = []
            for id in ids:
                for other in {inner}:
                    found.append((other, session.query(List).filter(List.id == id).first()))
            return found
    """
    assert "in _chunks(ids):" in rewritten(tmp_path, code.format(inner="range(3)"))
    # nothing is asked for where there are no others
    made = rewritten(tmp_path, code.format(inner="others"))
    assert "_chunks(id for id in ids for other in others)" in made


STEPS = """
    def made(session: Session, ids: list[int], flag, last, counter, other):
        found = []
        for id in ids:
            counter.step()
            print(other)
            query = session.query(Entry).filter(Entry.list_id == id)
            if {test}:
                query = query.filter(Entry.position > 1)
            found.append(query.{end})
        return found
"""


def test_steps_come_again_before_the_loop(tmp_path: Path) -> None:
    made = rewritten(tmp_path, STEPS.format(test="flag", end="count()"))
    assert made.count("if flag:") == 1
    assert made.index("if flag:") < made.index("for id in ids")
    assert "query.group_by(Entry.list_id)" in made


@pytest.mark.parametrize(
    "test", ["id > 3", "found", "check(flag)", "not found", "counter.full", "other.count == 1"]
)
def test_a_step_may_depend_on_nothing_in_the_loop(tmp_path: Path, test: str) -> None:
    (finding,) = findings(tmp_path, STEPS.format(test=test, end="count()"))
    assert finding.fix is None


def test_two_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    code = """
        def made(session: Session, pairs: list[tuple[int, int]]):
            found = []
            for list_id, entry_id in pairs:
                query = session.query(Entry).join(List, Entry.list_id == List.id)
                found.append(query.filter(List.id == list_id, Entry.id == entry_id).count())
            return found
    """
    made = rewritten(tmp_path, code)
    assert "session.query(List.id, Entry.id, func.count())" in made
    header = re.search(r"for (\w+), (\w+), count in", made)
    assert header is not None and header[1] != header[2]


def test_another_branch_comes_again_as_it_is(tmp_path: Path) -> None:
    code = STEPS.format(test="flag", end="count()").replace(
        "query = query.filter(Entry.position > 1)\n",
        """query = query.filter(Entry.position > 1)
            elif last:
                query = query.filter(Entry.position > 2).filter(Entry.id > 1)
            else:
                query = query.filter(Entry.position > 3)
        """.rstrip(" "),
    )
    made = rewritten(tmp_path, code)
    assert made.count("elif last:") == made.count("else:") == 1


def test_a_key_in_a_joined_table_is_selected_next_to_the_rows(tmp_path: Path) -> None:
    code = """
        from sqlalchemy.orm import relationship

        class Note(Base):
            __tablename__ = "notes"
            id = Column(Integer, primary_key=True)
            entry_id = Column(ForeignKey("entries.id"))
            entry = relationship(Entry)

        def made(session: Session, positions: list[int]):
            found = []
            for position in positions:
                notes = session.query(Note).join(Note.entry)
                found.append(notes.filter(Entry.position == position).order_by(Note.id).all())
            return found
    """
    made = rewritten(tmp_path, code)
    assert "session.query(Note, Entry.position)" in made
    assert "for note, key in" in made or "for row, key in" in made
