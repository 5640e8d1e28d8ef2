"""A questionnaire with every type of question, and stored answers to it."""

import uuid
from typing import Any

from vrn_community.extensions import db
from vrn_community.foundation import clock
from vrn_community.opportunities.models import Opportunity
from vrn_community.questionnaires.document import Questionnaire
from vrn_community.questionnaires.models import QuestionnaireVersion, VersionState
from vrn_community.responses import services
from vrn_community.responses.flow import CHECK, Walk


def choice(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "text": key.capitalize(), **more}


DOCUMENT: dict[str, Any] = {
    "asks_age_band": True,
    "sections": [
        {
            "id": "safety",
            "title": "Feeling safe",
            "introduction": "Think about last month.",
            "questions": [
                {
                    "kind": "single-choice",
                    "id": "feel",
                    "text": "How safe do you feel?",
                    "choices": [
                        choice("safe"),
                        choice("unsafe"),
                        choice("rather-not", missing="prefer-not-to-say"),
                    ],
                },
                {
                    "kind": "long-text",
                    "id": "why",
                    "text": "What makes you feel unsafe?",
                    "show_if": {"question": "feel", "includes": ["unsafe"]},
                },
            ],
        },
        {
            "id": "help",
            "title": "What would help",
            "questions": [
                {
                    "kind": "multiple-choice",
                    "id": "ideas",
                    "text": "What would help?",
                    "has_other": True,
                    "choices": [
                        choice("lights"),
                        choice("buses"),
                        choice("nothing", is_exclusive=True),
                    ],
                },
                {"kind": "agreement-scale", "id": "heard", "text": "People like me are heard."},
                {"kind": "short-text", "id": "one-word", "text": "Your street in one word"},
                {"kind": "area", "id": "where", "text": "Where do you live?"},
            ],
        },
    ],
}


def questionnaire(**changes: Any) -> Questionnaire:
    return Questionnaire.model_validate({**DOCUMENT, **changes})


def make_version(opportunity: Opportunity, **changes: Any) -> QuestionnaireVersion:
    """Return a published version of the questionnaire for an opportunity."""
    made = QuestionnaireVersion(
        opportunity_id=opportunity.id,
        number=1,
        state=VersionState.PUBLISHED,
        document=questionnaire(**changes).model_dump(mode="json"),
        published_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    return made


def send(
    version: QuestionnaireVersion,
    answers: dict[str, Any] | None = None,
    words: dict[str, str] | None = None,
    **more: Any,
) -> str:
    """Store a response as if somebody had sent it, and return the receipt code."""
    document = Questionnaire.model_validate(version.document)
    token = more.pop("submission", None) or uuid.uuid4().hex
    walk = Walk(token, CHECK, answers or {}, words or {}, **more)
    return services.send(version, document, walk, language="en")
