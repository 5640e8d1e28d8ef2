"""The JSON Schema of questionnaires as a file, for other programs."""

import json
from pathlib import Path

from vrn_community.config import PROJECT_ROOT
from vrn_community.questionnaires import document

FILE = PROJECT_ROOT / "docs" / "questionnaire.schema.json"


def text() -> str:
    """Return the schema as it stands in the file."""
    return json.dumps(document.json_schema(), indent=2, ensure_ascii=False) + "\n"


def write() -> Path:
    """Write the schema into the documentation, and return the file."""
    FILE.write_text(text(), "utf-8")
    return FILE
