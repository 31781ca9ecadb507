"""A plot of statements against N, before and after, as SVG without scripts."""

from __future__ import annotations

from collections.abc import Sequence

from codemods.formula import FormulaError, evaluate, names

_POINTS = tuple(range(0, 101, 5))
_WIDTH, _HEIGHT = 360, 180
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 12, 28


def plot(before: str, after: str | None) -> str:
    """The statements of a call where every name in the formulas is N, from 0 to 100.

    Returns:
        An `<svg>` element with a line `before` and, if there is a formula, a line `after`; nothing
        where a formula cannot be read or does not grow.
    """
    try:
        lines = {
            kind: [evaluate(formula, dict.fromkeys(names(formula), n)) for n in _POINTS]
            for kind, formula in (("before", before), ("after", after))
            if formula is not None
        }
    except FormulaError:
        return ""
    if len(set(lines["before"])) == 1:
        return ""
    top = _rounded_up(max(max(line) for line in lines.values()))
    parts = [
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        f"<title>{_told(lines)}</title>",
        *_axes(top),
        *(_line(kind, values, top) for kind, values in lines.items()),
        "</svg>",
    ]
    return "".join(parts)


def _told(lines: dict[str, list[int]]) -> str:
    last = {kind: f"{values[-1]:,}" for kind, values in lines.items()}
    later = f", {last['after']} after" if "after" in last else ""
    return f"Statements at N = {_POINTS[-1]}: {last['before']} before{later}"


def _axes(top: int) -> list[str]:
    parts = []
    for share in (0, 0.5, 1):
        value, y = top * share, _y(top * share, top)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{value:,.0f}</text>')
    for n in (0, 50, 100):
        label = f"N = {n}" if n == 100 else str(n)
        anchor = "end" if n == 100 else "middle"
        parts.append(f'<text x="{_x(n)}" y="{_HEIGHT - 8}" text-anchor="{anchor}">{label}</text>')
    return parts


def _line(kind: str, values: Sequence[int], top: int) -> str:
    points = " ".join(f"{_x(n)},{_y(value, top)}" for n, value in zip(_POINTS, values, strict=True))
    return f'<polyline class="{kind}" points="{points}"/>'


def _x(n: float) -> float:
    return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * n / _POINTS[-1], 1)


def _y(value: float, top: int) -> float:
    return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / top, 1)


def _rounded_up(value: int) -> int:
    """The next number of the form 2, 4, 6, 8 or 10 times a power of ten, which has a half."""
    unit = 1
    while value > 10 * unit:
        unit *= 10
    return next(step * unit for step in (2, 4, 6, 8, 10) if step * unit >= value)
