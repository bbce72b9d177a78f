"""Text that is hidden in HTML, and text that is not."""

from html import escape

from impl.resumes.visible.hidden import Reason
from scripts.eval.samples.writers import html
from tests.resumes.hiding import PAGE, PAYLOAD, Attack

_SEEN = ("Nine times winner", "of the regional fair")


def _file(extra: str = "", sheet: str = "", body: str = "", before: str = "") -> bytes:
    """The resume with more in its body, and a style sheet."""
    page = html(PAGE).decode()
    page = page.replace("</head>", f"<style>{sheet}</style></head>").replace("<body>", f"<body {body}>{before}")
    return page.replace("</body>", f"{extra}</body>").encode()


def _lines(attributes: str = "", lines: tuple[str, ...] = PAYLOAD, tag: str = "p") -> str:
    return "".join(f"<{tag} {attributes}>{escape(line)}</{tag}>\n" for line in lines)


def _styled(style: str, lines: tuple[str, ...] = PAYLOAD) -> str:
    return f'<div style="{style}">{_lines(lines=lines)}</div>'


def _attack(style: str, reason: Reason) -> Attack:
    return Attack(_file(_styled(style)), reason)


CLEAN = _file()
_BLACK = "html body .x{{{}}}"

ATTACKS = {
    "display none": _attack("display:none", Reason.NOT_DRAWN),
    "display none, first of all": Attack(_file(before=_styled("display:none")), Reason.NOT_DRAWN),
    "display none, in escapes": _attack(r"disp\6c ay:no\6e e", Reason.NOT_DRAWN),
    "display none, with a comment": _attack("display/**/:/**/none !important", Reason.NOT_DRAWN),
    "hidden": Attack(_file(_lines("hidden")), Reason.NOT_DRAWN),
    "a template": Attack(_file(f"<dialog>{_lines()}</dialog>"), Reason.NOT_DRAWN),
    "invisible": _attack("visibility:hidden", Reason.NOT_DRAWN),
    "collapsed": Attack(_file(f"<table><tr style='visibility:collapse'><td>{_lines()}</td></tr></table>"), Reason.NOT_DRAWN),
    "by a class": Attack(_file(_lines('class="a x b"'), ".x{display:none}"), Reason.NOT_DRAWN),
    "by an id": Attack(_file(f"<div id=x>{_lines()}</div>", "p{color:red} #x{display:none}"), Reason.NOT_DRAWN),
    "by a tag": Attack(_file(_lines(tag="aside"), "aside , q { visibility : hidden }"), Reason.NOT_DRAWN),
    "by an attribute": Attack(_file(_lines("data-a=b"), "[data-a=b]{display:none}"), Reason.NOT_DRAWN),
    "by descent": Attack(_file(f"<section><i>{_lines()}</i></section>", "section > i p{font-size:1px}"), Reason.TINY),
    "by a rule for screens": Attack(_file(_lines("class=x"), "@media screen and (min-width:600px){.x{display:none}}"), Reason.NOT_DRAWN),
    "by the stronger rule": Attack(_file(_lines("class=x id=y"), "#y{color:#fff} .x{color:#000} p{color:#000}"), Reason.NO_CONTRAST),
    "by the later rule": Attack(_file(_lines("class=x"), ".x{color:#000} .x{color:#fff}"), Reason.NO_CONTRAST),
    "by the important rule": Attack(_file(_lines('class=x style="color:#000"'), ".x{color:#fff!important}"), Reason.NO_CONTRAST),
    "by a variable": Attack(_file(_lines('style="color:var(--paper)"'), "html{--paper:#fefefe}"), Reason.NO_CONTRAST),
    "opacity 0": _attack("opacity:0", Reason.TRANSPARENT),
    "opacity by percent": _attack("opacity:1%", Reason.TRANSPARENT),
    "opacity of opacity": Attack(_file(f'<div style="opacity:.2"><div style="opacity:.2">{_lines()}</div></div>'), Reason.TRANSPARENT),
    "opacity by a filter": _attack("filter:opacity(0)", Reason.TRANSPARENT),
    "transparent": _attack("color:transparent", Reason.TRANSPARENT),
    "transparent by alpha": _attack("color:rgba(0,0,0,0)", Reason.TRANSPARENT),
    "transparent letters": _attack("-webkit-text-fill-color:#00000000", Reason.TRANSPARENT),
    "font size 0": _attack("font-size:0", Reason.TINY),
    "font size 1px": _attack("font-size:1px", Reason.TINY),
    "font size in em": _attack("font-size:.05em", Reason.TINY),
    "font size of font size": Attack(_file(f'<div style="font-size:30%"><div style="font-size:30%">{_lines()}</div></div>'), Reason.TINY),
    "font": _attack("font:italic 1px/2 Arial", Reason.TINY),
    "white": _attack("color:white", Reason.NO_CONTRAST),
    "white by rgb": _attack("color:rgb(254 254 254)", Reason.NO_CONTRAST),
    "white by hsl": _attack("color:hsl(0,0%,99%)", Reason.NO_CONTRAST),
    "white by an old tag": Attack(_file(f'<font color="#FFFFFF">{_lines()}</font>'), Reason.NO_CONTRAST),
    "nearly transparent black": _attack("color:rgba(0,0,0,.07)", Reason.NO_CONTRAST),
    "pale on pale": _attack("background:#def;color:#e2f0ff", Reason.NO_CONTRAST),
    "black on black": _attack("background-color:black;color:#000", Reason.NO_CONTRAST),
    "white in a white box on a dark page": Attack(_file(_styled("background:#fff;color:#fff"), "body{background:#222;color:#eee}"), Reason.NO_CONTRAST),
    "white over a picture that is not there": _attack("background:url(https://example.org/dark.png);color:#fff", Reason.NO_CONTRAST),
    "left of the page": _attack("position:absolute;left:-9999px", Reason.OFF_PAGE),
    "above the page": _attack("position:fixed;top:-200em", Reason.OFF_PAGE),
    "right of the page": _attack("position:absolute;left:100000px", Reason.OFF_PAGE),
    "moved away": _attack("transform:translateX(-9999px)", Reason.OFF_PAGE),
    "indented away": _attack("text-indent:-9999px", Reason.OFF_PAGE),
    "a margin that takes it away": _attack("margin-left:-5000px", Reason.OFF_PAGE),
    "without height": _attack("height:0;overflow:hidden", Reason.COVERED),
    "for screen readers": _attack("position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)", Reason.COVERED),
    "clipped": _attack("clip-path: inset(100%)", Reason.COVERED),
    "scaled to nothing": _attack("transform:scale(0)", Reason.COVERED),
}  # fmt: skip

DESIGNS = {
    "white on a dark bar": _file(_styled("background:#1f3864;color:#fff", _SEEN)),
    "white in a dark cell": _file(f'<table><tr><td bgcolor="#1f3864"><font color=white>{_lines(lines=_SEEN)}</font></td></tr></table>'),
    "white on a gradient": _file(_styled("background:linear-gradient(90deg,#123,#456);color:#fff", _SEEN)),
    "a dark page": _file(_styled("", _SEEN), "body{background:#111;color:#eee}"),
    "a dark page by attributes": _file(_lines(lines=_SEEN), body='bgcolor="black" text="white"'),
    "a dark page by variables": _file(_lines(lines=_SEEN), ":root{--ink:#eee;--paper:#111} body{background:var(--paper);color:var(--ink, #000)}"),
    "dark where one asks for it": _file(_lines("class=x", _SEEN), "@media (prefers-color-scheme:dark){.x{color:#fff}}"),
    "hidden on paper": _file(_lines("class=x", _SEEN), "@media print{.x{display:none}}"),
    "hidden on a telephone": _file(_lines("class=x", _SEEN), "@media screen and (max-width:600px){.x{display:none}}"),
    "hidden and shown again": _file(_lines("class=x", _SEEN), ".x{display:none} .x{display:block}"),
    "invisible but for this": _file(f'<div style="visibility:hidden"><div style="visibility:visible">{_lines(lines=_SEEN)}</div></div>'),
    "small but for this": _file(f'<div style="font-size:0"><div style="font-size:14px">{_lines(lines=_SEEN)}</div></div>'),
    "light grey small print": _file(_styled("color:#bbb;font-size:7px", _SEEN)),
    "superscript": _file(f"<p>x<sup style='font-size:60%'>{_SEEN[0]}</sup></p>"),
    "a tinted column": _file(_styled("background:#eef4ff;float:left", _SEEN)),
    "letters filled by a gradient": _file(_styled("background:linear-gradient(red,blue);-webkit-background-clip:text;color:transparent", _SEEN)),
    "moved a little": _file(_styled("position:relative;left:-12px;margin-left:-20px;transform:translateY(-3px) scale(0.9)", _SEEN)),
    "hung": _file(_styled("text-indent:-24px;padding-left:24px", _SEEN)),
    "half transparent": _file(_styled("opacity:.6;color:rgba(0,0,0,.7)", _SEEN)),
    "what stands before": _file(_lines("class=x", _SEEN), ".x::before{color:#fff;display:none} .x:hover{color:#fff}"),
    "clipped rounded": _file(_styled("overflow:hidden;border-radius:8px;max-width:800px;clip-path:inset(0 round 8px)", _SEEN)),
    "a list": _file(f"<details open><summary>More</summary>{_lines(lines=_SEEN)}</details>"),
    "not for screen readers": _file(_lines('aria-hidden="true"', _SEEN)),
}  # fmt: skip
