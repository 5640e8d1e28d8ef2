"""When a question of LimeSurvey is shown, as one expression; pure.

Before version 1.92 there were no expressions, but a table of conditions: all of a scenario
have to hold, those about one question are alternatives, and one scenario is enough.
"""

from collections import defaultdict

from vrn_community.questionnaires.importers.limesurvey_tables import Part, Row, Survey

SEVERAL = frozenset("MP")
METHODS = frozenset({"==", "!=", "<", "<=", ">", ">="})


def of(question: Part, survey: Survey) -> str:
    """Return the expression of a question; nothing if it is shown to everybody."""
    if "relevance" in question.fields:
        relevance = question.get("relevance")
        return "" if relevance == "1" else relevance
    rows = [
        row for row in survey.tables.get("conditions", ()) if row.get("qid") == question.get("qid")
    ]
    kinds = {part.get("qid"): part.get("type") for group in survey.groups for part in group.parts}
    scenarios: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        test = _test(row, kinds.get(row.get("cqid", ""), ""))
        scenarios[row.get("scenario", "")][row.get("cqid", "")].append(test)
    return " or ".join(
        "(" + " and ".join(f"({' or '.join(tests)})" for tests in asked.values()) + ")"
        for asked in scenarios.values()
    )


def _test(row: Row, kind: str) -> str:
    """Return one condition as an expression; one that is none is an unknown function."""
    name, value = row.get("cfieldname", ""), row.get("value", "")
    if row.get("method") not in METHODS or '"' in value or "@" in value:
        return "condition()"
    if kind in SEVERAL and not name.startswith("+"):
        return f'{name}{value} {row["method"]} "Y"'
    return f'{name.removeprefix("+")} {row["method"]} "{value.strip()}"'
