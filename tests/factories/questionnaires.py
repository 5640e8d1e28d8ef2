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


def rows(*keys: str) -> list[dict[str, Any]]:
    return [{"id": key, "text": f"{key.capitalize()} are cared for."} for key in keys]


def picture(key: str, name: str) -> dict[str, Any]:
    return {**choice(key), "picture": name, "alternative": f"A drawing of a {key}"}


MISSING = ["dont-know", "prefer-not-to-say"]
#: One question of each kind by its kind, each with what can be chosen instead of an answer.
SAMPLES: dict[str, dict[str, Any]] = {
    "single-choice": {
        "text": "How do you get around?",
        "choices": [choice("bus"), choice("bike"), choice("walk")],
        "has_other": True,
        "offers": MISSING,
    },
    "multiple-choice": {
        "text": "What would help?",
        "choices": [choice("lights"), choice("buses"), choice("none", is_exclusive=True)],
        "has_other": True,
        "most": 2,
        "offers": MISSING,
    },
    "picture-choice": {
        "text": "Where do you meet your friends?",
        "choices": [picture("park", "park"), picture("shop", "shop"), picture("home", "home")],
        "offers": MISSING,
    },
    "yes-no": {"text": "Do you go out after dark?", "offers": MISSING},
    "agreement-scale": {"text": "People like me are heard.", "offers": MISSING},
    "frequency-scale": {"text": "How often do you take the bus?", "offers": MISSING},
    "satisfaction-scale": {"text": "How satisfied are you with the park?", "offers": MISSING},
    "sentiment": {"text": "How does the town centre feel?", "longest": 100, "offers": MISSING},
    "grid": {
        "text": "How much do you agree?",
        "rows": rows("parks", "streets", "buses"),
        "scale": "agreement",
        "offers": MISSING,
    },
    "cards": {
        "text": "What do you think of each?",
        "rows": rows("parks", "streets", "buses"),
        "offers": MISSING,
    },
    "ranking": {
        "text": "What should come first?",
        "choices": [choice("lights"), choice("buses"), choice("clubs")],
        "offers": MISSING,
    },
    "points": {
        "text": "How would you share out ten points?",
        "choices": [choice("lights"), choice("buses"), choice("clubs")],
        "total": 10,
        "offers": MISSING,
    },
    "number": {
        "text": "How long is your way to school?",
        "least": 0,
        "greatest": 120,
        "unit": "minutes",
        "offers": MISSING,
    },
    "month-year": {
        "text": "When did you move here?",
        "least": 1950,
        "greatest": 2026,
        "offers": MISSING,
    },
    "short-text": {"text": "Your street in one word", "longest": 50, "offers": MISSING},
    "several-texts": {
        "text": "Name up to three things.",
        "rows": [{"id": key, "text": f"The {key} thing"} for key in ("first", "second", "third")],
        "longest": 50,
        "offers": MISSING,
    },
    "long-text": {"text": "What makes you feel safe?", "longest": 100, "offers": MISSING},
    "area": {"text": "Where do you live?", "offers": MISSING},
    "area-map": {"text": "Where do you go out?", "offers": MISSING},
    "information": {"text": "The next questions are about your way to school."},
    "consent": {"text": "Do you want to take part?"},
}
for kind, sample in SAMPLES.items():
    sample.update(kind=kind, id=f"a-{kind}", hint="Think about last month.")


def of_each_kind(*kinds: str) -> list[dict[str, Any]]:
    """Return a section for the sample of each kind, or of the kinds that are named."""
    return [
        {"id": f"page-{kind}", "title": f"About {kind}", "questions": [SAMPLES[kind]]}
        for kind in kinds or SAMPLES
    ]


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
