"""The tables of a .lss file, of both generations, as questions with their parts; pure.

Up to version 3 a row is repeated for each language; since version 4 texts stand in tables
of their own (`question_l10ns`, `answer_l10ns`, `group_l10ns`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree
from flask_babel import gettext as _

from vrn_community.questionnaires.importers import languages
from vrn_community.questionnaires.importers.report import Unreadable
from vrn_community.questionnaires.importers.voices import Voice

Row = Mapping[str, str]
MOST_ROWS = 200_000


@dataclass
class Part:
    """A group, a question, a subquestion or an answer: its fields, and its texts by language."""

    fields: Row
    texts: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    #: Subquestions and answers of a question; questions of a group.
    parts: list["Part"] = field(default_factory=list)
    answers: list["Part"] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def get(self, name: str) -> str:
        """Return a field, without blanks around it."""
        return self.fields.get(name, "").strip()

    def attribute(self, name: str) -> str:
        """Return an attribute that is the same in all languages."""
        values = self.attributes.get(name, {})
        return next((text.strip() for text in values.values() if text.strip()), "")


@dataclass(frozen=True)
class Survey:
    """All of a file that this importer reads."""

    tables: Mapping[str, list[Row]]
    languages: list[str]
    groups: list[Part]

    @property
    def default(self) -> str:
        """Return the base language of the file."""
        survey = next(iter(self.tables.get("surveys", ())), {})
        return survey.get("language") or (self.languages[0] if self.languages else "")

    def voices(self) -> list[Voice]:
        """Return a voice for the language of the questionnaire, and one for each other."""
        base = languages.chosen(self.languages, self.default)
        others = [name for name in self.languages if name != base]
        first = Voice(base, self.default, is_base=True)
        return [first, *(Voice(name, self.default, is_base=False) for name in others)]


def read(content: bytes) -> Survey:
    """Return the survey in a file; Unreadable if it is no .lss file."""
    tables = _tables(_root(content))
    if not tables.get("questions"):
        raise Unreadable(_("The file"), _("there is no question in it"))
    groups = _groups(tables)
    known = [
        row["language"] for row in tables.get("surveys_languagesettings", ()) if "language" in row
    ]
    return Survey(tables, _languages(tables, groups) or known, groups)


def _root(content: bytes) -> Element:
    try:
        root: Element = ElementTree.fromstring(content, forbid_dtd=False)
    except ParseError as error:
        line, column = error.position
        where = _("Line %(line)s, column %(column)s", line=line, column=column)
        raise Unreadable(where, _("it is no valid XML")) from error
    except (DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise Unreadable(_("The file"), _("it is no valid XML")) from error
    kind = root.findtext("LimeSurveyDocType", "").strip()
    if root.tag != "document" or kind not in ("Survey", ""):
        raise Unreadable(_("The file"), _("it is no survey of LimeSurvey (.lss)"))
    return root


def _tables(root: Element) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    for table in root:
        rows = [{cell.tag: cell.text or "" for cell in row} for row in table.iterfind("rows/row")]
        if rows:
            tables[table.tag] = rows  # type: ignore[assignment]
    if sum(map(len, tables.values())) > MOST_ROWS:
        raise Unreadable(_("The file"), _("it has too many rows"))
    listed: list[Row] = [
        {"language": found.text or ""} for found in root.iterfind("languages/language")
    ]
    tables["languages"] = [row for row in listed if row["language"]]
    return tables


def _languages(tables: Mapping[str, list[Row]], groups: Iterable[Part]) -> list[str]:
    """Return the languages that the file names and that have any text."""
    used = {
        language
        for group in groups
        for question in group.parts
        for language, text in question.texts["question"].items()
        if text
    }
    listed = [row["language"] for row in tables["languages"]]
    return [name for name in listed if name in used] or sorted(used - {""})


def _groups(tables: Mapping[str, list[Row]]) -> list[Part]:
    groups = _merged(tables, "groups", "gid", ("group_name", "description"), "group_l10ns", "gid")
    asked = _merged(
        tables, "questions", "qid", ("question", "help", "script"), "question_l10ns", "qid"
    )
    subs = _merged(tables, "subquestions", "qid", ("question",), "question_l10ns", "qid")
    _attach(asked, subs, tables)
    for row in tables.get("question_attributes", ()):
        if row.get("qid") in asked and row.get("attribute"):
            values = asked[row["qid"]].attributes[row["attribute"]]
            values[row.get("language", "")] = row.get("value", "")
    for question in _sorted(asked.values(), "question_order"):
        home = groups.get(question.get("gid"))
        if home is None:
            raise Unreadable(
                _("Question %(code)s", code=question.get("title")), _("its group is missing")
            )
        if question.get("parent_qid") in ("", "0"):
            home.parts.append(question)
    return _sorted(groups.values(), "group_order")


def _attach(asked: dict[str, Part], subs: dict[str, Part], tables: Mapping[str, list[Row]]) -> None:
    """Give questions their subquestions and answers."""
    for sub in _sorted(subs.values(), "question_order"):
        if sub.get("parent_qid") in asked:
            asked[sub.get("parent_qid")].parts.append(sub)
    for answer in _sorted(_answers(tables), "sortorder"):
        if answer.get("qid") in asked:
            asked[answer.get("qid")].answers.append(answer)


def _answers(tables: Mapping[str, list[Row]]) -> list[Part]:
    """Return the answers; the old ones have no number, but a question, a scale and a code."""
    rows = tables.get("answers", ())
    keyed: list[Row] = [
        {
            **row,
            "key": "/".join((row.get("qid", ""), row.get("scale_id", "0"), row.get("code", ""))),
        }
        for row in rows
    ]
    merged = _merged({**tables, "answers": keyed}, "answers", "key", ("answer",), "", "")
    by_number = {part.get("aid"): part for part in merged.values() if part.get("aid")}
    for row in tables.get("answer_l10ns", ()):
        if row.get("aid") in by_number:
            texts = by_number[row["aid"]].texts["answer"]
            texts[row.get("language", "")] = row.get("answer", "")
    return list(merged.values())


def _merged(
    tables: Mapping[str, list[Row]],
    table: str,
    key: str,
    texts: tuple[str, ...],
    texts_table: str,
    texts_key: str,
) -> dict[str, Part]:
    """Return the parts of a table, each once, with its texts of all languages."""
    parts: dict[str, Part] = {}
    for row in tables.get(table, ()):
        part = parts.setdefault(row.get(key, ""), Part(row))
        for name in texts:
            if row.get(name):
                part.texts[name][row.get("language", "")] = row[name]
    for row in tables.get(texts_table, ()):
        part_of = parts.get(row.get(texts_key, ""))
        for name in texts if part_of else ():
            if row.get(name) and part_of:
                part_of.texts[name][row.get("language", "")] = row[name]
    return parts


def _sorted(parts: Iterable[Part], name: str) -> list[Part]:
    """Return parts in the order that a field gives, those with the same number as they stand."""
    return sorted(parts, key=lambda part: int(part.get(name)) if part.get(name).isdigit() else 0)
