"""What a lookup becomes: totals, whole tables, few keys, lists of columns, keys of joined tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_lookups import findings, rewritten, stopped

from codemods.finding import Applicability, Role

LOOP = """
    def made(session: Session, ids: list[int]):
        found = []
        for id in ids:
            entries = session.query(Entry).filter(Entry.list_id == id).all()
            {use}
        return found
"""


@pytest.mark.parametrize(
    ("use", "kept"),
    [
        ("found.append(len(entries))", "func.count()"),
        ("found.append(sum(e.position for e in entries))", "func.sum(Entry.position)"),
        ("found.append(sum([e.position for e in entries]))", "func.sum(Entry.position)"),
        ("found.append(1 if entries else 0)", "func.count()"),
    ],
    ids=["len", "sum", "list", "truth"],
)
def test_totals_are_grouped(tmp_path: Path, use: str, kept: str) -> None:
    made = rewritten(tmp_path, LOOP.format(use=use))
    assert kept in made
    assert ".group_by(Entry.list_id)" in made
    assert "setdefault" not in made


@pytest.mark.parametrize(
    "use",
    [
        "found.append((len(entries), entries))",
        "found.append(sum(e.position for e in entries if e.id))",
        "found.append(sum((e.position for e in entries), 1))",
        "found.append(sum(-e.position for e in entries))",
        "found.append(sum(e.list_id for e in entries))",
        "found.append(lambda: len(entries))",
    ],
    ids=["kept", "condition", "start", "expression", "foreign-key", "later"],
)
def test_other_uses_keep_the_list(tmp_path: Path, use: str) -> None:
    made = rewritten(tmp_path, LOOP.format(use=use))
    assert "group_by" not in made
    assert "setdefault(entry.list_id, []).append(entry)" in made


CALLED = """
    def made(session: Session, texts: list[str]):
        found = []
        for text in texts:
            code = normal(text)
            found.append(session.query(List).filter(List.code == code, List.id > 3).first())
        return found
"""


def test_rows_are_fetched_whole_where_keys_come_of_calls(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, CALLED)
    assert finding.applicability is Applicability.REVIEW
    assert "keys-known-before" in stopped(finding)
    assert finding.cost and finding.cost.after and finding.cost.after.rows == "lists"
    made = rewritten(tmp_path, CALLED)
    assert "session.query(List).filter(List.id > 3)" in made
    assert ".in_(" not in made


def test_whole_rows_are_not_fetched_for_keys_of_unknown_type(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, CALLED.replace("List.code ==", "List.id =="))
    assert finding.fix is None


def test_keys_of_a_literal_need_no_chunks(tmp_path: Path) -> None:
    made = rewritten(
        tmp_path,
        """
        def made(session: Session):
            found = []
            for code in ("a", "b"):
                found.append(session.query(List).filter(List.code == code).first())
            return found
        """,
    )
    assert "_chunks" not in made
    assert 'codes = ("a", "b")' in made
    assert "for code in codes:" in made


def test_keys_of_a_limited_query_are_asked_for_if_there_are_any(tmp_path: Path) -> None:
    code = """
        def made(session: Session):
            entries = session.query(Entry).limit({limit}).all()
            return [session.query(List).filter(List.id == e.list_id).first() for e in entries]
    """
    small = rewritten(tmp_path, code.format(limit=20))
    assert "_chunks" not in small
    assert "if ids:" in small
    assert "_chunks" in rewritten(tmp_path, code.format(limit=2000))


def test_the_key_of_an_outer_join_is_left_alone(tmp_path: Path) -> None:
    code = """
        def made(session: Session, ids: list[int]):
            join = {join}
            return [
                session.query(List).{join}(Entry, Entry.list_id == List.id)
                .filter(Entry.position == id).count()
                for id in ids
            ]
    """.replace("            join = {join}\n", "")
    assert ".select_from(List)" in rewritten(tmp_path, code.format(join="join"))
    (finding,) = findings(tmp_path, code.format(join="outerjoin"))
    assert finding.fix is None


def test_the_query_of_the_rows_is_a_related_place(tmp_path: Path) -> None:
    (finding,) = findings(
        tmp_path,
        """
        def made(session: Session):
            entries = session.query(Entry).all()
            for entry in entries:
                print(session.query(List).filter(List.id == entry.list_id).first())
        """,
    )
    first = finding.related[0]
    assert (first.role, first.message) == (Role.QUERY, "entries come from this query")


def test_items_without_a_name_are_called_by_the_variable(tmp_path: Path) -> None:
    (finding,) = findings(
        tmp_path,
        """
        def made(session: Session, names: dict[int, str]):
            for number, _ in names.items():
                print(session.query(List).filter(List.id == number).first())
        """,
    )
    assert finding.message == "List is fetched once per number of this loop"
    assert finding.cost and finding.cost.before.statements == "numbers"
