"""How well a technique is covered."""


def get_status(technique):
    states = {test.state for test in technique.tests}
    if "failed" in states:
        return "red"
    return "green" if states == {"passed"} else "yellow"
