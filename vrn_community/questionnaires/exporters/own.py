"""Questionnaires in our own format: the document as it is kept; pure."""

from vrn_community.questionnaires.document import Questionnaire


def write(document: Questionnaire) -> bytes:
    """Return a questionnaire as JSON, which reads back as the same questionnaire."""
    return (document.model_dump_json(indent=2) + "\n").encode()
