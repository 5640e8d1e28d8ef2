"""Questionnaires from the files of other programs.

Each importer has one function, `read`, from the bytes of a file to `report.Imported`; it
raises `report.Unreadable` and nothing else.
"""

from flask_babel import gettext as _

from vrn_community.questionnaires.importers import (
    csv_sheets,
    json_files,
    limesurvey,
    old_workbook,
    own,
    surveyjs,
    workbook,
    xlsform,
)
from vrn_community.questionnaires.importers.report import Imported, Unreadable

#: What people can choose in the file dialogue.
ENDINGS = (".xlsx", ".xls", ".csv", ".lss", ".json")


def read(content: bytes) -> Imported:
    """Return the questionnaire of a file, whatever its format is; Unreadable if it is none."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        return limesurvey.read(content)
    if start.startswith(b"{"):
        is_own = "sections" in json_files.read(content)
        return own.read(content) if is_own else surveyjs.read(content)
    if start.startswith((workbook.START, old_workbook.START)) or csv_sheets.is_likely(start):
        return xlsform.read(content)
    formats = ", ".join(ENDINGS)
    reason = _("it is none of the formats that can be read (%(formats)s)", formats=formats)
    raise Unreadable(_("The file"), reason)
