"""Import, DropImport and Define."""

# ruff: noqa: E501 (a line of a table is one case)
from __future__ import annotations

from pathlib import Path

import pytest
from rewriting import PATH, Find, edits_of, rewritten

from codemods.patch import Chain, Code, Define, DropImport, Import, InsertBefore, Patch, Replace

code = Code.of
QUERY = "q = 0\n"


def imported(source: str, *names: str, path: Path = PATH, **options: bool) -> str:
    """The file after imports, given as `module:name`."""

    def patches(find: Find) -> list[Patch]:
        found = [name.split(":") for name in names]
        return [Import(find(source[:1]), module, name, **options) for module, name in found]

    return rewritten(source, patches, path=path)


ORM = "sqlalchemy.orm:selectinload"

EXTENDED = {
    "sorted": (
        "from sqlalchemy.orm import Session\n\nq = 0\n",
        "from sqlalchemy.orm import Session, selectinload\n\nq = 0\n",
    ),
    "in the middle": (
        "from sqlalchemy.orm import joinedload, undefer\n\nq = 0\n",
        "from sqlalchemy.orm import joinedload, selectinload, undefer\n\nq = 0\n",
    ),
    "unsorted": (
        "from sqlalchemy.orm import undefer, Session, joinedload\n\nq = 0\n",
        "from sqlalchemy.orm import undefer, Session, joinedload, selectinload\n\nq = 0\n",
    ),
    "lines": (
        "from sqlalchemy.orm import (\n  Session,  # the session\n  undefer,\n)\nq = 0\n",
        "from sqlalchemy.orm import (\n  Session,  # the session\n  selectinload,\n  undefer,\n)\nq = 0\n",
    ),
    "lines, at the end": (
        "from sqlalchemy.orm import (\n  Session,\n  joinedload,  # joins\n)\nq = 0\n",
        "from sqlalchemy.orm import (\n  Session,\n  joinedload,  # joins\n  selectinload,\n)\nq = 0\n",
    ),
    "lines without final comma": (
        "from sqlalchemy.orm import (Session,\n                            joinedload)\nq = 0\n",
        "from sqlalchemy.orm import (Session,\n                            joinedload,\n"
        "                            selectinload)\nq = 0\n",
    ),
    "backslashes": (
        "from sqlalchemy.orm import Session, \\\n    joinedload\nq = 0\n",
        "from sqlalchemy.orm import Session, \\\n    joinedload, \\\n    selectinload\nq = 0\n",
    ),
    "trailing comment": (
        "from sqlalchemy.orm import Session  # orm\nq = 0\n",
        "from sqlalchemy.orm import Session, selectinload  # orm\nq = 0\n",
    ),
    "semicolon": (
        "import os; from sqlalchemy.orm import Session\nq = 0\n",
        "import os; from sqlalchemy.orm import Session, selectinload\nq = 0\n",
    ),
    "too wide": (
        "from sqlalchemy.orm import Session, joinedload, relationship, scoped_session\n'';q = 0\n",
        "from sqlalchemy.orm import (\n    Session,\n    joinedload,\n    relationship,\n"
        "    scoped_session,\n    selectinload,\n)\n'';q = 0\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("source, expected", EXTENDED.values(), ids=EXTENDED)
def test_an_import_from_the_module_is_extended(source: str, expected: str) -> None:
    assert imported(source, ORM) == expected


NEW = {
    "nothing there": (QUERY, "from sqlalchemy.orm import selectinload\n\nq = 0\n"),
    "docstring": ('"""Doc."""\nq = 0\n', '"""Doc."""\n\nfrom sqlalchemy.orm import selectinload\n\nq = 0\n'),
    "future": (
        "from __future__ import annotations\n\nq = 0\n",
        "from __future__ import annotations\n\nfrom sqlalchemy.orm import selectinload\n\nq = 0\n",
    ),
    "beside its package": (
        "import os\n\nimport sqlalchemy as sa\nfrom sqlalchemy import func\nfrom flask import g\n\nq = 0\n",
        "import os\n\nimport sqlalchemy as sa\nfrom sqlalchemy import func\n"
        "from sqlalchemy.orm import selectinload\nfrom flask import g\n\nq = 0\n",
    ),
    "beside the alias of its package": (
        "import os\n\nimport sqlalchemy as sa\n\nq = 0\n",
        "import os\n\nimport sqlalchemy as sa\nfrom sqlalchemy.orm import selectinload\n\nq = 0\n",
    ),
    "in its group": (
        "import os\n\nimport zope\nfrom flask import g\nfrom wtforms import Form\n\nfrom .x import y\n\nq = 0\n",
        "import os\n\nimport zope\nfrom flask import g\nfrom sqlalchemy.orm import selectinload\n"
        "from wtforms import Form\n\nfrom .x import y\n\nq = 0\n",
    ),
    "in a group of its own": (
        "import os\n\nfrom .x import y\n\nq = 0\n",
        "import os\n\nfrom sqlalchemy.orm import selectinload\n\nfrom .x import y\n\nq = 0\n",
    ),
    "before the others": (
        "# licence\nfrom .x import y\n\nq = 0\n",
        "# licence\nfrom sqlalchemy.orm import selectinload\n\nfrom .x import y\n\nq = 0\n",
    ),
    "a star does not count": (
        "from sqlalchemy.orm import *\n\nq = 0\n",
        "from sqlalchemy.orm import *\nfrom sqlalchemy.orm import selectinload\n\nq = 0\n",
    ),
    "type checking does not count": (
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from sqlalchemy.orm import selectinload\n\nq = 0\n",
        None,
    ),
    "another function does not count": (
        "import os\n\n\ndef f():\n    from sqlalchemy.orm import selectinload\n\n\nq = 0\n",
        "import os\n\nfrom sqlalchemy.orm import selectinload\n\n\n"
        "def f():\n    from sqlalchemy.orm import selectinload\n\n\nq = 0\n",
    ),
    "sections that mix both forms": (
        "from alembic import op\nimport flask\nfrom jinja2 import x\nimport werkzeug\n\nq = 0\n",
        "from alembic import op\nimport flask\nfrom jinja2 import x\n"
        "from sqlalchemy.orm import selectinload\nimport werkzeug\n\nq = 0\n",
    ),
}  # fmt: skip


def test_a_new_import_says_what_its_neighbour_says_of_its_place() -> None:
    source = "import sys\n\nsys.path.insert(0, '.')\n\nimport app.models  # noqa: E402\nimport app.views  # noqa: E402\n\nq = 0\n"
    result = imported(source, "app.orders:find", path=PATH.parent.parent / "run.py")
    assert "\nfrom app.orders import find  # noqa: E402\n" in result


@pytest.mark.parametrize("source, expected", NEW.values(), ids=NEW)
def test_a_new_import_goes_beside_its_relatives(source: str, expected: str | None) -> None:
    after = imported(source, ORM)
    if expected is None:
        assert "\nfrom sqlalchemy.orm import selectinload" in after
    else:
        assert after == expected


def test_imports_of_one_module_are_merged() -> None:
    assert imported(QUERY, ORM, "sqlalchemy.orm:joinedload", ORM, "sqlalchemy:case") == (
        "from sqlalchemy import case\nfrom sqlalchemy.orm import joinedload, selectinload\n\nq = 0\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        "from sqlalchemy.orm import selectinload\nq = 0\n",
        "from .models import Order\nq = 0\n",
        "from ..app.models import Order\nq = 0\n",
        "try:\n    from sqlalchemy.orm import selectinload\nexcept ImportError:\n    raise\nq = 0\n",
    ],
)
def test_an_import_that_is_there_is_not_repeated(source: str) -> None:
    name = ORM if "selectinload" in source else "app.models:Order"
    assert imported(source, name) == source


def test_a_relative_import_is_extended() -> None:
    assert imported("from .models import Line\n\nq = 0\n", "app.models:Order") == (
        "from .models import Line, Order\n\nq = 0\n"
    )


def test_the_file_does_not_import_from_itself() -> None:
    source = "class Order:\n    pass\n"
    assert imported(source, "app.models:Order", path=Path("/nowhere/app/models.py")) == source


def test_type_checking_imports_go_into_the_block() -> None:
    source = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from app.models import Line\n\nq = 0\n"
    assert imported(source, "app.models:Order", type_checking=True) == (
        source.replace("import Line", "import Line, Order")
    )
    assert imported(source, "app.things:Thing", type_checking=True) == (
        source.replace("import Line\n", "import Line\n    from app.things import Thing\n")
    )
    assert imported(QUERY, "app.models:Order", type_checking=True) == (
        "from app.models import Order\n\nq = 0\n"
    )


def with_option(source: str, text: str = "base") -> str:
    return rewritten(
        source,
        lambda find: Chain(find(text), "options", (code("selectinload({m}.lines)", m="Order"),)),
        lambda find: Import(find(text), "sqlalchemy.orm", "selectinload"),
    )


def test_an_alias_that_is_there_is_what_new_code_uses() -> None:
    source = "from sqlalchemy.orm import selectinload as sil\n\nq = base\n"
    assert with_option(source) == source.replace("base", "base.options(sil(Order.lines))")


@pytest.mark.parametrize(
    "other",
    [
        "class selectinload:\n    pass\n",
        "def f(selectinload):\n    pass\n",
        "def f():\n    selectinload = 1\n",
        "from project import selectinload\n",
        "[selectinload for selectinload in x]\n",
    ],
)
def test_a_name_that_means_something_else_is_avoided(other: str) -> None:
    after = with_option(f"{other}\n\nq = base\n")
    assert "from sqlalchemy.orm import selectinload as _selectinload\n" in after
    assert after.endswith("q = base.options(_selectinload(Order.lines))\n")


def test_an_import_that_the_function_hides_is_made_again() -> None:
    source = (
        "from sqlalchemy.orm import selectinload\n\n\n"
        "def f(selectinload):\n    return base\n\n\nselectinload()\n"
    )
    after = with_option(source)
    assert "from sqlalchemy.orm import selectinload, selectinload as _selectinload\n" in after
    assert "return base.options(_selectinload(Order.lines))" in after


def test_an_import_of_the_same_function_counts() -> None:
    source = "def f():\n    from sqlalchemy.orm import selectinload\n\n    return base\n"
    assert with_option(source) == source.replace("base", "base.options(selectinload(Order.lines))")


def test_names_of_attributes_and_keywords_are_not_imports() -> None:
    assert rewritten(
        "def case(): pass\n\nq = base\n",
        lambda find: Replace(find("base"), code("f(case({x}.case), case=1)", x="order")),
        lambda find: Import(find("base"), "sqlalchemy", "case"),
    ) == (
        "from sqlalchemy import case as _case\n\n\ndef case(): pass\n\n"
        "q = f(_case(order.case), case=1)\n"
    )


def dropped(source: str, *names: str, path: Path = PATH) -> str:
    def patches(find: Find) -> list[Patch]:
        return [
            Replace(find("old()"), code("new()")),
            *(DropImport(find("old()"), name) for name in names),
        ]

    return rewritten(source, patches, path=path)


DROPPED = {
    "one of several": ("from a import b, c, d\n\nold()\nb, d\n", "c", "from a import b, d\n\nnew()\nb, d\n"),
    "the last": ("from a import b, c\n\nold()\nb\n", "c", "from a import b\n\nnew()\nb\n"),
    "the only": ("import os\nfrom a import c\n\nold()\nos\n", "c", "import os\n\nnew()\nos\n"),
    "lines": (
        "from a import (\n    b,\n    c,  # why\n    d,\n)\n\nold()\nb, d\n",
        "c",
        "# why\nfrom a import (\n    b,\n    d,\n)\n\nnew()\nb, d\n",
    ),
    "alias": ("import a.b as c, d\n\nold()\nd\n", "c", "import d\n\nnew()\nd\n"),
    "dotted": ("import c.x\nimport d\n\nold()\nd\n", "c", "import d\n\nnew()\nd\n"),
    "with its comment": ("# about c\nfrom a import c\nimport d\n\nold()\nd\n", "c", "# about c\nimport d\n\nnew()\nd\n"),
    "in a try": (
        "try:\n    import c\nexcept ImportError:\n    pass\nold()\n",
        "c",
        "try:\n    pass\nexcept ImportError:\n    pass\nnew()\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("source, name, expected", DROPPED.values(), ids=DROPPED)
def test_an_import_without_use_goes(source: str, name: str, expected: str) -> None:
    assert dropped(source, name) == expected


@pytest.mark.parametrize(
    "source",
    [
        "from a import c\n\nold()\nc()\n",
        "from a import c\n\nold()\n__all__ = ['c']\n",
        "from a import c\n\nold()\nx: 'list[c]' = []\n",
        "from a import c\n\nold()\nx = []  # type: list[c]\n",
        "from a import c  # noqa: F401\n\nold()\n",
        "from a import c as c\n\nold()\n",
        "from a import c\n\nold()\ndel c\n",
        "from a import c\nfrom b import c\n\nold()\n",
    ],
)
def test_an_import_that_may_be_used_stays(source: str) -> None:
    assert dropped(source, "c") == source.replace("old()", "new()")


def test_a_package_keeps_what_it_may_re_export() -> None:
    source = "from a import c\n\nold()\n"
    path = Path("/nowhere/app/__init__.py")
    assert dropped(source, "c", path=path) == source.replace("old", "new")


def test_a_use_in_new_code_keeps_the_import() -> None:
    source = "from a import c\n\nold()\n"
    assert rewritten(
        source,
        lambda find: Replace(find("old()"), code("c.new()")),
        lambda find: DropImport(find("old()"), "c"),
    ) == source.replace("old", "c.new")


def test_names_come_and_go_in_one_statement() -> None:
    source = "from a import b, c\n\nold()\nb\n"
    assert (
        rewritten(
            source,
            lambda find: Replace(find("old()"), code("d()")),
            lambda find: DropImport(find("old()"), "c"),
            lambda find: Import(find("old()"), "a", "d"),
        )
        == "from a import b, d\n\nd()\nb\n"
    )
    assert (
        rewritten(
            "from a import c\n\nold()\n",
            lambda find: Replace(find("old()"), code("d()")),
            lambda find: DropImport(find("old()"), "c"),
            lambda find: Import(find("old()"), "a", "d"),
        )
        == "from a import d\n\nd()\n"
    )


CHUNKS = code("def _chunks(keys):\n    yield keys")


def defined(source: str, text: str = "old()") -> str:
    return rewritten(
        source,
        lambda find: Replace(find(text), code("_chunks()")),
        lambda find: Define(find(text), "_chunks", CHUNKS),
        lambda find: Define(find(text), "_chunks", CHUNKS),
    )


def test_a_function_is_defined_below_the_imports() -> None:
    source = "import os\n\nlogger = os\n\n\n# f\n@d\ndef f():\n    old()\n"
    assert defined(source) == (
        "import os\n\nlogger = os\n\n\ndef _chunks(keys):\n    yield keys\n\n\n"
        "# f\n@d\ndef f():\n    _chunks()\n"
    )


def test_a_function_is_defined_above_its_first_use() -> None:
    assert defined("import os\n\nx = 1\nold()\n\n\ndef f():\n    pass\n") == (
        "import os\n\nx = 1\n\n\ndef _chunks(keys):\n    yield keys\n\n\n"
        "_chunks()\n\n\ndef f():\n    pass\n"
    )


def test_a_function_in_a_file_without_imports() -> None:
    assert defined("# licence\ndef f():\n  old()\n") == (
        "# licence\ndef _chunks(keys):\n  yield keys\n\n\ndef f():\n  _chunks()\n"
    )


def test_a_function_that_is_there_is_used() -> None:
    source = "def _chunks(x):\n    return x\n\n\nold()\n"
    assert defined(source) == source.replace("old()", "_chunks()")


def test_names_of_a_defined_function_follow_the_imports() -> None:
    body = code("def _chunks(keys):\n    yield islice(keys, 1)")
    after = rewritten(
        "islice = 1\n\n\ndef f():\n    old()\n",
        lambda find: Define(find("old()"), "_chunks", body),
        lambda find: Import(find("old()"), "itertools", "islice"),
    )
    assert after == (
        "from itertools import islice as _islice\n\nislice = 1\n\n\n"
        "def _chunks(keys):\n    yield _islice(keys, 1)\n\n\ndef f():\n    old()\n"
    )


def test_an_import_and_an_insertion_above_the_same_statement() -> None:
    assert (
        rewritten(
            "x = 1\n",
            lambda find: InsertBefore(find("x = 1"), (code("y = case()"),)),
            lambda find: Import(find("x = 1"), "sqlalchemy", "case"),
        )
        == "from sqlalchemy import case\n\ny = case()\nx = 1\n"
    )


def test_an_import_alone_makes_one_small_edit() -> None:
    (edit,) = edits_of(
        "from sqlalchemy.orm import Session\n",
        lambda f: Import(f("from"), "sqlalchemy.orm", "undefer"),
    )
    assert edit.content == ", undefer"
