"""InsertBefore, InsertAfter, Remove and Replace at the places of statements."""

from __future__ import annotations

import pytest
from rewriting import Find, edits_of, rewritten

from codemods.patch import Chain, Code, Copied, InsertAfter, InsertBefore, Patch, Remove, Replace
from codemods.rewrite import RewriteError

code = Code.of


def before(source: str, text: str, *statements: str, number: int = 0) -> str:
    new = tuple(code(statement) for statement in statements)
    return rewritten(source, lambda find: InsertBefore(find(text, number), new))


def after(source: str, text: str, *statements: str, number: int = 0) -> str:
    new = tuple(code(statement) for statement in statements)
    return rewritten(source, lambda find: InsertAfter(find(text, number), new))


def removed(source: str, *texts: str) -> str:
    return rewritten(source, lambda find: [Remove(find(text)) for text in texts])


def replaced(source: str, text: str, new: str) -> str:
    return rewritten(source, lambda find: Replace(find(text), code(new)))


BEFORE = {
    "plain": ("a = 1\nb = 2\n", "a = 1\nnew()\nb = 2\n"),
    "own comments stay with the statement": (
        "a = 1\n\n# far\n\n# near\nb = 2\n",
        "a = 1\n\n# far\n\nnew()\n# near\nb = 2\n",
    ),
    "first statement below the comment of the file": (
        "#!/usr/bin/python\n# licence\nb = 2\n",
        "#!/usr/bin/python\n# licence\nnew()\nb = 2\n",
    ),
    "in a block": (
        "def f():\n    '''Doc.'''\n\n    b = 2\n",
        "def f():\n    '''Doc.'''\n\n    new()\n    b = 2\n",
    ),
    "behind a comment at the end of the block above": (
        "if a:\n    x\n    # of the block\nb = 2\n",
        "if a:\n    x\n    # of the block\nnew()\nb = 2\n",
    ),
    "first in a block with a comment": (
        "if a:  # why\n    # b\n    b = 2\n",
        "if a:  # why\n    new()\n    # b\n    b = 2\n",
    ),
    "one-line suite": ("for x in y: b = 2  # c\n", "for x in y:\n    new()\n    b = 2  # c\n"),
    "one-line suite of several": (
        "if a: c = 1; b = 2; d = 3\n",
        "if a:\n    c = 1\n    new()\n    b = 2; d = 3\n",
    ),
    "nested one-line suite": (
        "class A:\n    def f(self): b = 2\n    x = 1\n",
        "class A:\n    def f(self):\n        new()\n        b = 2\n    x = 1\n",
    ),
    "else": (
        "if a: pass\nelse: b = 2\nc = 3\n",
        "if a: pass\nelse:\n    new()\n    b = 2\nc = 3\n",
    ),
    "inside elif": (
        "if a:\n  pass\nelif c:\n  b = 2\nelse:\n  pass\n",
        "if a:\n  pass\nelif c:\n  new()\n  b = 2\nelse:\n  pass\n",
    ),
    "one-line elif": (
        "if a:\n  pass\nelif c: b = 2\n",
        "if a:\n  pass\nelif c:\n  new()\n  b = 2\n",
    ),
    "handlers": (
        "try: pass\nexcept E: b = 2\nfinally: pass\n",
        "try: pass\nexcept E:\n    new()\n    b = 2\nfinally: pass\n",
    ),
    "match": (
        "match x:\n    case 1: b = 2\n    case _: pass\n",
        "match x:\n    case 1:\n        new()\n        b = 2\n    case _: pass\n",
    ),
    "semicolons": ("a = 1; b = 2; c = 3\n", "a = 1\nnew()\nb = 2; c = 3\n"),
    "final semicolon": ("a = 1; b = 2;\n", "a = 1\nnew()\nb = 2;\n"),
    "no newline at the end": ("a = 1\nb = 2", "a = 1\nnew()\nb = 2"),
    "tabs": ("if a:\n\tb = 2\n", "if a:\n\tnew()\n\tb = 2\n"),
    "continued header": (
        "if (a and\n        c):\n    b = 2\n",
        "if (a and\n        c):\n    new()\n    b = 2\n",
    ),
    "below a comment that ends in a backslash": (
        "if a:  # \\\n    b = 2\n",
        "if a:  # \\\n    new()\n    b = 2\n",
    ),
    "continued one-line suite": ("if a: \\\n  b = 2\n", "if a:\n    new()\n    b = 2\n"),
}


@pytest.mark.parametrize("source, expected", BEFORE.values(), ids=BEFORE)
def test_insert_before(source: str, expected: str) -> None:
    assert before(source, "b = 2", "new()") == expected


def test_a_decorated_definition_is_its_decorators_too() -> None:
    source = "x = 1\n\n\n# f\n@a\n@b(1)\ndef f():\n    pass\n"
    assert before(source, "def f():\n    pass", "new()") == (
        "x = 1\n\n\nnew()\n\n\n# f\n@a\n@b(1)\ndef f():\n    pass\n"
    )


def test_an_elif_has_no_place_before_it() -> None:
    with pytest.raises(RewriteError, match="elif"):
        before("if a:\n    pass\nelif b:\n    pass\n", "elif b:\n    pass", "new()")


def test_compound_statements_take_the_indentation_of_the_file() -> None:
    source = "def f(keys):\n  if keys:\n    b = 2\n"
    loop = "for key in keys:\n    if key:\n        # deep\n        seen.add(key)"
    assert before(source, "b = 2", "seen = set()", loop) == (
        "def f(keys):\n  if keys:\n    seen = set()\n    for key in keys:\n      if key:\n"
        "        # deep\n        seen.add(key)\n    b = 2\n"
    )


AFTER = {
    "plain": ("b = 2  # c\n\n# d\nd\n", "b = 2  # c\nnew()\n\n# d\nd\n"),
    "last": ("if a:\n    b = 2\nc\n", "if a:\n    b = 2\n    new()\nc\n"),
    "last without newline": ("if a:\n    b = 2", "if a:\n    b = 2\n    new()"),
    "one-line suite": ("if a: b = 2; c\n", "if a:\n    b = 2\n    new()\n    c\n"),
    "semicolon": ("b = 2; c\n", "b = 2\nnew()\nc\n"),
}


@pytest.mark.parametrize("source, expected", AFTER.values(), ids=AFTER)
def test_insert_after(source: str, expected: str) -> None:
    assert after(source, "b = 2", "new()") == expected


def test_after_a_block_means_after_its_last_comment() -> None:
    source = "def g():\n    for x in y:\n        f(x)\n        # done\n    # end\n    z\n"
    assert after(source, "for x in y:\n        f(x)", "new()") == (
        "def g():\n    for x in y:\n        f(x)\n        # done\n    new()\n    # end\n    z\n"
    )
    last = "def g():\n    for x in y:\n        f(x)\n        # done\nz\n"
    assert after(last, "for x in y:\n        f(x)", "new()") == (
        "def g():\n    for x in y:\n        f(x)\n        # done\n    new()\nz\n"
    )


REMOVED = {
    "plain": ("a\nb = 2\nc\n", "a\nc\n"),
    "comments": ("a\n# above\nb = 2  # behind\nc\n", "a\n# above\n# behind\nc\n"),
    "blank lines around": ("a\n\nb = 2\n\nc\n", "a\n\nc\n"),
    "blank lines below the first": ("if x:\n    b = 2\n\n    c\n", "if x:\n    c\n"),
    "last": ("if x:\n    a\n\n    b = 2\nc\n", "if x:\n    a\nc\n"),
    "last with a comment": ("if x:\n    a\n    # above\n    b = 2\nc\n", "if x:\n    a\n    # above\nc\n"),
    "only": ("if x:\n    # why\n    b = 2  # this\nc\n", "if x:\n    # why\n    # this\n    pass\nc\n"),
    "one-line suite": ("if x: b = 2\nc\n", "if x: pass\nc\n"),
    "semicolons": ("a; b = 2; c  # d\n", "a; c  # d\n"),
    "last of a line": ("a; b = 2\n", "a\n"),
    "end of file": ("a\nb = 2", "a"),
}  # fmt: skip


@pytest.mark.parametrize("source, expected", REMOVED.values(), ids=REMOVED)
def test_remove(source: str, expected: str) -> None:
    assert removed(source, "b = 2") == expected


def test_comments_inside_a_removed_statement_are_kept() -> None:
    source = "if x:\n    for y in z:\n        # one\n        f(y)  # two\n    c\n"
    assert removed(source, "for y in z:\n        # one\n        f(y)") == (
        "if x:\n    # one\n    # two\n    c\n"
    )


def test_a_block_whose_statements_all_go_keeps_a_pass() -> None:
    assert removed("if x:\n    a = 1\n    b = 2\nc\n", "a = 1", "b = 2") == "if x:\n    pass\nc\n"


REPLACED = {
    "plain": ("a\n# c\nb = 2\nd\n", "b = 3", "a\n# c\nb = 3\nd\n"),
    "trailing comment": ("b = 2  # c\n", "b = 3", "# c\nb = 3\n"),
    "pragma": ("b = 2  # noqa\n", "b = 3", "b = 3  # noqa\n"),
    "by several": ("if x:\n    b = 2\n", "b = 3\nc = 4", "if x:\n    b = 3\n    c = 4\n"),
    "by a block": ("b = 2\n", "if x:\n    b = 3", "if x:\n    b = 3\n"),
    "in a one-line suite": ("if x: b = 2; c\n", "b = 3", "if x: b = 3; c\n"),
    "by a block in a one-line suite": (
        "if x: b = 2; c\n",
        "for y in z:\n    b = 3",
        "if x:\n    for y in z:\n        b = 3\n    c\n",
    ),
    "among semicolons": ("a; b = 2; c\n", "b = 3", "a; b = 3; c\n"),
    "by a block among semicolons": (
        "a; b = 2; c\n",
        "if x:\n    b = 3",
        "a\nif x:\n    b = 3\nc\n",
    ),
}


@pytest.mark.parametrize("source, new, expected", REPLACED.values(), ids=REPLACED)
def test_replace(source: str, new: str, expected: str) -> None:
    assert replaced(source, "b = 2", new) == expected


def test_a_copied_body_moves_into_a_new_block() -> None:
    source = (
        "def f(xs):\n\tfor x in xs:\n\t\tif x.a:\n\t\t\tuse(x.a,\n\t\t\t    1)  # use\n\treturn 1\n"
    )
    inner = "if x.a:\n\t\t\tuse(x.a,\n\t\t\t    1)"
    loop = f"for x in xs:\n\t\t{inner}"
    assert rewritten(
        source,
        lambda find: Replace(
            find(loop), code("while True:\n    {body}\n    break", body=Copied(find(inner)))
        ),
    ) == (
        "def f(xs):\n\twhile True:\n\t\tif x.a:\n\t\t\tuse(x.a,\n\t\t\t    1)  # use\n\t\tbreak\n"
        "\treturn 1\n"
    )


def test_patches_of_nested_blocks_compose() -> None:
    source = (
        "def f(rows):\n    # all\n    for row in q().all():  # rows\n"
        "        x = get(row.a)  # one\n        # use\n        use(x)\n"
    )
    loop = source[source.index("for") : -1]
    assert rewritten(
        source,
        lambda find: InsertBefore(
            find(loop),
            (code("rows = {q}", q=Copied(find("q().all()"))), code("found = fetch(rows)")),
        ),
        lambda find: Replace(find("q().all()"), code("rows")),
        lambda find: Chain(find("q()"), "options", (code("o"),)),
        lambda find: Replace(find("get(row.a)"), code("found.get({a})", a=Copied(find("row.a")))),
        lambda find: InsertAfter(find("use(x)"), (code("done()"),)),
        lambda find: InsertAfter(find(loop), (code("end()"),)),
    ) == (
        "def f(rows):\n    rows = q().options(o).all()\n    found = fetch(rows)\n    # all\n"
        "    for row in rows:  # rows\n        x = found.get(row.a)  # one\n        # use\n"
        "        use(x)\n        done()\n    end()\n"
    )


def test_several_insertions_keep_their_order() -> None:
    source = "a\nb = 2\n"
    assert (
        rewritten(
            source,
            lambda find: InsertBefore(find("b = 2"), (code("one()"),)),
            lambda find: InsertBefore(find("b = 2"), (code("two()"),)),
            lambda find: InsertAfter(find("a"), (code("three()"),)),
            lambda find: InsertAfter(find("a"), (code("four()"),)),
        )
        == "a\nthree()\nfour()\none()\ntwo()\nb = 2\n"
    )


def test_insert_and_remove_at_one_statement() -> None:
    source = "if x:\n    b = 2\n"
    assert (
        rewritten(
            source,
            lambda find: InsertBefore(find("b = 2"), (code("new()"),)),
            lambda find: Remove(find("b = 2")),
        )
        == "if x:\n    new()\n"
    )


@pytest.mark.parametrize("verb", [InsertBefore, InsertAfter])
def test_overlapping_statements_are_an_error(
    verb: type[InsertBefore] | type[InsertAfter],
) -> None:
    source = "for x in y:\n    a = 1\n    b = 2\n"
    with pytest.raises(RewriteError, match="another patch replaces"):
        edits_of(
            source,
            lambda find: Remove(find(source.strip())),
            lambda find: verb(find("b = 2"), (code("new()"),)),
        )


def test_comments_at_the_end_of_a_file_are_those_of_its_last_block() -> None:
    source = "class A:\n    b = 2\n    # one\n\n    # two\n"
    assert before(source, "class A:\n    b = 2", "new()") == f"new()\n\n\n{source}"
    assert after(source, "class A:\n    b = 2", "new()") == f"{source}\n\nnew()\n"
    assert removed(source, "class A:\n    b = 2") == "# one\n# two\n"


def test_equal_comments_of_two_lines_are_two() -> None:
    source = "a = 1  # noqa\nb = 2  # noqa\n"
    result = rewritten(
        source,
        lambda find: Remove(find("a = 1")),
        lambda find: Replace(find("b = 2"), code("if x:\n    c = 3")),
    )
    assert result == "# noqa\n# noqa\nif x:\n    c = 3\n"


def test_a_place_that_is_no_statement_is_an_error() -> None:
    with pytest.raises(RewriteError, match="no statement"):
        edits_of("a = f(x)\n", lambda find: Remove(find("f(x)")))


MERGED = {
    "comments above, in and behind go where the work is done": (
        "# first\na = f(1)\n# second\nb = f(\n    # inner\n    2\n)  # behind\nreturn_(a, b)\n",
        "# first\n# inner\n# behind\na, b = g()\n# second\nreturn_(a, b)\n",
    ),
    "what stands above all that is left goes, too": (
        "# first\na = f(1)\n\n# second\nb = f(2)\n\nuse(a, b)\n",
        "# first\n# second\na, b = g()\n\nuse(a, b)\n",
    ),
    "equal comments are one": (
        "# each\na = f(1)\n\n# each\nb = f(2)\n\nuse(a, b)\n",
        "# each\na, b = g()\n\nuse(a, b)\n",
    ),
}


@pytest.mark.parametrize("name", MERGED)
def test_comments_of_what_another_statement_does(name: str) -> None:
    source, wanted = MERGED[name]
    second = source[source.index("b = ") : source.index(")", source.index("b = ")) + 1]

    def merged(find: Find) -> list[Patch]:
        first = find("a = f(1)")
        return [Replace(first, code("a, b = g()")), Remove(find(second), into=first)]

    assert rewritten(source, merged) == wanted


@pytest.mark.parametrize(
    "source",
    [
        "x = [\n    i\n    for i in (\n        q(1)\n        # all\n        .r()  # them\n    )\n]\n",
        "for i in (\n    q(1)\n    # all\n    .r()  # them\n):\n    use(i)\n",
    ],
)
def test_a_copy_has_its_comments_once(source: str) -> None:
    text = "q(1)" + source.partition("q(1)")[2].partition(".r()")[0] + ".r()"
    result = rewritten(
        source,
        lambda find: InsertBefore(
            find(source.strip()), (Code.of("rows = {q}.all()", q=Copied(find(text))),)
        ),
        lambda find: Replace(find(text), code("rows")),
    )
    assert result.startswith("rows = (\n    q(1)\n    # all\n    .r()  # them\n).all()\n")
    assert result.count("# all") == 1
