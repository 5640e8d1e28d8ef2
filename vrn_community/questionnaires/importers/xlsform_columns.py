"""The columns of an XLSForm under one name each, whatever the file calls them; pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from vrn_community.questionnaires.importers import languages, wording
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.importers.sheets import Row, Sheet

SAME = {
    "command": "type", "tag": "name", "value": "name", "caption": "label", "text": "label",
    "list name": "list_name", "list": "list_name", "relevance": "relevant", "calculate":
    "calculation", "constraint message": "constraint_message", "jr:constraintmsg":
    "constraint_message", "constraintmsg": "constraint_message", "required message":
    "required_message", "jr:requiredmsg": "required_message", "requiredmsg": "required_message",
    "read only": "readonly",
    "read_only": "readonly", "choice filter": "choice_filter", "guidance hint": "guidance_hint",
    "repeat count": "repeat_count", "repeat_count": "repeat_count", "jr:count": "repeat_count",
    "count": "repeat_count", "skippable": "required", "image": "media", "big-image": "media",
    "audio": "media", "video": "media", "form title": "form_title", "title": "form_title",
    "form_tittle": "form_title", "default language": "default_language",
    "allow_duplicate_choices": "allow_choice_duplicates", "allow_choice_duplicate":
    "allow_choice_duplicates",
}  # fmt: skip
#: What stands before the name of a column without changing what it means.
WRAPPINGS = frozenset({"bind", "control", "body", "media", "instance", "jr"})
TEXTS = frozenset({"label", "hint", "guidance_hint", "constraint_message", "media"})
Column = tuple[str, str]


def columns_of(headings: Iterable[str]) -> dict[str, Column]:
    """Return the names of columns; an old name is a name of its own beside the newer one."""
    found = {heading: column_of(heading) for heading in headings}
    plain = {heading.lower() for heading in found}
    return {
        heading: (heading.lower(), "") if SAME.get(heading.lower()) in plain else column
        for heading, column in found.items()
    }


def column_of(heading: str) -> Column:
    """Return the name of a column and its language, which most columns have not."""
    if heading.lower().startswith("vrn-"):  # Our own: other programs read `::` as theirs.
        own, _at, language = heading.partition("@")
        return own.strip().lower(), language.strip()
    divider = "::" if "::" in heading else ":"
    first, *rest = [part.strip() for part in heading.split(divider)]
    while first.lower() in WRAPPINGS and rest:
        first, *rest = rest if first.lower() != "media" else ["image", *rest[1:]]
    name = first.lower()
    name = SAME.get(name, name)
    return name, "::".join(rest) if name in TEXTS or name not in SAME.values() else ""


@dataclass(frozen=True)
class Cells:
    """A row by column and language."""

    number: int
    values: dict[Column, str]

    def get(self, name: str) -> str:
        """Return the text of a column that has no languages."""
        return self.values.get((name, ""), "")

    def languages_of(self, name: str) -> dict[str, str]:
        """Return the texts of a column by language."""
        return {language: text for (of, language), text in self.values.items() if of == name}

    def has(self, name: str) -> bool:
        """Return whether anything stands in a column, in any language."""
        return bool(self.languages_of(name))


def cells(sheet: Sheet | None) -> list[Cells]:
    """Return the rows of a sheet by column; Unreadable if one of them says two things."""
    columns = columns_of(sheet.headings if sheet else ())
    return [_cells(row, columns) for row in (sheet.rows if sheet else ())]


def _cells(row: Row, columns: dict[str, Column]) -> Cells:
    values: dict[Column, str] = {}
    for heading, text in row.cells:
        column = columns[heading]
        if values.setdefault(column, text) != text and column[0] != "media":
            where = _("Row %(number)s", number=row.number)
            raise Unreadable(where, _("the column “%(column)s” stands twice", column=heading))
    return Cells(row.number, values)


@dataclass(frozen=True)
class Speaker:
    """Reads the texts of rows in one language."""

    language: str
    #: The language of columns that name none.
    default: str
    #: Whether another language stands in where this one is missing.
    is_base: bool

    def text(self, row: Cells, name: str) -> str:
        """Return the text of a column in plain words."""
        found = row.languages_of(name)
        order = [self.language]
        if self.is_base or self.language == self.default:
            order.append("")
        if self.is_base:
            order += [self.default, *found]
        return wording.of_markdown(next((found[key] for key in order if found.get(key)), ""))

    def exactly(self, row: Cells, name: str) -> str:
        """Return the text of a column of our own, which is plain already."""
        found = row.languages_of(name)
        return found.get(self.language, found.get("", "") if self.is_base else "")


def languages_in(rows: Iterable[Cells]) -> list[str]:
    """Return the languages that labels and hints have, in the order of the file."""
    found: dict[str, None] = {}
    for row in rows:
        for (name, language), text in row.values.items():
            if name in ("label", "hint") and text:
                found.setdefault(language)
    return list(found)


def speakers(rows: Iterable[Cells], default: str) -> list[Speaker]:
    """Return a reader for the base language, and one for each other language."""
    named = languages_in(rows)
    unnamed = "" in named
    known = [name for name in named if name] or [default]
    default = next((n for n in known if languages.tag_of(n) == languages.tag_of(default)), default)
    if unnamed and default and default not in known:
        known.insert(0, default)
    base = languages.chosen(known, default)
    return [
        Speaker(base, default, is_base=True),
        *(Speaker(name, default, is_base=False) for name in known if name != base),
    ]
