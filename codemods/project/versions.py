"""Version ranges as people write them: which SQLAlchemy and which Pythons do they allow?"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

_Version: TypeAlias = tuple[int, int, int]
_Range: TypeAlias = Callable[[_Version], bool]

KNOWN_SQLALCHEMY = ((1, 4), (2, 0), (2, 1))
_PYTHONS = tuple((3, minor) for minor in range(6, 31))
_CONDITION = re.compile(r"(==|!=|>=|<=|~=|>|<)(\d+(?:\.\d+)*)(\.\*)?")
_COMPARISONS: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_PLAIN = re.compile(r"\d+(?:\.\d+)*$")


def sqlalchemy_range(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The lowest and the highest known SQLAlchemy in a range, None if there is none."""
    found = allowed(text, KNOWN_SQLALCHEMY)
    return (found[0], found[-1]) if found else None


def lowest_python(text: str) -> tuple[int, int] | None:
    """The lowest Python in a range, None if there is none."""
    found = allowed(text, _PYTHONS)
    return found[0] if found else None


def allowed(text: str, minors: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of `minors` of which some release is in the range.

    Takes the forms of pip (`>=1.4,<2.1`, `~=2.0`), of Poetry (`^1.4`, `~2.0`, `2.0.*`, `||`) and
    a plain version, which stands for its whole minor version if it has no more than two parts.
    Text that is no range allows nothing.
    """
    minors = tuple(minors)
    named = {int(number) for number in re.findall(r"\d+\.\d+\.(\d+)", text)}
    patches = sorted({0, 99} | named | {n + 1 for n in named} | {n - 1 for n in named if n})
    found = set()
    for alternative in re.split(r"\s*\|\|?\s*", text.strip()):
        conditions = [_pip(part) for part in _parts(alternative)]
        allows = _plain_range(conditions) or _any_range(conditions)
        if allows is None:
            return []
        found |= {minor for minor in minors if any(allows((*minor, patch)) for patch in patches)}
    return sorted(found)


def _plain_range(conditions: Sequence[str]) -> _Range | None:
    """What numbers alone say, as they do in most ranges; importing `packaging` takes 15 ms."""
    known: list[tuple[str, tuple[int, ...], bool]] = []
    for condition in conditions:
        match = _CONDITION.fullmatch(condition)
        if match is None:
            return None
        sign, numbers = match.group(1), tuple(map(int, match.group(2).split(".")))
        star = match.group(3) is not None
        if (star and sign not in ("==", "!=")) or (sign == "~=" and len(numbers) < 2):
            return None
        known.append((sign, numbers, star))
    return lambda version: all(_holds(version, *condition) for condition in known)


def _holds(version: _Version, sign: str, numbers: tuple[int, ...], star: bool) -> bool:
    length = max(len(version), len(numbers))
    have, given = (part + (0,) * (length - len(part)) for part in (version, numbers))
    if sign == "~=":
        return have >= given and have[: len(numbers) - 1] == numbers[:-1]
    if sign in ("==", "!="):
        same = have[: len(numbers)] == numbers if star else have == given
        return same is (sign == "==")
    return _COMPARISONS[sign](have, given)


def _any_range(conditions: Sequence[str]) -> _Range | None:
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        wanted = SpecifierSet(",".join(conditions))
    except InvalidSpecifier:
        return None
    return lambda version: wanted.contains(".".join(map(str, version)))


def _parts(text: str) -> list[str]:
    spaced = re.sub(r"([<>=!~^]+)\s+", r"\1", text)
    return [part for part in re.split(r"[,\s]+", spaced) if part and part != "*"]


def _pip(part: str) -> str:
    """One condition, Poetry's spelled as pip's."""
    if part.startswith("^"):
        first, *_ = part[1:].split(".")
        return f">={part[1:]},<{int(first) + 1}" if first.isdigit() else part
    if part.startswith("~") and not part.startswith("~="):
        numbers = part[1:].split(".")
        if not all(number.isdigit() for number in numbers):
            return part
        above = (
            [*numbers[:1], str(int(numbers[1]) + 1)] if numbers[1:] else [str(int(part[1:]) + 1)]
        )
        return f">={part[1:]},<{'.'.join(above)}"
    if _PLAIN.match(part):
        return f"=={part}.*" if part.count(".") < 2 else f"=={part}"
    if re.match(r"\d+(\.\d+)*\.\*$", part):
        return f"=={part}"
    return part
