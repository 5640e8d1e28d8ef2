"""The tables of the place brought up to date with the data files."""

from collections.abc import Iterable, Iterator
from datetime import time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from vrn_community.extensions import db
from vrn_community.foundation.db import Record
from vrn_community.partnership import files
from vrn_community.partnership.models import (
    Area,
    AreaKind,
    BeneficiaryGroup,
    Body,
    BodyKind,
    FocusArea,
    LocalIssue,
    MeasureKind,
    PopulationFigure,
    PopulationTable,
    PostcodeSector,
    Priority,
    SuccessMeasure,
    SupportKind,
    SupportService,
)

Row = dict[str, Any]
#: What identifies a row of each table, in the order in which the tables need each other.
KEYS: dict[type[Record], tuple[str, ...]] = {
    Area: ("code",),
    Body: ("slug",),
    Priority: ("number",),
    FocusArea: ("priority_id", "position"),
    LocalIssue: ("slug",),
    SuccessMeasure: ("slug",),
    BeneficiaryGroup: ("slug",),
    SupportService: ("slug",),
    PostcodeSector: ("sector", "area_id"),
    PopulationFigure: ("census_table", "area_id", "category", "detail"),
}


def load() -> dict[str, int]:
    """Add what is new and update what has changed; return how many rows that were, by table.

    Nothing is deleted: what no longer holds gets an end date instead.
    """
    rows = {
        Area: _areas,
        Body: _bodies,
        Priority: _priorities,
        FocusArea: _focus_areas,
        LocalIssue: lambda: _documents("local_issues.json"),
        SuccessMeasure: _success_measures,
        BeneficiaryGroup: lambda: _documents("beneficiary_groups.json"),
        SupportService: _support_services,
        PostcodeSector: _postcode_sectors,
        PopulationFigure: _population,
    }
    return {model.__tablename__: _upsert(model, rows[model]()) for model in KEYS}


def _upsert(model: type[Record], rows: Iterable[Row]) -> int:
    """Make the table agree with the rows, found by their key, and return how many differed."""
    key = KEYS[model]
    query = select(model).options(selectinload("*"))
    known = {
        tuple(getattr(record, name) for name in key): record for record in db.session.scalars(query)
    }
    changed = 0
    for row in rows:
        record = known.get(tuple(row[name] for name in key))
        if record is None:
            db.session.add(model(**row))
            changed += 1
        else:
            changed += _update(record, row)
    db.session.flush()
    return changed


def _update(record: Record, row: Row) -> bool:
    different = {name: value for name, value in row.items() if getattr(record, name) != value}
    for name, value in different.items():
        setattr(record, name, value)
    return bool(different)


def _all_by(model: type[Record], key: str) -> dict[Any, Any]:
    return {getattr(record, key): record for record in db.session.scalars(select(model))}


def _areas() -> Iterator[Row]:
    for row in files.table("areas.csv"):
        numbers = {name: int(row[name]) for name in ("population_2021", "tile_column", "tile_row")}
        yield {**row, **numbers, "kind": AreaKind(row["kind"])}


def _bodies() -> Iterator[Row]:
    areas = _all_by(Area, "code")
    for position, row in enumerate(files.table("bodies.csv"), 1):
        yield {
            **row,
            "kind": BodyKind(row["kind"]),
            "areas": _named(areas, row["areas"]),
            "position": position,
        }


def _named(areas: dict[str, Area], codes: str) -> list[Area]:
    """Return areas by their codes, in the order in which the database gives them back."""
    return sorted((areas[code] for code in codes.split()), key=lambda area: area.name)


def _priorities() -> Iterator[Row]:
    bodies = _all_by(Body, "slug")
    for entry in files.document("priorities.json"):
        columns = {name: entry[name] for name in ("number", "title", "short_title", "meaning")}
        yield {**columns, "oversight_body": bodies.get(entry["oversight_body"])}


def _focus_areas() -> Iterator[Row]:
    priorities = _all_by(Priority, "number")
    for entry in files.document("priorities.json"):
        for position, text in enumerate(entry["focus_areas"], 1):
            priority = priorities[entry["number"]]
            yield {"priority_id": priority.id, "position": position, "text": text}


def _documents(name: str) -> Iterator[Row]:
    for position, entry in enumerate(files.document(name), 1):
        yield {**entry, "position": position}


def _success_measures() -> Iterator[Row]:
    for row in _documents("success_measures.json"):
        yield {**row, "kind": MeasureKind(row["kind"])}


def _support_services() -> Iterator[Row]:
    areas = _all_by(Area, "code")
    for position, row in enumerate(files.table("support_services.csv"), 1):
        yield {
            **row,
            "kind": SupportKind(row["kind"]),
            "areas": _named(areas, row["areas"]),
            "is_always_open": row["is_always_open"] == "yes",
            "position": position,
            **{name: int(row[name]) if row[name] else None for name in ("min_age", "max_age")},
            **{name: _time(row[name]) for name in ("opens", "closes")},
        }


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def _postcode_sectors() -> Iterator[Row]:
    areas = _all_by(Area, "code")
    for row in files.table("postcode_sectors.csv"):
        share = float(row["share"])
        yield {"sector": row["sector"], "area_id": areas[row["area"]].id, "share": share}


def _population() -> Iterator[Row]:
    areas = _all_by(Area, "code")
    for position, row in enumerate(files.table("population.csv"), 1):
        for code, area in areas.items():
            yield {
                "census_table": PopulationTable(row["table"]),
                "area_id": area.id,
                "category": row["category"],
                "detail": row["detail"],
                "count": int(row[code]),
                "position": position,
            }
