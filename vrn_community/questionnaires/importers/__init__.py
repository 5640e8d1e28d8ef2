"""Questionnaires from the files of other programs.

Each importer has one function, `read`, from the bytes of a file to `report.Imported`; it
raises `report.Unreadable` and nothing else.
"""

from flask_babel import gettext as _

from vrn_community.questionnaires.importers import json_files, limesurvey, own, surveyjs, xlsform
from vrn_community.questionnaires.importers.report import Imported, Unreadable

#: What people can choose in the file dialogue.
ENDINGS = (".xlsx", ".lss", ".json")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read(content: bytes) -> Imported:
    """Return the questionnaire of a file, whatever its format is; Unreadable if it is none."""
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"PK", OLD_EXCEL)):
        return xlsform.read(content)
    if start.startswith(b"<"):
        return limesurvey.read(content)
    if start.startswith(b"{"):
        is_own = "sections" in json_files.read(content)
        return own.read(content) if is_own else surveyjs.read(content)
    formats = ", ".join(ENDINGS)
    reason = _("it is none of the formats that can be read (%(formats)s)", formats=formats)
    raise Unreadable(_("The file"), reason)
