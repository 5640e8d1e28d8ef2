"""The data files of the place, as they are: rows of text and JSON documents."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file, by column."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def document(name: str) -> Any:
    """Return the content of a JSON file, read once; nobody may change it."""
    return json.loads((FOLDER / name).read_text("utf-8"))
