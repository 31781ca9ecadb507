"""New code looks like the code around it."""

# ruff: noqa: E501 (a line of a table is one case)
from __future__ import annotations

from pathlib import Path

import black
import pytest
from rewriting import Find, MakesPatches, edits_of, rewritten

from codemods.patch import AddKeyword, Chain, Code, Copied, Import, InsertBefore, Patch, Replace
from codemods.rewrite.black_style import black_style

code = Code.of
DEEP = code("selectinload({m}.lines).selectinload({n}.product)", m="PurchaseOrder", n="OrderLine")

# Two spaces and single quotes: not black's.
OWN = "if True:\n  a = ''\n"


def options(text: str) -> MakesPatches:
    return lambda find: Chain(find(text), "options", (DEEP,))


def wide(statement: str, text: str) -> str:
    after = rewritten(OWN + statement, options(text))
    assert after.startswith(OWN)
    return after[len(OWN) :]


OPTION = "selectinload(PurchaseOrder.lines).selectinload(OrderLine.product)"


def test_a_wide_chain_has_a_line_for_each_call() -> None:
    assert wide(
        "  rows = session.query(PurchaseOrder).filter(x).all()\n", "session.query(PurchaseOrder)"
    ) == (
        "  rows = (\n    session.query(PurchaseOrder)\n"
        f"    .options({OPTION})\n    .filter(x)\n    .all()\n  )\n"
    )


def test_a_wide_call_before_a_short_end_keeps_it() -> None:
    source = "def f():\n  rows = query.all()\n"
    assert wide(source, "query") == (
        f"def f():\n  rows = query.options(\n    {OPTION}\n  ).all()\n"
    )


def test_a_wide_await_is_broken_inside_its_parentheses() -> None:
    statement = "  rows = (await session.execute(query)).scalars()\n"
    after = rewritten(OWN + f"async def f():\n{statement}", options("query"))
    assert after == OWN + (
        "async def f():\n  rows = (await session.execute(\n"
        f"    query.options(\n      {OPTION}\n    )\n  )).scalars()\n"
    )


def test_what_is_copied_is_broken_anew() -> None:
    query = "session.query(PurchaseOrder)\n  .filter(\n    a, b,\n  )\n  .all()"
    source = f"x = (\n  {query}\n)\n"
    after = rewritten(
        OWN + source,
        lambda find: InsertBefore(
            find(source[:-1]),
            (code("for order in {rows}:\n    print(order)", rows=Copied(find(query))),),
        ),
    )
    assert after == OWN + (
        "for order in session.query(PurchaseOrder).filter(a, b).all():\n  print(order)\n" + source
    )


def test_what_is_copied_keeps_its_comments() -> None:
    query = "session.query(PurchaseOrder)  # all\n  .all()"
    source = f"x = (\n  {query}\n)\n"
    after = rewritten(
        OWN + source,
        lambda find: InsertBefore(
            find(source[:-1]), (code("y = {rows}", rows=Copied(find(query))),)
        ),
    )
    assert after.count("# all") == 2


def definition(text: str) -> MakesPatches:
    return lambda find: InsertBefore(find("x = 1"), (code(text),))


@pytest.mark.parametrize(
    ("head", "broken"),
    [
        (
            "def purchase_orders_by_customer_id(session, customer_ids: Iterable[int]) -> dict[int, list[PurchaseOrder]]:",
            "def purchase_orders_by_customer_id(\n  session, customer_ids: Iterable[int]\n) -> dict[int, list[PurchaseOrder]]:",
        ),
        (
            "async def purchase_orders(session, customer_ids: Iterable[int], *, suppliers: dict[str, int] = NONE, **more) -> int:",
            "async def purchase_orders(\n  session,\n  customer_ids: Iterable[int],\n  *,\n  suppliers: dict[str, int] = NONE,\n  **more,\n) -> int:",
        ),
        (
            "def purchase_orders_of_the_customer(customers: dict[int, str], /, key=lambda a, b: a, *others) -> dict[int, int]:",
            "def purchase_orders_of_the_customer(\n  customers: dict[int, str], /, key=lambda a, b: a, *others\n) -> dict[int, int]:",
        ),
    ],
)
def test_a_wide_definition_is_broken_at_its_parameters(head: str, broken: str) -> None:
    after = rewritten(OWN + "x = 1\n", definition(f"{head}\n    pass\n"))
    assert f"\n{broken}\n  pass\n" in after


def test_a_wide_keyword_has_a_line_of_its_own() -> None:
    value = code("[selectinload(PurchaseOrder.lines), selectinload(PurchaseOrder.customer)]")
    source = "for row in find_orders(customer, status):\n  pass\n"
    after = rewritten(
        OWN + source, lambda f: AddKeyword(f("find_orders(customer, status)"), "options", value)
    )
    assert after == OWN + (
        "for row in find_orders(\n  customer,\n  status,\n"
        "  options=[\n    selectinload(PurchaseOrder.lines), selectinload(PurchaseOrder.customer)\n  ],\n"
        "):\n  pass\n"
    )


def test_a_wide_loop_header() -> None:
    assert wide(
        "for row in session.query(PurchaseOrder):\n  pass\n", "session.query(PurchaseOrder)"
    ) == (f"for row in (\n  session.query(PurchaseOrder)\n  .options({OPTION})\n):\n  pass\n")


def test_a_wide_link_of_a_chain_of_lines() -> None:
    source = (
        "x = (session.query(PurchaseOrder)\n       .filter(PurchaseOrder.open)\n       .all())\n"
    )
    assert wide(source, "session.query(PurchaseOrder)") == (
        "x = (session.query(PurchaseOrder)\n       .options(\n"
        f"         {OPTION}\n       )\n       .filter(PurchaseOrder.open)\n       .all())\n"
    )


def test_a_wide_line_that_a_backslash_ends() -> None:
    source = (
        "x = session.query(PurchaseOrder).filter(PurchaseOrder.open)\\\n"
        "  .order_by(x).limit(40).all()\n"
    )
    assert wide(source, "session.query(PurchaseOrder)") == (
        f"x = session.query(PurchaseOrder)\\\n  .options({OPTION})\\\n"
        "  .filter(PurchaseOrder.open)\\\n  .order_by(x).limit(40).all()\n"
    )


def test_a_wide_line_that_a_backslash_ends_within_brackets() -> None:
    source = (
        "x = first(session.query(PurchaseOrder).filter(PurchaseOrder.open)\\\n"
        "  .order_by(x).limit(40).all())\n"
    )
    assert wide(source, "session.query(PurchaseOrder)") == (
        f"x = first(session.query(PurchaseOrder)\\\n  .options({OPTION})\\\n"
        "  .filter(PurchaseOrder.open)\\\n  .order_by(x).limit(40).all())\n"
    )


def test_a_wide_first_line_within_brackets() -> None:
    source = "x = first(session.query(PurchaseOrder).all(),\n          default)\n"
    assert wide(source, "session.query(PurchaseOrder)") == (
        f"x = first(session.query(PurchaseOrder)\n  .options({OPTION})\n"
        "  .all(),\n          default)\n"
    )


def test_a_wide_line_that_an_open_bracket_ends() -> None:
    source = "x = session.query(PurchaseOrder).filter(\n  PurchaseOrder.open\n).all()\n"
    assert wide(source, "session.query(PurchaseOrder)") == (
        f"x = session.query(PurchaseOrder).options(\n  {OPTION}\n).filter(\n"
        "  PurchaseOrder.open\n).all()\n"
    )


def test_a_wide_line_between_parentheses() -> None:
    source = "x = (\n  session.query(PurchaseOrder).filter(PurchaseOrder.open).all()\n)\n"
    assert wide(source, "session.query(PurchaseOrder)") == (
        f"x = (\n  session.query(PurchaseOrder)\n  .options({OPTION})\n"
        "  .filter(PurchaseOrder.open)\n  .all()\n)\n"
    )


def test_a_wide_await() -> None:
    statement = "async def f():\n  rows = await session.scalars(select(PurchaseOrder))\n"
    assert wide(statement, "select(PurchaseOrder)") == (
        "async def f():\n  rows = await session.scalars(\n    select(PurchaseOrder).options(\n"
        f"      {OPTION}\n    )\n  )\n"
    )


def test_a_wide_chain_on_an_await() -> None:
    statement = (
        "async def f():\n"
        "  rows = (await db.execute(select(PurchaseOrder).where(x))).scalars().all()\n"
    )
    assert wide(statement, "select(PurchaseOrder)") == (
        "async def f():\n  rows = (\n    (await db.execute(\n      select(PurchaseOrder)\n"
        f"      .options(\n        {OPTION}\n      )\n      .where(x)\n    ))\n"
        "    .scalars()\n    .all()\n  )\n"
    )


def test_a_wide_condition() -> None:
    statement = "if session.query(PurchaseOrder).first() is None:\n  pass\n"
    assert wide(statement, "session.query(PurchaseOrder)") == (
        f"if (\n  session.query(PurchaseOrder)\n  .options({OPTION})\n  .first() is None\n):\n"
        "  pass\n"
    )


def test_a_wide_comprehension() -> None:
    statement = "x = {o.id: o for o in session.query(PurchaseOrder)}\n"
    assert wide(statement, "session.query(PurchaseOrder)") == (
        "x = {\n  o.id: o\n  for o in (\n    session.query(PurchaseOrder)\n"
        f"    .options({OPTION})\n  )\n}}\n"
    )


WIDE = {
    "comprehension": (
        "{{key: value for key, value in something_long_enough.items() if value is not None and key}}",
        "  x = {\n    key: value\n    for key, value in something_long_enough.items()\n    if value is not None and key\n  }\n",
    ),
    "conditions": (
        "[key for key in something if first_condition_of_some(key) and second_of_them(key) and not third]",
        "  x = [\n    key\n    for key in something\n    if first_condition_of_some(key) and second_of_them(key) and not third\n  ]\n",
    ),
    "wide conditions": (
        "[key for key in something if first_condition_of_some(key) and (second_of_them(key) or key) and not third]",
        "  x = [\n    key\n    for key in something\n    if first_condition_of_some(key)\n    and (second_of_them(key) or key)\n    and not third\n  ]\n",
    ),
    "call": (
        "function_name(argument_number_one, argument_number_two, argument_number_three, four)",
        "  x = function_name(\n    argument_number_one, argument_number_two, argument_number_three, four\n  )\n",
    ),
    "arguments": (
        "function_name(argument_number_one, argument_number_two, argument_number_three, key=argument_number_four)",
        "  x = function_name(\n    argument_number_one,\n    argument_number_two,\n    argument_number_three,\n"
        "    key=argument_number_four,\n  )\n",
    ),
    "list": (
        "[argument_number_one, argument_number_two, argument_number_three, argument_number_four]",
        "  x = [\n    argument_number_one,\n    argument_number_two,\n    argument_number_three,\n    argument_number_four,\n  ]\n",
    ),
    "operation": (
        "argument_number_one and argument_number_two and argument_number_three or argument_number_four",
        "  x = (\n    argument_number_one and argument_number_two and argument_number_three\n    or argument_number_four\n  )\n",
    ),
    "generator": (
        "sum(argument_number_one.value for argument_number_one in argument_number_two if argument_number_three)",
        "  x = sum(\n    argument_number_one.value\n    for argument_number_one in argument_number_two\n"
        "    if argument_number_three\n  )\n",
    ),
    "conditional": (
        "argument_number_one if argument_number_two else argument_number_three + argument_number_four",
        "  x = (\n    argument_number_one\n    if argument_number_two\n    else argument_number_three + argument_number_four\n  )\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text, expected", WIDE.values(), ids=WIDE)
def test_wide_code_is_broken(text: str, expected: str) -> None:
    after = rewritten(OWN + "  x = 1\n", lambda find: Replace(find("1"), code(text)))
    assert after == OWN + expected


def test_many_targets_have_lines_of_their_own() -> None:
    names = [f"argument_number_{number}" for number in range(5)]
    new = code(f"{', '.join(names)} = session.execute(query).one()")
    lines = "".join(f"    {name},\n" for name in names)
    assert rewritten(OWN + "  x = 1\n", lambda find: Replace(find("x = 1"), new)) == (
        f"{OWN}  (\n{lines}  ) = session.execute(query).one()\n"
    )


def test_strings_are_not_broken() -> None:
    source = f"{OWN}  x = (f'{'a' * 60}'\n       f'{'b' * 40}{{base}}')\n"
    replace = code("function(argument_number_one, argument_number_two)")
    assert rewritten(source, lambda find: Replace(find("base"), replace)) == (
        source.replace("base", "function(argument_number_one, argument_number_two)")
    )


def test_lines_that_were_wide_stay() -> None:
    long = "  y = f(" + ", ".join(f"argument_{n}" for n in range(20)) + ")\n"
    source = OWN + long + "  x = base\n"
    assert rewritten(source, lambda find: Chain(find("base"), "all", ())) == (
        source.replace("base", "base.all()")
    )


def test_the_quotes_of_the_file() -> None:
    def insert(find: Find) -> Patch:
        return InsertBefore(find("b = 1"), (code('x = f("a", "it\'s", k["b"])'),))

    assert rewritten("a = 'x'\nb = 1\nc = 'z'\n", insert) == (
        "a = 'x'\nx = f('a', \"it's\", k['b'])\nb = 1\nc = 'z'\n"
    )
    assert 'f("a"' in rewritten('a = "x"\nb = 1\n', insert)


def copied_with_quotes(find: Find) -> Patch:
    return Replace(find('f("a")'), code('g({x}, "b")', x=Copied(find('f("a")'))))


def test_copied_strings_keep_their_quotes() -> None:
    assert rewritten("a = 'x'\nb = 'y'\nc = f(\"a\")\n", copied_with_quotes) == (
        "a = 'x'\nb = 'y'\nc = g(f(\"a\"), 'b')\n"
    )


BLACK = '''\
"""Doc."""

from sqlalchemy.orm import Session


def f(session: Session) -> list[str]:
    rows = session.query(PurchaseOrder).filter(PurchaseOrder.open, x="y").all()
    return [row.name for row in rows]
'''


def black_patches(find: Find) -> list[Patch]:
    return [
        Chain(find("session.query(PurchaseOrder)"), "options", (DEEP,)),
        Import(find("rows"), "sqlalchemy.orm", "selectinload"),
        Import(find("rows"), "collections", "defaultdict"),
    ]


def test_a_file_in_blacks_style_stays_in_it() -> None:
    after = rewritten(BLACK, black_patches)
    assert after == black.format_str(after, mode=black.Mode())
    assert "        session.query(PurchaseOrder)\n        .options(" in after
    assert "import Session, selectinload\n" in after


def test_the_settings_of_the_project_count(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.black]\nline-length = 130\nskip-string-normalization = true\n"
    )
    source = BLACK.replace('"y"', "'y'")
    after = rewritten(source, black_patches, path=tmp_path / "app" / "x.py")
    mode = black.Mode(line_length=130, string_normalization=False)
    assert after == black.format_str(after, mode=mode)
    assert f"session.query(PurchaseOrder).options({OPTION})" not in after
    assert "x='y'" in after


def test_a_long_line_of_a_project_with_wide_lines_stays_one(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = 160\n")
    after = rewritten(BLACK, black_patches, path=tmp_path / "x.py")
    assert f"rows = session.query(PurchaseOrder).options({OPTION}).filter(" in after


def test_only_changed_lines_are_edited() -> None:
    edits = edits_of(BLACK, black_patches)
    assert [edit.span.start < BLACK.index("rows") for edit in edits].count(False) <= 2
    assert all("return" not in edit.content for edit in edits)


LONG = "WORDS = ['one of the words', 'another of the words', 'a third', 'a fourth', 'a fifth', 6]"


def nearly(filling: int) -> str:
    """A file with one line that black would change."""
    others = "".join(f"NUMBER_{number} = {number}\n" for number in range(filling))
    return BLACK.replace("\n\n\n", f"\n\n{others}{LONG}\n\n\n".replace("'", '"'), 1)


def counted(find: Find) -> list[Patch]:
    return [Replace(find("[row.name for row in rows]"), code(f"execute({COUNTS}).one()"))]


COUNTS = "select(count(case((Order.status == 1, 1))), count(case((Order.status == 2, 2))))"
BY_BLACK = "    return execute(\n        select("


def test_what_is_new_in_a_file_that_is_nearly_blacks_is_in_its_style() -> None:
    after = rewritten(nearly(20), counted)
    assert LONG.replace("'", '"') in after
    assert BY_BLACK in after


def test_a_file_of_which_black_changes_more_keeps_its_own_style() -> None:
    assert BY_BLACK not in rewritten(nearly(2), counted)


def test_lines_beside_new_ones_stay_that_black_would_change() -> None:
    source = nearly(40).replace("\n    rows", f"\n    {LONG}\n    rows".replace("'", '"'))
    after = rewritten(source, counted)
    assert after.count(LONG.replace("'", '"')) == 2
    assert BY_BLACK in after


def test_the_python_of_the_project_tells_where_a_comma_may_stand(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.11"\n')
    style = black_style(tmp_path / "x.py", BLACK, "", False)
    assert style is not None
    names = ", ".join(f"{name * 20}: int" for name in "abcd")
    head = f"def f({names}, *, x: int = 1) -> int:\n"
    assert "    x: int = 1,\n) -> int:" in style.formatted_part(f"{head}    return x\n")
