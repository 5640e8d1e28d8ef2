"""Words that the name of a sensitive opportunity must not say (Y15).

Its title and summary stand in lists, on the front page and in feeds, where nobody is warned
before, and Back brings them up again. Its description, behind the warning, says what it is about.
"""

import re
from collections.abc import Iterator

from vrn_community.opportunities.models import Opportunity

#: What is seen outside of the pages that stand behind the warning.
OUTSIDE = ("title", "summary")
#: By what they tell of; a star stands for any ending.
TELLING: dict[str, str] = {
    "hurt": "abus* assault* attack* beaten beating bullied bully* harm harmed harmful harming "
    "harms hurt* injur* kill* maltreat* murder* neglect* survivor* threat* tortur* victim* violen*",
    "home": "coerci* controlling dowry forced harass* honour-based perpetrator* refuge refuges "
    "stalk* strangl* domestic",
    "sexual": "consent* fgm groom* indecen* molest* porn* prostitut* rape* raping rapist* sex*",
    "weapons": "blade* gun guns knife knives machete* shooting* shot stab stabb* weapon*",
    "groups": "addict* cocaine cuckoo* dealer* drug* exploit* gang* heroin radicalis* slavery "
    "terroris* traffick*",
    "self": "overdos* self-harm* suicid*",
    "crime": "crime* criminal* convict* jail* mugg* offence* offend* prison* robber* robbed",
}


def _pattern(words: str) -> str:
    """Return the pattern of words of which some have any ending."""
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words.split())


_TELLING = re.compile(rf"\b(?:{'|'.join(map(_pattern, TELLING.values()))})\b", re.I)


def telling_words(opportunity: Opportunity) -> Iterator[tuple[str, str]]:
    """Return the words by which lists would tell what a sensitive one is about, with the field."""
    if not opportunity.is_sensitive:
        return
    for field in OUTSIDE:
        found = dict.fromkeys(
            word.lower() for word in _TELLING.findall(getattr(opportunity, field))
        )
        yield from ((field, word) for word in found)
