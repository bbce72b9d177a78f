"""Text that is hidden in an OpenDocument text, and text that is not."""

import zipfile
from html import escape
from io import BytesIO

from impl.resumes.visible.hidden import Reason
from scripts.eval.samples.writers import odt
from tests.resumes.hiding import PAGE, PAYLOAD, Attack

_O = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(
    f'xmlns:{short}="{_O}{name}"'
    for short, name in {"office": "office:1.0", "text": "text:1.0", "style": "style:1.0", "table": "table:1.0", "draw": "drawing:1.0",
                        "fo": "xsl-fo-compatible:1.0", "svg": "svg-compatible:1.0", "loext": "x-libreoffice:1.0"}.items()
)  # fmt: skip
_SEEN = ("Nine times winner", "of the regional fair")


def _style(text: str = "", *, family: str = "paragraph", name: str = "X", parent: str = "", more: str = "") -> str:
    inherits = f'style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}" {inherits}><style:text-properties {text}/>{more}</style:style>'


def _paragraphs(style: str = "X", lines: tuple[str, ...] = PAYLOAD, before: str = "") -> str:
    return "".join(f'<text:p text:style-name="{style}">{before}{escape(line)}</text:p>' for line in lines)


def _spans(lines: tuple[str, ...] = PAYLOAD) -> str:
    return "".join(f'<text:p><text:span text:style-name="X">{escape(line)}</text:span></text:p>' for line in lines)


def _cell(inner: str, row: str = "") -> str:
    return f'<table:table><table:table-row {row}><table:table-cell table:style-name="C">{inner}</table:table-cell></table:table-row></table:table>'


def _frame(inner: str, size: str = 'svg:width="8cm" svg:height="3cm"') -> str:
    return (
        f'<text:p><draw:frame draw:style-name="G" {size}><draw:text-box>{inner}</draw:text-box></draw:frame></text:p>'
    )


def _file(extra: str = "", styles: str = "", common: str = "") -> bytes:
    """The resume with more in its body, and styles of its own."""
    with zipfile.ZipFile(BytesIO(odt(PAGE))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    body = parts["content.xml"].partition("<office:text>")[2].partition("</office:text>")[0]
    parts["content.xml"] = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}{extra}</office:text></office:body></office:document-content>"
    )
    parts["styles.xml"] = (
        f"<office:document-styles {_NAMES}><office:styles>{common}</office:styles><office:master-styles/></office:document-styles>"
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        for name, content in parts.items():
            written.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


_WHITE = 'fo:color="#ffffff"'
_DARK_CELL = '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:background-color="#1f3864"/></style:style>'
_DARK_PAGE = '<style:page-layout><style:page-layout-properties fo:background-color="#1f3864"/></style:page-layout>'
_GRAPHIC = '<style:style style:name="G" style:family="graphic"><style:graphic-properties {}/></style:style>'
_PARAGRAPH = "<style:paragraph-properties {}/>"
CLEAN = _file()

ATTACKS = {
    "display none": Attack(_file(_paragraphs(), _style('text:display="none"')), Reason.NOT_DRAWN),
    "display none, in words": Attack(_file(_spans(), _style('text:display="none"', family="text")), Reason.NOT_DRAWN),
    "a hidden section": Attack(_file(f'<text:section text:display="none">{_paragraphs()}</text:section>'), Reason.NOT_DRAWN),
    "hidden paragraphs": Attack(_file(_paragraphs(before='<text:hidden-paragraph text:is-hidden="true"/>')), Reason.NOT_DRAWN),
    "a collapsed row": Attack(_file(_cell(_paragraphs(), 'table:visibility="collapse"')), Reason.NOT_DRAWN),
    "white": Attack(_file(_paragraphs(), _style(_WHITE)), Reason.NO_CONTRAST),
    "white words": Attack(_file(_spans(), _style(_WHITE, family="text")), Reason.NO_CONTRAST),
    "white by a style of a style": Attack(
        _file(_paragraphs(), _style(parent="Pale"), _style(_WHITE, name="Pale")), Reason.NO_CONTRAST
    ),
    "nearly white": Attack(_file(_paragraphs(), _style('fo:color="#fafafa"')), Reason.NO_CONTRAST),
    "white on its own white": Attack(
        _file(_paragraphs(), _style(f'{_WHITE} fo:background-color="#ffffff"') + _DARK_PAGE), Reason.NO_CONTRAST
    ),
    "dark in a dark cell": Attack(_file(_cell(_paragraphs()), _style('fo:color="#1f3860"') + _DARK_CELL), Reason.NO_CONTRAST),
    "dark in a dark box": Attack(
        _file(_frame(_paragraphs()), _style('fo:color="#000000"') + _GRAPHIC.format('draw:fill="solid" draw:fill-color="#000000"')),
        Reason.NO_CONTRAST,
    ),
    "one point": Attack(_file(_paragraphs(), _style('fo:font-size="1pt"')), Reason.TINY),
    "a tenth of its parent": Attack(
        _file(_paragraphs(), _style('fo:font-size="10%"', parent="Usual"), _style('fo:font-size="12pt"', name="Usual")), Reason.TINY
    ),
    "without opacity": Attack(_file(_paragraphs(), _style('fo:color="#1f3864" loext:opacity="0%"')), Reason.TRANSPARENT),
    "squeezed": Attack(_file(_paragraphs(), _style('style:text-scale="1%"')), Reason.TINY),
    "indented off the page": Attack(_file(_paragraphs(), _style(more=_PARAGRAPH.format('fo:margin-left="90cm"'))), Reason.OFF_PAGE),
    "lines without height": Attack(_file(_paragraphs(), _style(more=_PARAGRAPH.format('fo:line-height="0.01cm"'))), Reason.COVERED),
    "a box without height": Attack(_file(_frame(_paragraphs(), 'svg:width="8cm" svg:height="0cm"')), Reason.COVERED),
    "a box off the page": Attack(_file(_frame(_paragraphs(), 'svg:x="-90cm" svg:width="8cm" svg:height="3cm"')), Reason.OFF_PAGE),
}  # fmt: skip

DESIGNS = {
    "white in a dark cell": _file(_cell(_paragraphs(lines=_SEEN)), _style(_WHITE) + _DARK_CELL),
    "white in a dark paragraph": _file(_paragraphs(lines=_SEEN), _style(_WHITE, more=_PARAGRAPH.format('fo:background-color="#222222"'))),
    "white on a dark marker": _file(_spans(_SEEN), _style(f'{_WHITE} fo:background-color="#1f3864"', family="text")),
    "white in a dark box": _file(_frame(_paragraphs(lines=_SEEN)), _style(_WHITE) + _GRAPHIC.format('draw:fill="solid" draw:fill-color="#1f3864"')),
    "white on a picture": _file(_frame(_paragraphs(lines=_SEEN)), _style(_WHITE) + _GRAPHIC.format('draw:fill="bitmap"')),
    "white on a dark page": _file(_paragraphs(lines=_SEEN), _style(_WHITE) + _DARK_PAGE),
    "light grey small print": _file(_paragraphs(lines=_SEEN), _style('fo:color="#bfbfbf" fo:font-size="6pt"')),
    "superscript": _file(_spans(_SEEN), _style('style:text-position="super 58%"', family="text")),
    "the window's colour": _file(_paragraphs(lines=_SEEN), _style(f'{_WHITE} style:use-window-font-color="true"')),
    "the automatic colour as LibreOffice writes it": _file(
        _paragraphs(lines=_SEEN), _style('style:use-window-font-color="true" loext:opacity="0%"')
    ),
    "a colour over the automatic one": _file(
        _paragraphs(lines=_SEEN),
        _style('fo:color="#1f3864"', parent="Usual"),
        _style('style:use-window-font-color="true" loext:opacity="0%"', name="Usual"),
    ),
    "a tinted paragraph": _file(_paragraphs(lines=_SEEN), _style(more=_PARAGRAPH.format('fo:background-color="#deeaf6"'))),
    "a visible section": _file(f"<text:section>{_paragraphs(lines=_SEEN)}</text:section>"),
    "half the size": _file(_paragraphs(lines=_SEEN), _style('fo:font-size="50%"')),
    "a box that grows": _file(
        f'<text:p><draw:frame svg:width="8cm" svg:height="1cm"><draw:text-box fo:min-height="0cm">{_paragraphs(lines=_SEEN)}</draw:text-box></draw:frame></text:p>'
    ),
}  # fmt: skip
