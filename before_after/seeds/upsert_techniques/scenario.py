from soc.models import Technique

MODELS = "soc"
MODULE = "d3fend_import_service"
RULES = ("hoist-lookup",)


def _data(n):
    # Known ones, new ones, and one that comes twice.
    keys = [f"D3-{i}" for i in range(n // 2, n)] + [f"D3-{i}" for i in range(n // 2, n)][:3]
    return [{"d3fend_id": key, "name": f"Name {i}"} for i, key in enumerate(keys)]


def scenario(module, session):
    return module._upsert_techniques(session, _data(session.query(Technique).count()))


def sizes(session):
    data = _data(session.query(Technique).count())
    return {"techniques": len(data), "d3fend_ids": len({item["d3fend_id"] for item in data})}


def other(sizes):
    return 1
