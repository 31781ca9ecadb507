"""Replace, Chain and AddArguments at the places of expressions."""

from __future__ import annotations

from pathlib import Path

import pytest
from rewriting import Find, edits_of, rewritten

from codemods.patch import AddArguments, Chain, Code, Copied, InsertBefore, Patch, Replace
from codemods.rewrite import RewriteError, rewrite
from codemods.settings import Settings
from codemods.source import Place, SourceFile, Span

code = Code.of
LINES = code("selectinload(Order.lines)")


def options(find: Find, text: str, *arguments: Code) -> Chain:
    return Chain(find(text), "options", arguments or (LINES,))


def replaced(source: str, old: str, new: str, number: int = 0) -> str:
    return rewritten(source, lambda find: Replace(find(old, number), code(new)))


CHAINED = {
    "rows = session.query(Order).all()\n": (
        "session.query(Order)",
        "rows = session.query(Order).options(selectinload(Order.lines)).all()\n",
    ),
    "q = await get()\n": ("await get()", "q = (await get()).options(selectinload(Order.lines))\n"),
    "q = (await get())\n": (
        "await get()",
        "q = (await get()).options(selectinload(Order.lines))\n",
    ),
    "q = (  await get()  ).all()\n": (
        "await get()",
        "q = (  await get()  ).options(selectinload(Order.lines)).all()\n",
    ),
    "f(a or b)\n": ("a or b", "f((a or b).options(selectinload(Order.lines)))\n"),
    "q = a if b else c\n": (
        "a if b else c",
        "q = (a if b else c).options(selectinload(Order.lines))\n",
    ),
    "f(lambda: q)\n": ("lambda: q", "f((lambda: q).options(selectinload(Order.lines)))\n"),
    "if (q := base()): pass\n": (
        "q := base()",
        "if (q := base()).options(selectinload(Order.lines)): pass\n",
    ),
    "x = yield q\n": ("yield q", "x = (yield q).options(selectinload(Order.lines))\n"),
    "x = -q\n": ("-q", "x = (-q).options(selectinload(Order.lines))\n"),
    "print(*q)\n": ("q", "print(*q.options(selectinload(Order.lines)))\n"),
    "x = q[0]['a']\n": ("q[0]['a']", "x = q[0]['a'].options(selectinload(Order.lines))\n"),
}


@pytest.mark.parametrize("source", CHAINED)
def test_chain_parenthesises_what_needs_it(source: str) -> None:
    text, expected = CHAINED[source]
    assert rewritten(source, lambda find: options(find, text)) == expected


def test_chain_in_black_style_has_a_line_of_its_own() -> None:
    source = "rows = (\n    session.query(Order)  # all\n    .filter(x)\n    .all()\n)\n"
    assert rewritten(source, lambda find: options(find, "session.query(Order)")) == (
        "rows = (\n    session.query(Order)  # all\n    .options(selectinload(Order.lines))\n"
        "    .filter(x)\n    .all()\n)\n"
    )


@pytest.mark.parametrize("beside", ["", "  # all of them"])
@pytest.mark.parametrize("above", ["", "    # but the old\n", "    # but\n\n    # the old\n"])
def test_chain_comes_before_the_comments_of_the_next_link(beside: str, above: str) -> None:
    head, tail = (
        f"x = (\n    select(Order){beside}\n",
        f"{above}    .where(Order.new)\n    .all()\n)\n",
    )
    after = rewritten(head + tail, lambda find: options(find, "select(Order)"))
    assert after == f"{head}    .options(selectinload(Order.lines))\n{tail}"


def test_chain_at_the_end_of_a_chain_of_lines() -> None:
    source = "q = (session.query(Order)\n     .filter(x))\n"
    text = "session.query(Order)\n     .filter(x)"
    assert rewritten(source, lambda find: options(find, text)) == (
        "q = (session.query(Order)\n     .filter(x)\n     .options(selectinload(Order.lines)))\n"
    )


def test_chain_among_backslashes() -> None:
    source = "def f():\n    q = session.query(Order) \\\n        .filter(x) \\\n        .all()\n"
    assert rewritten(source, lambda find: options(find, "session.query(Order)")) == (
        "def f():\n    q = session.query(Order) \\\n        .options(selectinload(Order.lines)) \\\n"
        "        .filter(x) \\\n        .all()\n"
    )


def test_chain_among_dots_at_line_ends() -> None:
    source = "q = (session.query(Order).\n     filter(x).\n     all())\n"
    assert rewritten(source, lambda find: options(find, "session.query(Order)")) == (
        "q = (session.query(Order).\n     options(selectinload(Order.lines)).\n     filter(x).\n     all())\n"
    )


def test_chains_at_one_place_become_one_call_without_prefixes() -> None:
    deep = code("selectinload(Order.lines).selectinload(Line.item)")
    other = code("joinedload(Order.customer)")
    assert rewritten(
        "q = query(Order)\n",
        lambda find: options(find, "query(Order)"),
        lambda find: options(find, "query(Order)", deep),
        lambda find: options(find, "query(Order)", other),
        lambda find: options(find, "query(Order)", other, deep),
    ) == (
        "q = query(Order).options(\n    selectinload(Order.lines).selectinload(Line.item), "
        "joinedload(Order.customer)\n)\n"
    )


def test_chains_at_nested_places_compose() -> None:
    source = "q = f(select(Order).where(x))\n"
    assert (
        rewritten(
            source,
            lambda find: options(find, "select(Order)"),
            lambda find: Chain(find("select(Order).where(x)"), "limit", (code("{n}", n="size"),)),
            lambda find: Chain(find("f(select(Order).where(x))"), "all", ()),
        )
        == "q = f(select(Order).options(selectinload(Order.lines)).where(x).limit(size)).all()\n"
    )


CALLS = {
    "f()\n": "f(new)\n",
    "f(a)\n": "f(a, new)\n",
    "f(a, k=1, **d)\n": "f(a, new, k=1, **d)\n",
    "f(k=1)\n": "f(new, k=1)\n",
    "f(*a)\n": "f(*a, new)\n",
    "f(x for x in y)\n": "f((x for x in y), new)\n",
    "f(\n    a,  # first\n    b,  # second\n)\n": (
        "f(\n    a,  # first\n    b,  # second\n    new,\n)\n"
    ),
    "f(\n    a,\n    b  # second\n)\n": "f(\n    a,\n    b,  # second\n    new\n)\n",
    "f(a,\n  b)\n": "f(a,\n  b,\n  new)\n",
    "f(\n  a,\n)\n": "f(\n  a,\n  new,\n)\n",
}


@pytest.mark.parametrize("source", CALLS)
def test_arguments_are_appended_in_the_layout_of_the_call(source: str) -> None:
    def add(find: Find) -> Patch:
        return AddArguments(find(source.strip()), (code("new"),))

    # two spaces keep black out of it
    frame = "if x:\n  pass\n"
    assert rewritten(frame + source, add) == frame + CALLS[source]


def test_an_argument_is_extended_where_it_is() -> None:
    def add(find: Find) -> Patch:
        deep = code("selectinload(A.b).selectinload(B.c)")
        return AddArguments(find("q.options(selectinload(A.b), other)"), (deep, code("other")))

    source = "x = q.options(selectinload(A.b), other)\n"
    (edit,) = edits_of(source, add)
    assert edit.content == ".selectinload(B.c)"
    assert rewritten(source, add) == ("x = q.options(selectinload(A.b).selectinload(B.c), other)\n")


def test_arguments_go_to_a_call_only() -> None:
    with pytest.raises(RewriteError):
        edits_of("x = a.b\n", lambda find: AddArguments(find("a.b"), (code("new"),)))


@pytest.mark.parametrize(
    "source, old, new, expected",
    [
        ("x = f(y)\n", "f(y)", "found", "x = found\n"),
        ("x = f(y).name\n", "f(y)", "a or b", "x = (a or b).name\n"),
        ("x = f(y)\n", "f(y)", "a or b", "x = a or b\n"),
        ("x = not f(y)\n", "f(y)", "a or b", "x = not (a or b)\n"),
        ("x = f(y) and z\n", "f(y)", "a or b", "x = (a or b) and z\n"),
        ("x = f(y)\n", "f(y)", "a, b", "x = (a, b)\n"),
        ("assert f(y), 'm'\n", "f(y)", "a, b", "assert (a, b), 'm'\n"),
        ("x = (  # why\n    f(y)\n)\n", "f(y)", "found", "# why\nx = found\n"),
        ("return_ = 1 if f(y) else 2\n", "f(y)", "a if b else c", "return_ = 1 if (a if b else c) else 2\n"),
        ("assert(f(y))\n", "f(y)", "found", "assert(found)\n"),
        ("x = f(z for z in y)\n", "(z for z in y)", "found", "x = f(found)\n"),
        ("x = f(y, (z for z in y))\n", "(z for z in y)", "found", "x = f(y, found)\n"),
        ("x[f(y)] = 1\n", "f(y)", "lambda: 1", "x[lambda: 1] = 1\n"),
        ("while f(y): pass\n", "f(y)", "(n := 1)", "while (n := 1): pass\n"),
        ("print(f(y))\n", "f(y)", "(yield)", "print((yield))\n"),
        ("x = f'{f(y)}'\n", "f(y)", "found", "x = f'{found}'\n"),
    ],
)  # fmt: skip
def test_replace_has_the_parentheses_that_it_needs(
    source: str, old: str, new: str, expected: str
) -> None:
    if expected.startswith("print"):
        source, expected = f"def g():\n  {source}", f"def g():\n  {expected}"
    assert replaced(source, old, new) == expected


def test_comments_of_a_replaced_expression_stay_above_the_statement() -> None:
    source = "def g():\n    x = f(\n        a,  # first\n        b,\n    )  # end\n"
    assert replaced(source, "f(\n        a,  # first\n        b,\n    )", "found") == (
        "def g():\n    # first\n    x = found  # end\n"
    )


def test_comments_leave_a_one_line_suite_for_the_line_above() -> None:
    source = "if a:\n  pass\nelif b: x = f(\n  y)\nelse: x = f(  # why\n  z)\n"
    assert replaced(source, "f(  # why\n  z)", "found") == (
        "# why\nif a:\n  pass\nelif b: x = f(\n  y)\nelse: x = found\n"
    )


def test_copied_code_takes_its_patches_along() -> None:
    source = "rows = query(Order).all()\n"
    assert (
        rewritten(
            source,
            lambda find: Replace(
                find("query(Order).all()"), code("list({q})", q=Copied(find("query(Order)")))
            ),
            lambda find: options(find, "query(Order)"),
        )
        == "rows = list(query(Order).options(selectinload(Order.lines)))\n"
    )


def test_a_patch_in_code_that_goes_is_an_error() -> None:
    with pytest.raises(RewriteError, match="another patch replaces"):
        edits_of(
            "rows = query(Order).all()\n",
            lambda find: Replace(find("query(Order).all()"), code("found")),
            lambda find: options(find, "query(Order)"),
        )


def test_two_replacements_of_one_place_are_an_error() -> None:
    with pytest.raises(RewriteError):
        edits_of(
            "rows = query(Order)\n",
            lambda find: Replace(find("query(Order)"), code("found")),
            lambda find: Replace(find("query(Order)"), code("other")),
        )


def test_equal_patches_count_once() -> None:
    source = "rows = query(Order)\n"

    def replace(find: Find) -> Patch:
        return Replace(find("query(Order)"), code("found"))

    assert rewritten(source, replace, replace) == "rows = found\n"


@pytest.mark.parametrize("text", ["ery(Order)", "rows = query", "(Order)"])
def test_a_place_that_is_no_expression_is_an_error(text: str) -> None:
    with pytest.raises(RewriteError, match=r"no (expression|statement)"):
        edits_of("rows = query(Order)\n", lambda find: options(find, text))


def test_patches_may_lie_in_several_files() -> None:
    one = SourceFile(Path("/nowhere/b.py"), b"x = f(1)\n")
    two = SourceFile(Path("/nowhere/a.py"), b"y = 2\n")
    files = {one.path: one, two.path: two}
    f = Place(one.path, Span(4, 8))
    edits = rewrite(
        [Replace(Place(two.path, Span(4, 5)), code("{old}", old=Copied(f))), Replace(f, code("0"))],
        lambda path: files[path],
        Settings(),
    )
    assert [(edit.path.name, edit.content) for edit in edits] == [("a.py", "f(1)"), ("b.py", "0")]


def test_renamed_copies() -> None:
    source = "x = [(o.o, k(o=o), [o for o in o.l], lambda o: o, f'{o}') for o in rows]\ny = 1\n"
    text = "(o.o, k(o=o), [o for o in o.l], lambda o: o, f'{o}')"
    assert rewritten(
        source,
        lambda find: Replace(find("1"), code("{c}", c=Copied(find(text), rename=(("o", "r.o"),)))),
    ).endswith("y = (r.o.o, k(o=r.o), [o for o in r.o.l], lambda o: o, f'{r.o}')\n")


def test_substituted_copies() -> None:
    source = "x = a.b if a.c else d\ny = 1\n"
    assert rewritten(
        source,
        lambda find: Replace(
            find("1"),
            code(
                "f({c}.z)",
                c=Copied(
                    find("a.b if a.c else d"),
                    substitute=((find("a.c"), code("not {n}", n="m")), (find("d"), code("1 + 1"))),
                ),
            ),
        ),
    ).endswith("y = f((a.b if not m else 1 + 1).z)\n")


def test_holes_stand_wherever_a_name_does() -> None:
    template = code(
        "def {name}({item}: {type}) -> dict[int, '{type}']:\n"
        "    # {item} of {name}\n"
        "    return {{{item}.id: f'{item} {{{item}.x}}', '{{}}': {function}({key}={item})}}",
        name="_by_id",
        item="row",
        type="Order",
        function=code("get(a or b)"),
        key="of",
    )
    assert rewritten("x = 'q'\n", lambda find: InsertBefore(find("x = 'q'"), (template,))) == (
        "def _by_id(row: Order) -> dict[int, 'Order']:\n    # row of _by_id\n"
        "    return {row.id: f'row {row.x}', '{}': get(a or b)(of=row)}\n\n\nx = 'q'\n"
    )


@pytest.mark.parametrize("text", ["f({missing})", "f({x!r})", "f({x", "f(", "a = 1"])
def test_a_template_that_cannot_be_read_is_an_error(text: str) -> None:
    with pytest.raises(RewriteError):
        edits_of("y = x\n", lambda find: Replace(find("x"), code(text, x="x")))
