"""How hard a questionnaire is to read and how long it takes: hints that block nothing; pure.

The words are English, as staff write them. The reading age is the Flesch-Kincaid grade
plus five: 0.39 words a sentence + 11.8 syllables a word - 15.59 + 5. Syllables are counted
by groups of vowels, so the figure is about right and never exact.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from vrn_community.questionnaires import outline
from vrn_community.questionnaires.document import Questionnaire, Section
from vrn_community.questionnaires.outline import Part
from vrn_community.questionnaires.question_types import AnyQuestion
from vrn_community.questionnaires.readiness import Problem

WORDS_A_MINUTE = 200
LONGEST_SENTENCE = 25
HIGHEST_AGE = 12
#: A reading age of fewer words says little.
FEWEST_WORDS = 30
MOST_OPEN, MOST_MINUTES = 5, 15
#: Seconds to decide and to answer, beside the reading.
SECONDS = {
    "long-text": 90, "short-text": 20, "sentiment": 30, "ranking": 40, "points": 45,
    "number": 10, "month-year": 10, "area": 8, "area-map": 8, "multiple-choice": 8,
    "picture-choice": 8, "information": 0, "consent": 5,
}  # fmt: skip
CLOSED_SECONDS, ROW_SECONDS, LINE_SECONDS = 6, 5, 15
OPEN = frozenset({"long-text", "short-text", "several-texts"})

WORD = re.compile(r"[A-Za-z][A-Za-z'\N{RIGHT SINGLE QUOTATION MARK}-]*")
SENTENCE = re.compile(r"[^.!?:\n]+")
VOWELS = re.compile(r"[aeiouy]+")
LEADING = re.compile(
    r"\b(do|does|don't|doesn't|wouldn't|isn't|aren't|shouldn't|would|surely)\b[^.?]*\bagree that\b"
    r"|\b(don't|doesn't|wouldn't|isn't|aren't|shouldn't|didn't) (you|we|they|it)\b"
    r"|^how (good|bad|helpful|useful|safe|unsafe|great|important|satisfied|dangerous)\b"
    r"|\b(obviously|clearly|of course|everyone knows|surely)\b",
    re.IGNORECASE,
)
#: Both ends of one judgement, which is how to ask openly.
BALANCED = re.compile(
    r"\b(\w+) or (un|dis|in|not )\1\b|\bgood or bad\b|\beasy or (hard|difficult)\b", re.IGNORECASE
)
JOINED = re.compile(r"\b(and|or)\b|\band/or\b", re.IGNORECASE)
JUDGED = re.compile(
    r"\b(agree|feel|think|satisfied|happy|safe|good|bad|useful|helpful|important|friendly|easy|"
    r"often|trust|like|fair|clean|quick|kind|clear)\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(
    r"\b(not|never|no|none|nobody|nothing|without|cannot|\w+n't)\b", re.IGNORECASE
)
#: Asks for names, for what happened to one person, or for an offence of one's own (Y17).
TELLING = re.compile(
    r"\bwho (did|does|hurt|hit|stabbed|attacked|robbed|carries|sells|threatened)\b"
    r"|\b(the )?names? of (the |any |your )?(person|people|gang|someone|friend|attacker)"
    r"|\bhave you (ever )?(carried|stolen|sold|robbed|stabbed|hit|hurt|attacked|dealt|broken)\b"
    r"|\bdo you (ever )?(carry|sell|steal|deal)\b"
    r"|\b(describe|tell us about) (the|an|your) (incident|attack|crime|offence|assault)\b"
    r"|\bwhat happened to you\b"
    r"|(^|\bI (have |often |sometimes )?)(carried|stole|stolen|sold|robbed|stabbed|attacked) "
    r"(a|an|drugs|some\w*|other people|things)\b",
    re.IGNORECASE,
)
#: What stands before such words where nobody asks for them: it warns, or names a worry.
HARMLESS = re.compile(
    r"\b(not|never|nobody|without|\w+n[\N{RIGHT SINGLE QUOTATION MARK}']t)\b[^.?!]*$"
    r"|\b(\w+one|\w+body|people|person|those)\s$",
    re.IGNORECASE,
)
#: Words of offices, with what people say instead.
JARGON = {
    "stakeholder": "people affected", "engagement": "talking with people",
    "intervention": "help", "provision": "services", "safeguarding": "keeping people safe",
    "multi-agency": "working together", "signpost": "tell people where to go",
    "service user": "people who use it", "cohort": "group", "outcomes": "what changed",
    "co-production": "working together", "holistic": "whole", "commissioning": "paying for",
    "demographic": "about who you are", "utilise": "use", "facilitate": "help",
    "prior to": "before", "in respect of": "about", "regarding": "about",
    "perpetrator": "person who did it", "victimisation": "being harmed",
}  # fmt: skip

OFFICE = re.compile(rf"\b({'|'.join(map(re.escape, JARGON))})s?\b")


@dataclass(frozen=True)
class Burden:
    """What a questionnaire asks of somebody who sees all of it."""

    words: int
    minutes: int
    open_questions: int
    #: None where there are too few words.
    reading_age: int | None


def burden(document: Questionnaire) -> Burden:
    """Return how much somebody reads and how long it takes, at most."""
    text = "\n".join([document.introduction, *map(words_of, outline.parts(document))])
    words = len(WORD.findall(text))
    seconds = words * 60 / WORDS_A_MINUTE + sum(map(_seconds, document.questions()))
    is_open = [question for question in document.questions() if question.kind in OPEN]
    return Burden(words, math.ceil(seconds / 60), len(is_open), reading_age(text))


def hints(document: Questionnaire) -> list[Problem]:
    """Return what could be asked more plainly, or left out; nothing of it has to change."""
    return [
        *_of_all(document),
        *(hint for part in outline.parts(document) for hint in _of_part(part)),
    ]


def words_of(part: Part) -> str:
    """Return all that people read of a section's own texts, or of a question, one text a line."""
    if isinstance(part, Section):
        return f"{part.title}\n{part.introduction}\n{part.content_note}"
    listed = [*getattr(part, "rows", ()), *getattr(part, "choices", ())]
    return "\n".join([part.text, part.hint, *(found.text for found in listed)])


def reading_age(text: str) -> int | None:
    """Return the age at which most people can read a text, or nothing for a few words."""
    sentences = [words for words in map(WORD.findall, SENTENCE.findall(text)) if words]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < FEWEST_WORDS:
        return None
    a_sentence = len(words) / len(sentences)
    a_word = sum(map(syllables, words)) / len(words)
    return max(5, round(0.39 * a_sentence + 11.8 * a_word - 15.59 + 5))


def syllables(word: str) -> int:
    """Return about how many syllables an English word has."""
    plain = word.lower()
    silent = plain.endswith("e") and not plain.endswith("le")
    return max(1, len(VOWELS.findall(plain)) - silent)


def _seconds(question: AnyQuestion) -> int:
    rows = len(getattr(question, "rows", ()))
    if question.kind == "several-texts":
        return rows * LINE_SECONDS
    return rows * ROW_SECONDS if rows else SECONDS.get(question.kind, CLOSED_SECONDS)


def _of_all(document: Questionnaire) -> Iterator[Problem]:
    found = burden(document)
    if found.reading_age and found.reading_age > HIGHEST_AGE:
        words = {"age": found.reading_age, "aim": HIGHEST_AGE}
        yield Problem(
            "", _("It reads like a text for people of %(age)s. Aim for %(aim)s.", **words)
        )
    if found.minutes > MOST_MINUTES:
        yield Problem("", _("It takes %(minutes)s minutes. Many give up.", minutes=found.minutes))
    if found.open_questions > MOST_OPEN:
        many = found.open_questions
        yield Problem("", _("It asks %(many)s times for words. That is hard work.", many=many))


def _of_part(part: Part) -> Iterator[Problem]:
    for sentence in SENTENCE.findall(words_of(part)):
        long = len(WORD.findall(sentence))
        if long > LONGEST_SENTENCE:
            yield Problem(part.id, _("A sentence has %(words)s words. Make two of it.", words=long))
    for found in _jargon(words_of(part)):
        words = {"word": found, "plain": JARGON[found]}
        yield Problem(part.id, _("“%(word)s” is a word of offices. Try “%(plain)s”.", **words))
    if not isinstance(part, Section) and part.kind not in ("information", "consent"):
        yield from _of_question(part)


def telling(text: str, *, is_asked: bool) -> str:
    """Return the words by which a text asks for a name, a story or an offence, or nothing.

    Around questions people are also warned ("do not write the name of a person").
    """
    for found in TELLING.finditer(text):
        if is_asked or not HARMLESS.search(text[: found.start()]):
            return found[0]
    return ""


def _asked(question: AnyQuestion) -> list[str]:
    return [question.text, *(row.text for row in getattr(question, "rows", ()))]


def _of_question(question: AnyQuestion) -> Iterator[Problem]:
    for check in (_leading, _double, _negative, _telling):
        for text in _asked(question):
            if message := check(question, BALANCED.sub("", text)):
                yield Problem(question.id, message)


def _leading(_question: AnyQuestion, text: str) -> str:
    found = LEADING.search(text)
    words = {"words": found[0] if found else ""}
    return str(_("“%(words)s” suggests an answer. Ask it openly.", **words)) if found else ""


def _double(_question: AnyQuestion, text: str) -> str:
    joined = JOINED.search(text)
    if joined is None:
        return ""
    before, after = text[: joined.start()], text[joined.end() :]
    is_double = bool(JUDGED.search(before) and JUDGED.search(after)) or "and/or" in text.lower()
    return str(_("It may ask two things at once. Make two questions of it.")) if is_double else ""


def _negative(question: AnyQuestion, text: str) -> str:
    is_agreement = question.kind in ("agreement-scale", "cards") or (
        getattr(question, "scale", None) == "agreement"
    )
    if not is_agreement or not NEGATIVE.search(text):
        return ""
    return str(_("To disagree with a “not” is hard. Say it without."))


def _telling(_question: AnyQuestion, text: str) -> str:
    found = telling(text, is_asked=True)
    message = _(
        "“%(words)s” asks for a name, one person’s story or an offence. Answers could put people "
        "in danger. Ask what would help instead.",
        words=found,
    )
    return str(message) if found else ""


def _jargon(text: str) -> list[str]:
    found = {match[1] for match in OFFICE.finditer(text.lower())}
    return [word for word in JARGON if word in found]
