"""Texts that would run, or break a page, if anybody's words ever became more than text.

Each calls `canary()`, or carries the attribute `canary`: a page notices either.
"""

from collections.abc import Iterator

PAYLOADS = (
    # HTML
    "<script>canary()</script>",
    "<script canary src=//canary.invalid/x.js></script>",
    "<img canary src=x onerror=canary()>",
    "<img canary src=x:x onerror=canary()//",
    "<body canary onload=canary()>",
    "<iframe canary srcdoc='<script>parent.canary()</script>'></iframe>",
    "<iframe canary src=javascript:parent.canary()></iframe>",
    "<object canary data=javascript:canary()></object>",
    "<embed canary src=javascript:canary()>",
    "<base canary href=//canary.invalid/>",
    "<meta canary http-equiv=refresh content='0;url=javascript:canary()'>",
    "<link canary rel=stylesheet href=//canary.invalid/x.css>",
    "<form canary action=javascript:canary()><button>x</button></form>",
    "<input canary autofocus onfocus=canary()>",
    "<details canary open ontoggle=canary()><summary>x</summary></details>",
    "<video canary><source onerror=canary()></video>",
    "<marquee canary onstart=canary()>x</marquee>",
    "<dialog canary open onclose=canary()>x</dialog>",
    "<button canary popovertarget=x onbeforetoggle=canary()>x</button>",
    # Out of attributes, elements and comments
    '" canary onmouseover=canary() autofocus onfocus=canary() x="',
    "' canary onmouseover=canary() autofocus onfocus=canary() x='",
    "` canary onfocus=canary() autofocus x=`",
    '"><img canary src=x onerror=canary()>',
    "'><svg canary onload=canary()>",
    "</title><script>canary()</script>",
    "</textarea><img canary src=x onerror=canary()>",
    "</option></select><img canary src=x onerror=canary()>",
    "</script><script>canary()</script>",
    "--><img canary src=x onerror=canary()><!--",
    "]]><img canary src=x onerror=canary()>",
    "x canary=1 onclick=canary() tabindex=0",
    # Addresses
    "javascript:canary()",
    "JaVaScRiPt:canary()",
    "java\tscript:canary()",
    "\x01javascript:canary()",
    "javascript&colon;canary()",
    "&#106;avascript:canary()",
    "data:text/html,<script>parent.canary()</script>",
    "vbscript:canary()",
    "//canary.invalid/%0d%0aSet-Cookie:canary=1",
    "https://canary.invalid/\"onmouseover='canary()'",
    # SVG and MathML
    "<svg canary onload=canary()>",
    "<svg canary><script>canary()</script></svg>",
    "<svg canary><animate onbegin=canary() attributeName=x dur=1s></svg>",
    "<svg canary><a xlink:href=javascript:canary()><text x=9 y=9>x</text></a></svg>",
    "<svg canary><use href=data:image/svg+xml,<svg/onload=canary()>></svg>",
    "<math canary href=javascript:canary()>x</math>",
    "<math canary><maction actiontype=statusline xlink:href=javascript:canary()>x</maction></math>",
    # Templates and formats
    "canary{{7*7}}canary",
    "{{config}}{% print(7*7) %}${7*7}<%= 7*7 %>#{7*7}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "%(canary)s %s %n {0} {canary.__class__}",
    # Markdown
    "[canary](javascript:canary())",
    '![canary](x"onerror="canary())',
    "[canary](data:text/html;base64,PHNjcmlwdD5jYW5hcnkoKTwvc2NyaXB0Pg==)",
    "<javascript:canary()>",
    "[x]: javascript:canary()\n[x]",
    "```<script>canary()</script>",
    # What turns round, and what cannot be seen
    "\u202e<script>canary()</script>\u202c",
    "\u2066<img canary src=x onerror=canary()>\u2069",
    "\ufeff<scr\u200bipt>canary()</script>",
    "\uff1cscript\uff1ecanary()\uff1c/script\uff1e",
    "<scr\x00ipt>canary()</scr\x00ipt>",
    # Styles
    "<style canary>*{background:url(//canary.invalid/x)}</style>",
    "<p canary style=background:url(javascript:canary())>x</p>",
    "<div canary style='position:fixed;inset:0'>x</div>",
    # What changes when it is read twice
    "<noscript><p title='</noscript><img canary src=x onerror=canary()>'></noscript>",
    "<math><mtext><table><mglyph><style><!--</style><img canary src=x onerror=canary()>",
    "<svg></p><style><a id='</style><img canary src=x onerror=canary()>'>",
    "<template><s><template><s><img canary src=x onerror=canary()></s></template>",
    "<xmp><p title='</xmp><img canary src=x onerror=canary()>'>",
    "&lt;img canary src=x onerror=canary()&gt;",
    "&amp;lt;script&amp;gt;canary()&amp;lt;/script&amp;gt;",
    "%3Cscript%3Ecanary()%3C/script%3E",
)
#: Texts on which programs stumble: the kinds of the Big List of Naughty Strings, in few lines.
NAUGHTY = (
    "undefined", "null", "NULL", "None", "nil", "true", "NaN", "Infinity", "-1", "0", "1/0",
    "1E+02", "0x0", "9" * 60, "1,000.00", "1.000,00", "--1", "\\", "\\\\", "/dev/null; ls",
    "$(touch x)", "`ls`", "../../../etc/passwd%00", "C:\\nul", "'; DROP TABLE account;--",
    "' OR 1=1 -- ", "1' ORDER BY 1--+", "\u0000", "\u0007\u001b[31m", "\r\n\r\nHTTP/1.1 200 OK",
    "\u00a0\u2003\u3000 \u200b\u2060", "e\u0301\u0327\u0316" + "\u0351" * 40, "\u202eabc\u202c",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629", "\ufdfd", "\u0600\u061c",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1ec\U0001f1e7\U0001f1ec", "\U000e0067\U000e007f", "\ud7ff\ue000", "\ufffe\uffff",
    "\u0130stanbul \u1e9e \ufb01", "\u2126\u212b", "\u13be\u13bb", "\u0e33\u0e33", "\u0f00",
    "田中さんにあげて下さい", "사회과학원", "\U0002070e\U00020731", "a" * 240,
    '=cmd|"/C calc"!A0', "@SUM(1+1)", "+1", "-1+1", "\t=1", "<<<<", ">>>>", "&&&&", "&nbsp;&bogus;",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>", "() { 0; }; touch x",
)  # fmt: skip
#: As long as most fields of one line allow.
LONGEST = 180


def bundles(texts: tuple[str, ...] = PAYLOADS) -> list[str]:
    """Return the texts in as few pieces as fit into a field; short ones travel together."""
    made: list[str] = []
    for text in texts:
        if made and len(made[-1]) + len(text) < LONGEST:
            made[-1] += f" {text}"
        else:
            made.append(text)
    return made


def endless(pieces: list[str], begin: int = 0) -> Iterator[str]:
    """Go round and round, each piece with a number that makes it the only one of its kind."""
    number = begin
    while True:
        yield f"{pieces[number % len(pieces)]} n{number}"
        number += 1
