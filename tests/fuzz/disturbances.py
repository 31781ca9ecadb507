"""What makes rewrites unsafe: writes, exits, and changes to what keys come from."""

from __future__ import annotations

from tests.fuzz.schema import COLUMNS, RELATIONS
from tests.fuzz.writer import Writer


class Disturbances(Writer):
    """Statements that change what the others see."""

    def test(self) -> str:
        options = ["out", "len(out) < 3", "not out"]
        for variable, model, optional in self.rows:
            options += [variable, f"{variable} is None"] if optional else []
            column = self.pick(list(COLUMNS[model]))
            options += [f"{variable}.{column}", f"{variable}.{column} is None"] * (not optional)
            options += [f"not {variable}.{column}"] * (not optional)
        for item in self.items:
            options += [item, f"{item} is None", f"not {item}", f"isinstance({item}, int)"]
        return self.pick(options)

    def after_row(self, name: str, model: str, key: str, column: str, value: str) -> None:
        match self.pick(["use"] * 6 + ["upsert"] * 2 + ["continue", "raise", "set", "delete"]):
            case "use":
                self.put(f"out.append({name}.{value} if {name} else None)")
            case "upsert":
                given = {"Tag": ["name"], "Label": ["name"], "Region": ["name"], "Order": ["number"],
                         "Customer": ["email"], "Product": ["sku"],
                         "Country": ["code", "name"]}.get(model, [])  # fmt: skip
                arguments = dict.fromkeys(given, '"new"')
                arguments[column] = key if self.chance(0.85) else f"str({key}).strip()"
                text = ", ".join(f"{c}={v}" for c, v in arguments.items() if c != "shown")
                test = self.pick([f"if {name} is None:", f"if not {name}:"])
                self.put(f"{test}\n    {name} = {model}({text})\n    session.add({name})")
                if self.chance(0.3):
                    self.put("    session.flush()")
                if self.chance(0.4):
                    self.put(f"out.append({name}.{value})")
            case "continue" if self.loops:
                self.put(f"if not {name}:\n    {self.pick(['continue', 'break'])}")
                self.rows = [r for r in self.rows if r[0] != name] + [(name, model, False)]
            case "raise":
                self.put(f"if {name} is None:\n    raise KeyError({key})")
                self.rows = [r for r in self.rows if r[0] != name] + [(name, model, False)]
            case "set":
                settable = [c for c in COLUMNS[model] if c != "shown"]
                target = self.pick(settable)
                kind = COLUMNS[model][target][0]
                constant = {"int": "7", "str": '"zz"', "bool": "False"}.get(kind, "None")
                self.put(f"if {name}:\n    {name}.{target} = {constant}")
            case "delete":
                self.put(f"if {name}:\n    session.delete({name})")

    def disturb(self) -> None:
        forms = ["session.flush()", "session.commit()", "session.expire_all()", "out.append('x')",
                 "session.rollback()", "session.query(Order).filter(Order.id == 1).update("
                 '{"customer_id": 2}, synchronize_session=False)', "print(end='')",
                 'session.add(Order(number=f"n{len(out)}", customer_id=1))',
                 'session.add(Customer(email=f"m{len(out)}", name="ann"))',
                 'session.add(Audit(subject=1, at=None))', "session.expunge_all()",
                 "session.query(Customer).all()", "session.get(Customer, 1)",
                 "with session.begin_nested():\n    session.flush()", "note(out, 1)",
                 'session.add(Line(order_id=1, product_id=1))']  # fmt: skip
        for variable, model, optional in self.rows:
            if optional:
                continue
            columns = [c for c in COLUMNS[model] if c != "shown"]
            column = self.pick(columns)
            kind = COLUMNS[model][column][0]
            constant = {"int": "3", "str": '"zz"', "bool": "True"}.get(kind, "None")
            forms += [f"{variable}.{column} = {constant}"] * 2
            forms += [f"session.delete({variable})", f"session.refresh({variable})",
                      f"session.expire({variable})", f"touch(session, {variable})",
                      f'setattr({variable}, "{column}", {constant})', f"note(out, {variable})",
                      f"out.append({variable})"]  # fmt: skip
            for relation, (target, many) in RELATIONS.get(model, {}).items():
                same = [v for v, m, o in self.rows if m == target and not o]
                value = self.pick(same) if same else "None"
                if many:
                    forms.append(f"{variable}.{relation}.append({target}())" if not same else
                                 f"{variable}.{relation}.append({value})")  # fmt: skip
                else:
                    forms.append(f"{variable}.{relation} = {value}")
        if self.items:
            forms += ["out.append(next(iter(items)))"]
            forms += {"list": ["items.append(2)", "items.pop()", "random.Random(1).shuffle(items)",
                               "items += [1]", "items[0] = 3", "items.sort(key=str)"],
                      "dicts": ['items[-1]["key"] = 2', 'swap(items[-1])',
                                'items[-1].update(key=1)', 'del items[-1]["key"]'],
                      "objects": ["items[-1].advance()", "items[-1].key = 2",
                                  'setattr(items[-1], "key", 1)'],
                      "dict": ["items.pop(1, None)"], "iterator": ["out.append(next(items))"],
                      }.get(self.shape, [])  # fmt: skip
        if self.loops:
            forms += [
                f"if {self.test()}:\n    {kind}"
                for kind in ("break", "continue", "return out", "raise ValueError", "continue")
            ] * 2
        self.put(self.pick(forms))
