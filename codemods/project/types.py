"""SQLAlchemy's column types by full name, and the Python values that they give."""

from __future__ import annotations

from dataclasses import dataclass

from codemods.facts.symbols import Call, Constant, Member, Name, Symbol, text_of, truth_of
from codemods.settings import Settings

# Names as they are in `sqlalchemy`; upper-case ones are shared by the dialects.
_KINDS = {
    "int": "Integer BigInteger SmallInteger INTEGER INT BIGINT SMALLINT TINYINT MEDIUMINT YEAR OID",
    "str": "String Text Unicode UnicodeText CHAR NCHAR VARCHAR NVARCHAR TEXT CLOB VARCHAR2"
    " NVARCHAR2 NTEXT LONGTEXT MEDIUMTEXT TINYTEXT AutoString",
    "bool": "Boolean BOOLEAN BIT",
    "float": "Float FLOAT REAL Double DOUBLE DOUBLE_PRECISION",
    "Decimal": "Numeric NUMERIC DECIMAL",
    "date": "Date DATE",
    "datetime": "DateTime DATETIME TIMESTAMP",
    "time": "Time TIME",
    "timedelta": "Interval INTERVAL",
    "bytes": "LargeBinary BINARY VARBINARY BLOB BYTEA LONGBLOB",
    "json": "JSON JSONB HSTORE",
    "array": "ARRAY",
    "UUID": "Uuid",
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_COMMON = frozenset(name for name in _KIND_OF if name != "BIT")
_MODULES = (
    "sqlalchemy.types",
    "sqlalchemy.sql.sqltypes",
    "sqlalchemy.sql.type_api",
    "sqlalchemy.schema",
    "sqlmodel",
    "sqlmodel.sql.sqltypes",
)
_TEXT = frozenset(_KINDS["str"].split())
_ANNOTATIONS = {
    "builtins.int": "Integer",
    "builtins.str": "String",
    "builtins.bool": "Boolean",
    "builtins.float": "Float",
    "builtins.bytes": "LargeBinary",
    "decimal.Decimal": "Numeric",
    "datetime.date": "Date",
    "datetime.datetime": "DateTime",
    "datetime.time": "Time",
    "datetime.timedelta": "Interval",
    "uuid.UUID": "Uuid",
}
_BASES = frozenset({"TypeDecorator", "UserDefinedType", "TypeEngine"})


@dataclass(frozen=True, slots=True)
class ColumnType:
    """What a type argument says; the fields are those of `project.model.Column`."""

    type: str | None = None
    python: str | None = None
    length: int | None = None
    collation: str | None = None
    timezone: bool = False
    decorated: bool = False
    enum: str | None = None


UNKNOWN = ColumnType()


def canonical_type(full_name: str) -> str:
    """`sqlalchemy.Integer` for a name under any module that has it."""
    module, _, name = full_name.rpartition(".")
    return f"sqlalchemy.{name}" if module in _MODULES else full_name


def is_type_base(full_name: str) -> bool:
    """True for the classes whose subclasses convert values in their own way."""
    package, _, _ = full_name.partition(".")
    return package == "sqlalchemy" and full_name.rpartition(".")[2] in _BASES


def of_annotation(full_name: str) -> ColumnType:
    """The type that `Mapped[X]` has without a type argument."""
    name = _ANNOTATIONS.get(full_name)
    if name is None:
        return UNKNOWN
    return ColumnType(f"sqlalchemy.{name}", _KIND_OF[name])


def peeled(value: Symbol) -> tuple[str, Call]:
    """The name of a type and its arguments: `Integer`, `String(50)`, `String().with_variant(…)`,
    `MutableDict.as_mutable(JSON)`."""
    while isinstance(value, Call):
        if isinstance(value.callee, Member):
            value = value.callee.value
        elif value.func.endswith(".as_mutable") and value.arguments:
            value = value.arguments[0]
        else:
            break
    if isinstance(value, Call):
        return value.func, value
    return (value.dotted if isinstance(value, Name) else ""), Call(value)


def of_builtin(full_name: str, call: Call, settings: Settings) -> ColumnType:
    """The type of SQLAlchemy's own that `call` makes, Enum excepted."""
    name = canonical_type(full_name)
    package, _, short = name.rpartition(".")
    if package.partition(".")[0] != "sqlalchemy":
        return ColumnType(name, decorated=package.partition(".")[0] == "sqlalchemy_utils")
    if short == "UUID" or short == "Uuid":
        return ColumnType(name, _uuid(package, call, settings))
    if package.startswith("sqlalchemy.dialects") and short not in _COMMON:
        return ColumnType(name)
    kind = _KIND_OF.get(short)
    decimals = {"Decimal": True, "float": False}.get(kind or "")
    if decimals is not None:
        kind = {True: "Decimal", False: "float", None: None}[
            truth_of(call.keyword("asdecimal"), decimals)
        ]
    length = call.argument(0, "length") if short in _TEXT else None
    size = length.value if isinstance(length, Constant) and isinstance(length.value, int) else None
    zone = call.argument(0, "timezone") if kind in ("datetime", "time") else None
    return ColumnType(
        name,
        kind,
        length=size,
        collation=text_of(call.keyword("collation")),
        timezone=bool(truth_of(zone, False)),
    )


def _uuid(package: str, call: Call, settings: Settings) -> str | None:
    given = truth_of(call.argument(0, "as_uuid"), True)
    if given is None:
        return None
    if not given:
        return "str"
    if call.argument(0, "as_uuid") is None and package.startswith("sqlalchemy.dialects"):
        if settings.highest_sqlalchemy < (2, 0):
            return "str"
        if settings.lowest_sqlalchemy < (2, 0):
            return None
    return "UUID"
