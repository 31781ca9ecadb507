"""AddKeyword and AddParameter: one more name between the parentheses of calls and definitions."""

from __future__ import annotations

import pytest
from rewriting import edits_of, rewritten

from codemods.patch import AddKeyword, AddParameter, Code
from codemods.rewrite import RewriteError

CALLS = {
    "f()": "f(data=found)",
    "f(a)": "f(a, data=found)",
    "f(a,)": "f(a, data=found,)",
    "f(a, b=1)": "f(a, b=1, data=found)",
    "f(a, **rest)": "f(a, data=found, **rest)",
    "f(**rest)": "f(data=found, **rest)",
    "f(*rest)": "f(*rest, data=found)",
    "f(x for x in y)": "f((x for x in y), data=found)",
    "f(a[1], g(b, c))": "f(a[1], g(b, c), data=found)",
    "f(a ** b)": "f(a ** b, data=found)",
    "f(\n    a,\n    b,  # why\n)": "f(\n    a,\n    b,  # why\n    data=found,\n)",
    "f(\n    a,\n    b\n)": "f(\n    a,\n    b,\n    data=found,\n)",
    "f(a,\n  b)": "f(a,\n  b, data=found)",
}


@pytest.mark.parametrize("call", CALLS)
def test_keyword(call: str) -> None:
    code = rewritten(f"x = {call}\n", lambda find: AddKeyword(find(call), "data", Code.of("found")))
    assert code == f"x = {CALLS[call]}\n"


def test_two_keywords() -> None:
    code = rewritten(
        "x = f(a, g(b))\n",
        lambda find: AddKeyword(find("f(a, g(b))"), "one", Code.of("1")),
        lambda find: AddKeyword(find("g(b)"), "two", Code.of("2")),
    )
    assert code == "x = f(a, g(b, two=2), one=1)\n"


def test_keyword_of_what_is_no_call() -> None:
    with pytest.raises(RewriteError):
        edits_of("x = f\n", lambda find: AddKeyword(find("f"), "data", Code.of("found")))


DEFINITIONS = {
    "def f():": "def f(*, data=None):",
    "def f(a, b=1):": "def f(a, b=1, *, data=None):",
    "def f(a, *, b):": "def f(a, *, b, data=None):",
    "def f(a, *rest):": "def f(a, *rest, data=None):",
    "def f(a, **rest):": "def f(a, *, data=None, **rest):",
    "def f(a, *, b, **rest):": "def f(a, *, b, data=None, **rest):",
    "def f(a, /):": "def f(a, /, *, data=None):",
    "def f(a=(1, 2)) -> dict[str, int]:": "def f(a=(1, 2), *, data=None) -> dict[str, int]:",
    "async def f(a: int = 2 ** 3):": "async def f(a: int = 2 ** 3, *, data=None):",
    "def f(\n    a,  # first\n    b,\n):": (
        "def f(\n    a,  # first\n    b,\n    *,\n    data=None,\n):"
    ),
    "def f(\n    a,\n    **rest,\n):": "def f(\n    a,\n    *,\n    data=None,\n    **rest,\n):",
}


@pytest.mark.parametrize("header", DEFINITIONS)
@pytest.mark.parametrize("decorator", ["", "@define\n", "@decorated(undefined=(1,))\n"])
def test_parameter(header: str, decorator: str) -> None:
    definition = f"{header}\n    return 1"
    code = rewritten(
        f"{decorator}{definition}\n", lambda find: AddParameter(find(definition), "data")
    )
    assert code == f"{decorator}{DEFINITIONS[header]}\n    return 1\n"


def test_annotation() -> None:
    definition = "def f(a: int) -> int:\n    return a"
    patch = Code.of("dict[int, {model}] | None", model="Order")
    code = rewritten(definition + "\n", lambda find: AddParameter(find(definition), "data", patch))
    expected = "def f(a: int, *, data: dict[int, Order] | None = None) -> int:\n    return a\n"
    assert code == expected


def test_wide_definition() -> None:
    definition = f"def {'f' * 60}(first, second):\n  return 1"
    code = rewritten(
        definition + "\n", lambda find: AddParameter(find(definition), "data_of_all_items")
    )
    header = f"def {'f' * 60}("
    second = " " * len(header) + "*, data_of_all_items=None):"
    assert code == f"{header}first, second,\n{second}\n  return 1\n"


def test_parameter_that_is_there() -> None:
    definition = "def f(data):\n    return data"
    with pytest.raises(RewriteError):
        edits_of(definition, lambda find: AddParameter(find(definition), "data"))


NUMPY = '"""Do it.\n\n    Parameters\n    ----------\n    a : int\n        The first.\n'

DOCSTRINGS = {
    '"""Do it."""': '"""Do it."""',
    '"""Do it.\n\n    Args:\n        a: the first\n            of all.\n\n    Returns:\n        it.\n    """': (
        '"""Do it.\n\n    Args:\n        a: the first\n            of all.\n        data: what is found\n'
        '\n    Returns:\n        it.\n    """'
    ),
    '"""Do it.\n\n    Args:\n        a: the first.\n    """': (
        '"""Do it.\n\n    Args:\n        a: the first.\n        data: what is found\n    """'
    ),
    '"""Do it.\n\n    :param a: the first\n        of all.\n    :return: it.\n    """': (
        '"""Do it.\n\n    :param a: the first\n        of all.\n    :param data: what is found\n'
        '    :return: it.\n    """'
    ),
    '"""Do it.\n\n    :arg a: the first\n    :type a: int\n    :return: it.\n    """': (
        '"""Do it.\n\n    :arg a: the first\n    :type a: int\n    :arg data: what is found\n'
        '    :return: it.\n    """'
    ),
    f'{NUMPY}\n    Returns\n    -------\n    int\n    """': (
        f'{NUMPY}    data\n        what is found\n\n    Returns\n    -------\n    int\n    """'
    ),
    f'{NUMPY}    """': f'{NUMPY}    data\n        what is found\n    """',
}


@pytest.mark.parametrize("docstring", DOCSTRINGS)
def test_docstring(docstring: str) -> None:
    definition = f"def f(a):\n    {docstring}\n    return a"
    code = rewritten(
        definition + "\n",
        lambda find: AddParameter(find(definition), "data", about="what is found"),
    )
    assert code == f"def f(a, *, data=None):\n    {DOCSTRINGS[docstring]}\n    return a\n"


HEADERS = {
    "def f(a  # why\n      ):": "def f(a,  # why\n      *,\n      data=None,\n      ):",
    "def f(a, b,):": "def f(a, b, *, data=None,):",
    "def f(*, a):": "def f(*, a, data=None):",
    "def f(*args: int, b: int=(1)) -> None:  # so": (
        "def f(*args: int, b: int=(1), data=None) -> None:  # so"
    ),
    "def f(\n    a: int = 1, /, b: str = '(',\n    **rest: object,\n) -> None:": (
        "def f(\n    a: int = 1, /, b: str = '(',\n    *,\n    data=None,\n    **rest: object,\n"
        ") -> None:"
    ),
}


@pytest.mark.parametrize("header", HEADERS)
def test_layouts_of_definitions(header: str) -> None:
    definition = f"{header}\n        # first\n        return 1"
    code = rewritten(
        f"class A:\n    @one\n    {definition}\n",
        lambda find: AddParameter(find(definition), "data"),
    )
    assert code == f"class A:\n    @one\n    {HEADERS[header]}\n        # first\n        return 1\n"


def test_definition_of_one_line() -> None:
    definition = "def f(a): return a; pass"
    code = rewritten(f"{definition}\n", lambda find: AddParameter(find(definition), "data"))
    assert code == "def f(a, *, data=None): return a; pass\n"


def test_what_lies_inside_may_change_as_well() -> None:
    definition = "def f(a=g(1)):\n    return h(a)"
    code = rewritten(
        f"{definition}\n",
        lambda find: AddParameter(find(definition), "data"),
        lambda find: AddKeyword(find("g(1)"), "two", Code.of("2")),
        lambda find: AddKeyword(find("h(a)"), "data", Code.of("data")),
    )
    assert code == "def f(a=g(1, two=2), *, data=None):\n    return h(a, data=data)\n"
