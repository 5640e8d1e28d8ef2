"""Personal data that has a form: numbers, addresses, names with a title; pure.

Every pattern has bounded repeats, so a hostile text costs no more than a long one.
Sources: NHS number, modulus 11 (NHS Data Dictionary); NI number, HMRC manual NIM39110;
postcodes, Royal Mail's format; plates, DVLA INF104.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from vrn_community.screening import folding
from vrn_community.screening.signals import Signal, Signals

HIDDEN = dict.fromkeys(map(ord, folding.HIDDEN))
PHONE = re.compile(r"(?<![\w£$€.])\(?(?:\+|0)\d(?:[ ().\-–]{0,2}\d){8,13}(?!\d)")
NHS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
NI = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]\b",
    re.I,
)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? {0,2}\d[ABD-HJLNP-UW-Z]{2}\b", re.I)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
SPOKEN_EMAIL = re.compile(
    r"\b(?:at|małpa) \w{2,20} ?(?:dot|kropka|\.) ?(?:com|co|org|net|uk|pl)\b", re.I
)
AT_NAME = re.compile(r"(?<![\w@.])@[A-Za-z0-9_](?:[\w.]{1,29})")
NETWORK = (
    r"(?:insta|instagram|ig|snap|snapchat|sc|tiktok|discord|telegram|whatsapp|fb|facebook|twitter)"
)
NAMED = re.compile(
    rf"\b{NETWORK}(?: name| handle| account| id)? ?(?:[:=]|@) ?\w{{3,30}}"
    rf"|\b(?:my|his|her|their|mój|moj) {NETWORK}(?: name| handle| account| id| to)? (?:is "
    rf"|to )?\w*[\d_.]\w"
    rf"|\badd (?:me|him|her) on {NETWORK}\b",
    re.I,
)
PLATE = re.compile(
    r"\b[A-HJ-PR-Y][A-HJ-PR-Y](?:0[1-9]|[1-8]\d)(?: ?[A-HJ-PR-Z]{3}|(?i:[a-z]{3}))\b"
)
SMALL_PLATE = re.compile(r"\b[a-hj-pr-y]{2}(?:0[1-9]|[1-8]\d)[a-hj-pr-z]{3}\b")
OLD_PLATE = re.compile(
    r"\b(?:reg|plate|registration|rejestracja)\w*\W{1,3}(?:\w+ ){0,2}?[A-Z]\d{1,3} ?[A-Z]{3}\b",
    re.I,
)
TITLE = re.compile(
    r"\b(?:(?:[Mm]rs?|[Dd]r|MRS?|DR)\.? (?!Who\b|Nobody\b|Right\b|Men\b)[A-Za-z][a-z]{2,}"
    r"|(?:Miss|Ms|PC|WPC|PCSO|DS|DC|Sgt|Sergeant|Inspector|Cllr|Councillor|Sir|Father|Imam|Pastor"
    r"|Rev|Reverend|Officer|Constable|Uncle|Auntie|Aunty|Pan|Pani|Pana|Panem|Panią|Panu"
    r"|pan|pani|pana|Ks)"
    r"\.? (?!World\b|Universe\b|Bóg\b|England\b)[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]{2,})"
)
TITLE_ELSEWHERE = re.compile(
    r"(?:શ્રી|શ્રીમતી|ડૉ|ડો|મિસ્ટર|મિસ|ਸ੍ਰੀ|ਸ਼੍ਰੀ|ਸ੍ਰੀਮਤੀ|ਡਾ|ਡਾਕਟਰ|ਮਿਸਟਰ|ਸਰਦਾਰ|مسٹر|مسز|مس"
    r"|ڈاکٹر|جناب|محترمہ)[.:]? [^\W\d_]"
)
MY_NAME = re.compile(
    r"\b(?i:my name is|my name's|his name is|her name is|he is called|she is called|he's called"
    r"|she's called|mam na imię|nazywam się|nazywa się|on ma na imię|ona ma na imię"
    r"|mera naam|mera naa?|maru naam|mane) [A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]+"
)
MY_NAME_ELSEWHERE = re.compile(
    r"(?:મારું નામ|તેનું નામ|એનું નામ|ਮੇਰਾ ਨਾਮ|ਮੇਰਾ ਨਾਂ|ਉਸਦਾ ਨਾਮ|ਉਸ ਦਾ ਨਾਂ|ਉਸ ਦਾ ਨਾਮ|میرا"
    r" نام|اس کا نام|اسکا نام) [^\W\d_]"
)
ROAD = (
    r"(?:[Ss]treet|[Rr]oad|[Rr]d|[Aa]venue|[Aa]ve|[Ll]ane|[Cc]lose|[Dd]rive|[Cc]rescent"
    r"|[Tt]errace|[Gg]rove|[Gg]ardens|Way|Walk|Court|Place)"
)
STREET = re.compile(
    rf"\b\d{{1,4}}[a-z]? [A-Za-z]{{3,20}}(?: [A-Za-z]{{3,20}})? (?i:street|road|rd|avenue"
    rf"|ave|lane|close|drive|crescent|terrace|grove|gardens)\b"
    rf"|\b(?!(?:The|This|That|My|Our|Your|Every|Each|No|On|In|Any|Main|Home|Cross|More"
    rf"|Better|Less|Bad|Wall) )[A-Z][a-z’']{{2,20}} {ROAD}\b"
    r"|\bul\. ?[A-ZŁŚŻ]"
)
SCHOOL = re.compile(
    r"\b(?!(?:The|This|That|My|Our|Your|Every|Each|No|At|In|After|Any|From|Sunday|Private"
    r"|High|Primary"
    r"|Secondary|Sixth|Boarding|Most|Some|All|Old|New) )[A-Z][\w’']{2,20}"
    r" (?:[A-Z][\w’']{1,20} ){0,2}"
    r"(?:[Ss]chool|Academy|[Cc]ollege|[Pp]rimary|Infants?|Juniors?|High)\b"
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Words for the digits of a number that somebody spells out.
SPELLED = _set("oh zero one two three four five six seven eight nine double triple")
LEAST_SPELLED = 8


def is_nhs_number(digits: str) -> bool:
    """Return whether ten digits end in the check digit of an NHS number (modulus 11)."""
    if len(digits) != 10 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - rest % 11) % 11 == int(digits[9])


def is_phone(text: str) -> bool:
    """Return whether digits can be rung from here: 10 or 11 with 0, or a country code."""
    digits = re.sub(r"\D", "", text)
    if text.lstrip("(").startswith("+") or digits.startswith("00"):
        return 10 <= len(digits) <= 15
    return len(digits) in (10, 11) and digits[1] in "12378"


def _digits(found: str) -> str:
    return re.sub(r"\D", "", found)


def _has_nhs(text: str) -> bool:
    return any(is_nhs_number(_digits(found)) and found[0] != "0" for found in NHS.findall(text))


def _has_phone(text: str) -> bool:
    return any(map(is_phone, PHONE.findall(text)))


Check = Callable[[str], object]
#: Checks of texts with a digit, and of all texts.
WITH_DIGITS: tuple[tuple[Signal, Check], ...] = (
    (Signal.PHONE, _has_phone),
    (Signal.NHS_NUMBER, _has_nhs),
    (Signal.NI_NUMBER, NI.search),
    (Signal.POSTCODE, POSTCODE.search),
    (Signal.PLATE, PLATE.search),
    (Signal.PLATE, SMALL_PLATE.search),
    (Signal.PLATE, OLD_PLATE.search),
)
WITH_AT: tuple[tuple[Signal, Check], ...] = (
    (Signal.EMAIL, EMAIL.search),
    (Signal.HANDLE, AT_NAME.search),
)
#: Checks of texts with one of some folded words.
NETWORKS = _set(
    "insta instagram ig snap snapchat sc tiktok discord telegram whatsapp fb facebook twitter"
)
INTRODUCING = _set("name names naam naa mane maru called imie nazywam nazywa")
TITLES = _set(
    "mr mrs ms dr miss pc wpc pcso ds dc sgt sergeant inspector cllr councillor sir father imam "
    "pastor rev reverend officer constable uncle auntie aunty pan pani pana panem panu ks"
)
AT_WORDS = frozenset({"at", "malpa"})
WITH_WORDS: tuple[tuple[frozenset[str], Signal, Check], ...] = (
    (AT_WORDS, Signal.EMAIL, SPOKEN_EMAIL.search),
    (NETWORKS, Signal.HANDLE, NAMED.search),
    (TITLES, Signal.NAME, TITLE.search),
    (INTRODUCING, Signal.NAME, MY_NAME.search),
)
ALWAYS: tuple[tuple[Signal, Check], ...] = (
    (Signal.STREET, STREET.search),
    (Signal.SCHOOL, SCHOOL.search),
)
ELSEWHERE: tuple[tuple[Signal, Check], ...] = (
    (Signal.NAME, TITLE_ELSEWHERE.search),
    (Signal.NAME, MY_NAME_ELSEWHERE.search),
)
DIGIT = re.compile(r"\d")


def _read(text: str) -> str:
    """Return a text with digits of every script as ours, and without hidden characters."""
    shown = unicodedata.normalize("NFC", text.translate(HIDDEN))
    if shown.isascii():
        return shown
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in shown)


def _is_spelled(words: Sequence[str]) -> bool:
    """Return whether a number is spelled out, digit by digit."""
    run = longest = 0
    for word in words:
        run = run + 1 if word in SPELLED else 0
        longest = max(longest, run)
    return longest >= LEAST_SPELLED


def personal_data(text: str, words: Sequence[str]) -> Signals:
    """Return which kinds of personal data a text seems to hold; `words` are its folded words."""
    shown, said = _read(text), frozenset(words)
    found = {signal for some, signal, check in WITH_WORDS if said & some and check(shown)}
    checks = list(ALWAYS)
    if DIGIT.search(shown):
        checks += WITH_DIGITS
    if "@" in shown:
        checks += WITH_AT
    if not shown.isascii():
        checks += ELSEWHERE
    found |= {signal for signal, check in checks if check(shown)}
    return frozenset(found | {Signal.PHONE} if _is_spelled(words) else found)
