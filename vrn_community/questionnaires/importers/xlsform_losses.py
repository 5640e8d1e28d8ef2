"""What stands around the rows of an XLSForm and does not come along, said line by line; pure."""

from collections.abc import Iterable

from flask_babel import gettext as _

from vrn_community.questionnaires.importers.report import Report
from vrn_community.questionnaires.importers.xlsform_rows import Workbook

SHEETS = frozenset({"survey", "choices", "choices and columns", "settings"})
SETTINGS = frozenset({"form_title", "default_language", "allow_choice_duplicates", "form_id"})


def of_file(book: Workbook, sheets: Iterable[str], report: Report) -> None:
    """Report the sheets and the settings that nobody reads here."""
    for name in sheets:
        if name not in SHEETS:
            report.left_out(_("The file"), _("The sheet “%(sheet)s” is left out.", sheet=name))
    where = _("The sheet “settings”")
    for name in sorted({name for name, _language in book.frame.values} - SETTINGS):
        if not name.startswith("vrn-"):
            report.left_out(where, _("The setting “%(name)s” is left out.", name=name))
