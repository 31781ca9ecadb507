"""What is known of SQLAlchemy, the standard library and well-known packages, by full name."""

from __future__ import annotations

from typing import Final

SELECT: Final = frozenset({
    "sqlalchemy.select", "sqlalchemy.future.select", "sqlalchemy.sql.select",
    "sqlalchemy.sql.expression.select", "sqlmodel.select", "sqlmodel.sql.expression.select",
})  # fmt: skip
EXISTS: Final = frozenset(
    {"sqlalchemy.exists", "sqlalchemy.sql.exists", "sqlalchemy.sql.expression.exists"}
)
AND: Final = frozenset({"sqlalchemy.and_", "sqlalchemy.sql.and_", "sqlalchemy.sql.expression.and_"})
DISTINCT: Final = frozenset({
    "sqlalchemy.distinct", "sqlalchemy.sql.distinct", "sqlalchemy.sql.expression.distinct",
})  # fmt: skip
FUNC: Final = frozenset(
    {"sqlalchemy.func", "sqlalchemy.sql.func", "sqlalchemy.sql.expression.func"}
)
TEXT: Final = frozenset(
    {"sqlalchemy.text", "sqlalchemy.sql.text", "sqlalchemy.sql.expression.text"}
)
DML: Final = {
    f"{module}.{name}": name
    for module in (
        "sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression",
        "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.sqlite",
        "sqlalchemy.dialects.mysql",
    )
    for name in ("insert", "update", "delete")
}  # fmt: skip
ALIASED: Final = frozenset({"sqlalchemy.orm.aliased", "sqlalchemy.orm.util.aliased"})

LOADERS: Final = frozenset({
    "selectinload", "joinedload", "subqueryload", "immediateload", "lazyload", "noload",
    "raiseload", "contains_eager", "defaultload", "load_only", "defer", "undefer",
})  # fmt: skip
# Those of them that say which columns come with the rows.
COLUMN_LOADERS: Final = frozenset({"load_only", "defer", "undefer"})
EAGER: Final = frozenset({
    "selectinload", "joinedload", "subqueryload", "immediateload", "contains_eager",
})  # fmt: skip
LOADER_NAMES: Final = {
    f"{module}.{name}": name
    for module in ("sqlalchemy.orm", "sqlalchemy.orm.strategy_options", "sqlmodel.orm")
    for name in LOADERS
}

LOAD: Final = frozenset({"sqlalchemy.orm.Load", "sqlalchemy.orm.strategy_options.Load"})

# Types of columns of which a value may be of any size.
LARGE_TYPES: Final = frozenset({
    "Text", "UnicodeText", "JSON", "JSONB", "LargeBinary", "BLOB", "CLOB", "TEXT", "ARRAY",
    "PickleType", "HSTORE", "BYTEA",
})  # fmt: skip

# What `db` of Flask-SQLAlchemy has of SQLAlchemy's own.
LIBRARY: Final = frozenset({
    "func", "select", "and_", "or_", "not_", "case", "distinct", "exists", "text", "cast",
    "literal", "desc", "asc", "extract", "tuple_", "null", "insert", "update", "delete",
})  # fmt: skip

SYNC_SESSIONS: Final = frozenset({
    "sqlalchemy.orm.Session", "sqlalchemy.orm.session.Session", "sqlalchemy.orm.scoped_session",
    "sqlalchemy.orm.scoping.scoped_session", "sqlmodel.Session", "sqlmodel.orm.session.Session",
})  # fmt: skip
SESSION_MAKERS: Final = frozenset({
    "sqlalchemy.orm.sessionmaker", "sqlalchemy.orm.session.sessionmaker",
    "sqlalchemy.ext.asyncio.async_sessionmaker", "sqlalchemy.ext.asyncio.session.async_sessionmaker",
})  # fmt: skip
OBJECT_SESSION: Final = frozenset({
    "sqlalchemy.orm.object_session", "sqlalchemy.orm.session.object_session",
    "sqlalchemy.orm.Session.object_session", "sqlalchemy.orm.session.Session.object_session",
    "sqlalchemy.ext.asyncio.async_object_session",
})  # fmt: skip
ASYNC_SESSIONS: Final = frozenset({
    "sqlalchemy.ext.asyncio.AsyncSession", "sqlalchemy.ext.asyncio.session.AsyncSession",
    "sqlalchemy.ext.asyncio.async_scoped_session", "sqlmodel.ext.asyncio.session.AsyncSession",
})  # fmt: skip

# Methods that build a query and send nothing.
BUILDERS: Final = frozenset({
    "filter", "filter_by", "where", "having", "order_by", "group_by", "limit", "offset",
    "distinct", "join", "outerjoin", "select_from", "options", "with_for_update", "yield_per",
    "execution_options", "populate_existing", "enable_eagerloads", "enable_assertions",
    "with_entities", "add_columns", "add_column", "add_entity", "from_statement", "union",
    "union_all", "intersect", "intersect_all", "except_", "except_all", "correlate",
    "correlate_except", "prefix_with", "suffix_with", "with_hint", "with_statement_hint",
    "params", "autoflush", "with_session", "select_entity_from", "from_self", "with_parent",
    "slice", "reset_joinpoint", "join_from", "outerjoin_from", "with_only_columns", "add_cte",
    "fetch", "lazy_loaded_from", "set_label_style", "reduce_columns", "column",
})  # fmt: skip
# Methods that make a part of another statement.
EMBEDDERS: Final = frozenset({
    "subquery", "cte", "scalar_subquery", "as_scalar", "label", "exists", "lateral", "alias",
    "compile", "tablesample",
})  # fmt: skip
TERMINALS: Final = frozenset({
    "all", "first", "one", "one_or_none", "scalar", "count", "get", "delete", "update",
    "paginate", "first_or_404", "get_or_404", "one_or_404", "scalar_one", "scalar_one_or_none",
    "get_one",
})  # fmt: skip
# Those that raise where nothing is found.
RAISING: Final = frozenset({
    "one", "scalar_one", "get_one", "one_or_404", "first_or_404", "get_or_404",
})  # fmt: skip

# Modules whose functions neither reach a session nor keep what they are given.
PURE_MODULES: Final = (
    "logging", "json", "math", "re", "datetime", "decimal", "collections", "itertools", "time",
    "uuid", "hashlib", "string", "statistics", "base64", "html", "urllib.parse", "textwrap",
    "typing", "csv", "io", "secrets", "calendar", "zoneinfo", "pytz", "dateutil", "structlog",
    "random", "fractions", "numbers", "bisect", "heapq", "unicodedata", "zlib", "hmac", "operator",
    "os.path", "pathlib", "sys", "enum", "warnings", "flask.current_app.logger", "difflib",
    "colorsys", "locale", "binascii", "struct", "ipaddress", "mimetypes", "loguru.logger",
    "os.environ", "os.getenv", "os.getcwd", "os.getpid", "os.fspath", "os.urandom", "os.listdir",
    "os.stat", "os.cpu_count", "glob", "fnmatch", "platform", "codecs", "traceback.format_exc",
    "http.HTTPStatus", "flask.abort", "flask.has_request_context", "fastapi.HTTPException",
    "sqlalchemy", "sqlmodel", "asyncio.sleep", "contextlib.suppress", "typing_extensions",
    "pydantic.ValidationError", "pydantic_core.ValidationError",
    "pydantic_core.PydanticCustomError", "arrow", "pendulum", "slugify", "bcrypt", "humanize",
    "bleach", "click.echo", "click.secho", "click.style", "click.ClickException",
    "click.UsageError", "click.BadParameter", "click.Abort", "typer.echo", "typer.secho",
    "typer.style", "typer.Exit", "typer.Abort", "typer.BadParameter", "flask.request.args",
    "flask.request.form", "flask.request.values", "flask.request.headers", "flask.request.cookies",
    "flask.request.get_json", "flask.request.get_data", "flask.current_app.config",
    "starlette.exceptions.HTTPException",
    "starlette.status", "werkzeug.exceptions", "werkzeug.security", "werkzeug.utils.secure_filename",
    "wtforms.ValidationError", "wtforms.validators.ValidationError",
    "wtforms.validators.StopValidation", "marshmallow.ValidationError", "orjson",
    "yaml.safe_load", "yaml.safe_dump", "jwt", "passlib", "cryptography",
    "email_validator", "phonenumbers", "shortuuid", "nanoid", "ulid",
)  # fmt: skip
# Modules whose functions do nothing to a session or a row as long as they are given neither, nor a
# function that could.
DATA_MODULES: Final = (
    "os", "shutil", "subprocess", "tempfile", "zipfile", "tarfile", "gzip", "bz2", "lzma", "socket",
    "ssl", "email", "smtplib", "ftplib", "imaplib", "xml.etree", "xml.dom", "xml.sax.saxutils",
    "lxml.etree", "http.client", "urllib.request", "getpass", "shlex", "configparser", "pprint",
    "requests", "httpx.get", "httpx.post", "httpx.put", "httpx.patch", "httpx.delete", "httpx.head",
    "httpx.options", "httpx.request", "urllib3", "rich", "prettytable", "tabulate", "texttable",
    "termcolor", "colorama", "openpyxl", "xlsxwriter", "xlwt", "docx", "reportlab", "fpdf", "PIL",
    "qrcode", "icalendar", "feedgen", "markdown", "mistune", "pyotp", "itsdangerous", "stripe",
    "boto3", "botocore", "redis", "slack_sdk", "twilio", "sendgrid", "faker", "jsonpath_ng",
    "jinja2.Template",
)  # fmt: skip
# Of those, functions that start a program, which may write the database.
STARTERS: Final = ("subprocess.", "os.system", "os.popen", "os.spawn", "os.posix_spawn")
# Modules whose objects hold nothing but what they are made of.
VALUE_MODULES: Final = (
    "re", "pathlib", "decimal", "datetime", "fractions", "string", "struct", "uuid", "zoneinfo",
    "ipaddress",
)  # fmt: skip
# Functions that give one item after the other of what they are given, and show how far they are.
PROGRESS: Final = frozenset({
    "tqdm.tqdm", "tqdm.std.tqdm", "tqdm.auto.tqdm", "tqdm.autonotebook.tqdm", "tqdm.notebook.tqdm",
    "tqdm.rich.tqdm", "rich.progress.track", "click.progressbar", "typer.progressbar",
    "alive_progress.alive_it", "progressbar.progressbar",
})  # fmt: skip
# Classes of Python whose objects neither have a session nor keep rows that they are handed.
OF_PYTHON: Final = frozenset({
    "typing.IO", "typing.TextIO", "typing.BinaryIO", "io.IOBase", "io.TextIOBase", "io.StringIO",
    "io.TextIOWrapper", "io.BytesIO", "io.RawIOBase", "io.BufferedIOBase", "io.BufferedWriter",
    "io.BufferedReader", "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "os.PathLike",
    "logging.Logger", "logging.LoggerAdapter", "re.Pattern", "re.Match", "random.Random",
    "zoneinfo.ZoneInfo", "datetime.tzinfo", "datetime.timezone", "fractions.Fraction",
    "decimal.Context", "csv.Dialect",
})  # fmt: skip
# Methods of files and of the writers of `csv`, which make text of what they are given.
WRITING: Final = frozenset({"write", "writelines", "writerow", "writerows", "writeheader"})
CSV_WRITERS: Final = frozenset({"csv.writer", "csv.DictWriter"})
# Functions of SQLAlchemy that look at objects and sessions, or change them.
OF_INSTANCES: Final = frozenset({
    "object_session", "make_transient", "make_transient_to_detached", "set_attribute",
    "set_committed_value", "del_attribute", "init_collection", "flag_modified", "flag_dirty",
    "selectin_polymorphic", "close_all_sessions", "inspect", "instance_state", "instance_dict",
    "get_history", "get_attribute", "merge_result", "merge_frozen_result",
})  # fmt: skip
# Functions of packages that write out what they are given, as print() does.
PRINTERS: Final = frozenset({"click.echo", "click.secho", "typer.echo", "typer.secho"})
# str() and the like call __str__ or __repr__ of what they get.
PURE_BUILTINS: Final = frozenset({
    "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "callable", "chr",
    "complex", "dict", "divmod", "enumerate", "filter", "float", "format", "frozenset", "hash",
    "hex", "id", "int", "isinstance", "issubclass", "iter", "len", "list", "map", "max", "min",
    "next", "object", "oct", "ord", "pow", "print", "range", "repr", "reversed", "round", "set",
    "slice", "sorted", "str", "sum", "tuple", "type", "zip",
})  # fmt: skip
STRINGIFIERS: Final = frozenset({"str", "repr", "format", "print", "ascii"})
# Functions that raise whatever they are given.
NEVER_RETURN: Final = frozenset({
    "flask.abort", "quart.abort", "werkzeug.exceptions.abort", "sys.exit", "os._exit",
    "builtins.exit", "builtins.quit", "pytest.fail",
})  # fmt: skip
LOGGER_NAMES: Final = frozenset({"logger", "log", "LOG", "LOGGER", "_logger", "_log", "logging"})
LOGGER_METHODS: Final = frozenset({
    "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "bind",
})  # fmt: skip

# Methods of str, list, dict, set, datetime, Decimal, re … by the kind of the receiver.
CONTAINER_METHODS: Final = frozenset({
    "append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse", "index", "count",
    "copy", "add", "discard", "update", "union", "intersection", "difference",
    "symmetric_difference", "issubset", "issuperset", "keys", "values", "items", "get",
    "setdefault", "popitem", "fromkeys", "appendleft", "popleft", "extendleft", "most_common",
    "elements", "subtract", "difference_update", "intersection_update", "isdisjoint", "move_to_end",
})  # fmt: skip

# Functions to which the order of the items that they are given makes no difference.
ORDER_FREE: Final = frozenset({"len", "any", "all", "set", "frozenset", "bool", "min", "max"})
EAGER_CONSUMERS: Final = frozenset({
    "sum", "any", "all", "list", "tuple", "set", "frozenset", "dict", "sorted", "min", "max",
    "len", "bytes", "bytearray", "collections.Counter", "collections.OrderedDict",
    "collections.deque", "statistics.mean", "math.fsum", "statistics.median",
})  # fmt: skip

# Exceptions of which a lazy load, or its flush, can be the only reason.
LOADING_ERRORS: Final = frozenset({
    "sqlalchemy.orm.exc.DetachedInstanceError", "sqlalchemy.exc.InvalidRequestError",
    "sqlalchemy.exc.MissingGreenlet", "sqlalchemy.orm.exc.ObjectDeletedError",
    "sqlalchemy.exc.StatementError", "sqlalchemy.exc.SQLAlchemyError",
    "sqlalchemy.exc.NoSuchColumnError",
})  # fmt: skip
BROAD_ERRORS: Final = frozenset({"builtins.Exception", "builtins.BaseException"})
