"""Search for a file that breaks an importer, guided by what each try reaches (atheris).

Run as a process of its own: the search ends the process, and its exit code tells whether
anything but a refusal was raised.
"""

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["vrn_community.questionnaires"]):
    from vrn_community.questionnaires import importers
    from vrn_community.questionnaires.importers.conditions import Translation
    from vrn_community.questionnaires.importers.expressions import NotUnderstood, parse
    from vrn_community.questionnaires.importers.report import Unreadable


def read(content: bytes) -> None:
    """Read a file of any format, and a condition."""
    with suppress(Unreadable):
        importers.read(content)
    with suppress(NotUnderstood):
        Translation(lambda name: None).rule(parse(content.decode("utf-8", "replace")[:400]))


def main(seconds: int) -> None:
    """Search for so many seconds, beginning with small files of each format."""
    from tests.questionnaires.importers.files import csv_of, lss, question, survey, surveyjs, xls

    folder = Path(tempfile.mkdtemp(prefix="vrn-fuzz-"))
    (folder / "a.xlsx").write_bytes(survey(("select_one yn", "q", "?", "${q} = 'yes'")))
    (folder / "a.xls").write_bytes(xls(survey=[("type", "name", "label"), ("text", "q", "?")]))
    (folder / "a.csv").write_text(csv_of(survey=[("type", "name", "label"), ("text", "q", "?")]))
    (folder / "b.lss").write_bytes(lss(question("L", "Q", answers=["A", "B"])))
    (folder / "c.json").write_bytes(surveyjs({"type": "rating", "name": "q", "visibleIf": "{q}=1"}))
    (folder / "d.json").write_bytes(b'{"sections": [{"id": "a", "title": "A"}]}')
    options = [
        f"-max_total_time={seconds}",
        "-max_len=20000",
        "-verbosity=0",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/", str(folder)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]))
