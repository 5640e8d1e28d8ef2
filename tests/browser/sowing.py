"""Put payloads wherever words stand: into the rows themselves, and through every form."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy import Enum, String
from sqlalchemy.exc import DatabaseError
from wtforms import Form
from wtforms.fields.core import Field

from tests.pages import NAMESPACE
from vrn_community.extensions import db
from vrn_community.foundation import sealed_columns
from vrn_community.foundation.db import Base
from vrn_community.foundation.text import clean_markdown, plain

#: Names of what people read, in columns and in documents, even where it is one word.
TITLES = ("name", "title", "text", "label", "hint", "display_name")


def sow_rows(words: Iterator[str]) -> dict[str, int]:
    """Replace every text in every row by payloads, and return how many, by table.

    A text is what has a blank in it, or has the name of a title: so columns of new models are
    found by themselves. Codes, states and keys have no blanks and stay. Nothing is stored
    that no form lets through: what cannot be seen is taken out first.
    """
    sown: dict[str, int] = {}
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__tablename__):
        rows = list(db.session.scalars(db.select(mapper.class_)))
        for row in rows:
            try:
                with db.session.begin_nested():
                    changed = sum(_sow(row, column, words) for column in _columns(mapper))
                    db.session.flush()
            except DatabaseError:
                db.session.refresh(row)  # What the database keeps as it is: the audit trail.
                continue
            sown[mapper.class_.__tablename__] = sown.get(mapper.class_.__tablename__, 0) + changed
    _sow_sealed(words)
    return sown


def _columns(mapper: Any) -> list[str]:
    """Return the attributes of a model that may hold words."""
    return [
        attribute.key
        for attribute in mapper.column_attrs
        for column in attribute.columns[:1]
        if not column.primary_key
        and not column.foreign_keys
        and not isinstance(column.type, Enum)
        and (isinstance(column.type, String) or column.type.python_type in (dict, list))
    ]


def _sow(row: Any, name: str, words: Iterator[str]) -> int:
    before = getattr(row, name)
    after = replaced(before, words, name)
    if after == before:
        return 0
    # What is shown as HTML went through the cleaner when it was saved.
    setattr(row, name, clean_markdown(after) if name.endswith("_html") else after)
    return 1


def replaced(value: Any, words: Iterator[str], name: str = "") -> Any:
    """Return a value with payloads in place of its texts; a document keeps its form."""
    if isinstance(value, dict):
        return {key: replaced(part, words, str(key)) for key, part in value.items()}
    if isinstance(value, list):
        return [replaced(part, words) for part in value]
    is_text = isinstance(value, str) and (" " in value or (value and name in TITLES))
    return plain(next(words)) if is_text else value


def _sow_sealed(words: Iterator[str]) -> None:
    for column in sealed_columns.every():
        if isinstance(column, sealed_columns.Sealed):
            for row in db.session.scalars(db.select(column.model)):
                with suppress(UnicodeDecodeError):  # A file or an envelope is no words.
                    if " " in column.__get__(row, type(row)):
                        column.__set__(row, plain(next(words)))
    db.session.flush()


# Through forms, as people send them


def forms_of(page: Any) -> Iterator[tuple[str, Any]]:
    """Yield where each form of a page is sent in which something is typed, and the form."""
    for form in page.all("form"):
        is_typed = any(_is_typed(element) for element in form.iter())
        if form.get("method", "get").lower() == "post" and is_typed:
            yield form.get("action") or "", form


def _is_typed(element: Any) -> bool:
    kind = element.get("type", "text")
    return element.tag == f"{NAMESPACE}textarea" or (
        element.tag == f"{NAMESPACE}input" and kind in ("text", "email", "password", "search")
    )


def filled(form: Any, words: Iterator[str], *, careless: bool = False) -> dict[str, Any]:
    """Return what somebody sends who writes payloads into each text, and chooses what is first.

    Whoever is careless writes them where a number or a day is asked too.
    """
    sent: dict[str, Any] = {}
    for element in form.iter():
        name = element.get("name")
        if not name or not isinstance(element.tag, str):
            continue
        value = _typed(element, words, is_chosen=name in sent, careless=careless)
        if value is not None:
            sent[name] = value
    return sent


def _typed(element: Any, words: Iterator[str], *, is_chosen: bool, careless: bool) -> str | None:
    tag, kind = element.tag.removeprefix(NAMESPACE), element.get("type", "text")
    if tag == "textarea":
        return next(words)
    if tag == "select":
        options = [o for o in element.iter(f"{NAMESPACE}option") if o.get("value")]
        return str(options[0].get("value")) if options else None
    if tag != "input" or kind in ("submit", "button", "file"):
        return None
    if kind in ("radio", "checkbox"):
        return None if is_chosen else str(element.get("value", "y"))
    if kind == "hidden":
        return str(element.get("value", ""))
    return next(words) if careless else _number_or(element, words)


def _number_or(element: Any, words: Iterator[str]) -> str:
    """Return parts of a day in the future, a small number, or a payload."""
    name = str(element.get("name"))
    for ending, value in (("-day", "1"), ("-month", "6"), ("-year", "2029")):
        if name.endswith(ending):
            return value
    return "3" if element.get("inputmode") == "numeric" else next(words)


def buttons_of(form: Any) -> list[dict[str, str]]:
    """Return what each button of a form sends besides; a form without names sends nothing more."""
    named = [b for b in form.iter(f"{NAMESPACE}button") if b.get("name")]
    plain = [b for b in form.iter(f"{NAMESPACE}button") if not b.get("name")]
    sent = [{str(b.get("name")): str(b.get("value", ""))} for b in named]
    return [*([{}] if plain or not named else []), *sent]


# Which fields there are


def form_classes() -> list[type[Form]]:
    """Return every form of the service; none is listed by hand."""

    def below(parent: type) -> Iterator[type]:
        for child in parent.__subclasses__():
            yield child
            yield from below(child)

    ours = {one for one in below(Form) if one.__module__.startswith("vrn_community.")}
    return sorted(ours, key=lambda one: (one.__module__, one.__qualname__))


def fields_of(form: type[Form]) -> dict[str, type[Field]]:
    """Return the names and types of the fields that a form declares, its parents' among them."""
    return {
        name: value.field_class
        for name in dir(form)
        if hasattr(value := getattr(form, name), "field_class") and not name.startswith("_")
    }
