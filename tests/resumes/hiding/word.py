"""Text that is hidden in a Word document, and text that is not."""

import zipfile
from html import escape
from io import BytesIO

from impl.resumes.visible.hidden import Reason
from scripts.eval.samples.writers import docx
from tests.resumes.hiding import PAGE, PAYLOAD, Attack

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_SEEN = ("Nine times winner", "of the regional fair")
_STYLES = f"""<w:styles {_NAMES}>
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>
<w:style w:type="paragraph" w:styleId="Pale"><w:basedOn w:val="Normal"/><w:rPr><w:color w:val="FEFEFE"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Paler"><w:basedOn w:val="Pale"/></w:style>
<w:style w:type="paragraph" w:styleId="Dark"><w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Speck"><w:rPr><w:sz w:val="2"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Plain"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Banner"><w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>
<w:tcPr><w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style>
</w:styles>"""
_SETTINGS = f"<w:settings {_NAMES}><w:displayBackgroundShape/></w:settings>"


def _paragraphs(run: str = "", paragraph: str = "", lines: tuple[str, ...] = PAYLOAD) -> str:
    return "".join(
        f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{escape(line)}</w:t></w:r></w:p>"
        for line in lines
    )


def _table(inner: str, cell: str = "", row: str = "", table: str = "") -> str:
    return f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>{cell}</w:tcPr>{inner}</w:tc></w:tr></w:tbl>"


def _box(
    inner: str, extent: str = 'cx="3000000" cy="900000"', fill: str = "", more: str = "", visible: str = ""
) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:anchor>{more}<wp:extent {extent}/><wp:docPr id="1" name="Box" {visible}/><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )


def _old_box(inner: str, style: str, more: str = "") -> str:
    return (
        f'<w:p><w:r><w:pict><v:shape style="{style}" {more}><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>'
        "</v:shape></w:pict></w:r></w:p>"
    )


def _section(kind: str, more: str = "") -> str:
    return f'<w:sectPr><w:headerReference w:type="{kind}" r:id="rId2"/>{more}</w:sectPr>'


def _file(
    extra: str = "", *, before: str = "", background: str = "", header: str = "", settings: str = _SETTINGS
) -> bytes:
    """The resume with more in its body, and another page header."""
    with zipfile.ZipFile(BytesIO(docx(PAGE))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    body = parts["word/document.xml"].partition("<w:body>")[2].removesuffix("</w:body></w:document>")
    parts["word/document.xml"] = f"<w:document {_NAMES}>{background}<w:body>{before}{body}{extra}</w:body></w:document>"
    parts |= {"word/styles.xml": _STYLES, "word/settings.xml": settings}
    if header:
        parts["word/header2.xml"] = f"<w:hdr {_NAMES}>{header}</w:hdr>"
        relation = '<Relationship Id="rId2" Type="header" Target="header2.xml"/></Relationships>'
        parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
            "</Relationships>", relation
        )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as written:
        for name, content in parts.items():
            written.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


_FILL = '<a:solidFill><a:srgbClr val="{}"/></a:solidFill>'
_WHITE = '<w:color w:val="FFFFFF"/>'
_BARE = '<w:p><w:r><w:drawing><wp:anchor behindDoc="1"><wp:extent cx="7560000" cy="1800000"/>{}</wp:anchor></w:drawing></w:r></w:p>'
_DARK_SHAPE = _BARE.format(f"<wps:wsp><wps:spPr>{_FILL.format('1F3864')}</wps:spPr></wps:wsp>")
CLEAN = _file()

ATTACKS = {
    "vanish": Attack(_file(_paragraphs("<w:vanish/>")), Reason.NOT_DRAWN),
    "vanish, first of all": Attack(_file(before=_paragraphs("<w:vanish/>")), Reason.NOT_DRAWN),
    "vanish in a list": Attack(_file(_paragraphs("<w:vanish/>", '<w:numPr><w:numId w:val="1"/></w:numPr>')), Reason.NOT_DRAWN),
    "vanish by a style": Attack(_file(_paragraphs('<w:rStyle w:val="Gone"/>')), Reason.NOT_DRAWN),
    "white": Attack(_file(_paragraphs(_WHITE)), Reason.NO_CONTRAST),
    "white by a style of a style": Attack(_file(_paragraphs("", '<w:pStyle w:val="Paler"/>')), Reason.NO_CONTRAST),
    "white by the theme": Attack(_file(_paragraphs('<w:color w:val="000000" w:themeColor="background1"/>')), Reason.NO_CONTRAST),
    "white by a table's style": Attack(_file(_table(_paragraphs(), table='<w:tblStyle w:val="Plain"/>')), Reason.NO_CONTRAST),
    "white in a white cell on a dark page": Attack(
        _file(_table(_paragraphs(_WHITE), '<w:shd w:val="clear" w:fill="FFFFFF"/>'), background='<w:background w:color="1F3864"/>'),
        Reason.NO_CONTRAST,
    ),
    "dark on dark": Attack(_file(_paragraphs('<w:color w:val="1F3860"/>', '<w:shd w:val="clear" w:fill="1F3864"/>')), Reason.NO_CONTRAST),
    "black on a black marker": Attack(_file(_paragraphs('<w:color w:val="000000"/><w:highlight w:val="black"/>')), Reason.NO_CONTRAST),
    "white in a white box": Attack(_file(_box(_paragraphs(_WHITE), fill=_FILL.format("FFFFFF"))), Reason.NO_CONTRAST),
    "one point": Attack(_file(_paragraphs('<w:sz w:val="2"/>')), Reason.TINY),
    "one point by a style": Attack(_file(_paragraphs('<w:rStyle w:val="Speck"/>')), Reason.TINY),
    "squeezed": Attack(_file(_paragraphs('<w:w w:val="1"/>')), Reason.TINY),
    "letters without a fill": Attack(_file(_paragraphs("<w14:textFill><w14:noFill/></w14:textFill>")), Reason.TRANSPARENT),
    "transparent letters": Attack(
        _file(_paragraphs('<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>')),
        Reason.TRANSPARENT,
    ),
    "a header that is nowhere": Attack(_file(header=_paragraphs()), Reason.NOT_DRAWN),
    "a header of even pages that have none": Attack(_file(_section("even"), header=_paragraphs()), Reason.NOT_DRAWN),
    "a header of a first page that has none": Attack(_file(_section("first"), header=_paragraphs()), Reason.NOT_DRAWN),
    "a hidden row": Attack(_file(_table(_paragraphs(), row="<w:hidden/>")), Reason.NOT_DRAWN),
    "a row without height": Attack(_file(_table(_paragraphs(), row='<w:trHeight w:val="2" w:hRule="exact"/>')), Reason.COVERED),
    "lines without height": Attack(_file(_paragraphs("", '<w:spacing w:line="10" w:lineRule="exact"/>')), Reason.COVERED),
    "indented off the page": Attack(_file(_paragraphs("", '<w:ind w:left="30000"/>')), Reason.OFF_PAGE),
    "framed off the page": Attack(_file(_paragraphs("", '<w:framePr w:x="-20000" w:y="1"/>')), Reason.OFF_PAGE),
    "a box without height": Attack(_file(_box(_paragraphs(), 'cx="3000000" cy="0"')), Reason.COVERED),
    "a box off the page": Attack(
        _file(_box(_paragraphs(), more="<wp:positionH><wp:posOffset>-90000000</wp:posOffset></wp:positionH>")), Reason.OFF_PAGE
    ),
    "a hidden box": Attack(_file(_box(_paragraphs(), visible='hidden="1"')), Reason.NOT_DRAWN),
    "an old box without width": Attack(_file(_old_box(_paragraphs(), "width:0;height:100pt")), Reason.COVERED),
    "an old hidden box": Attack(_file(_old_box(_paragraphs(), "width:100pt;visibility:hidden")), Reason.NOT_DRAWN),
    "an old box off the page": Attack(_file(_old_box(_paragraphs(), "margin-left:-4000pt;width:100pt")), Reason.OFF_PAGE),
}  # fmt: skip

DESIGNS = {
    "white in a dark cell": _file(_table(_paragraphs(_WHITE, lines=_SEEN), '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>')),
    "white in a cell of the theme's colour": _file(
        _table(_paragraphs(_WHITE, lines=_SEEN), '<w:shd w:val="clear" w:fill="FFFFFF" w:themeFill="text2"/>')
    ),
    "white in the first row of a table's style": _file(_table(_paragraphs(_WHITE, lines=_SEEN), table='<w:tblStyle w:val="Banner"/>')),
    "white in a dark paragraph": _file(_paragraphs(_WHITE, '<w:shd w:val="clear" w:fill="000000"/>', _SEEN)),
    "white by a dark style": _file(_paragraphs("", '<w:pStyle w:val="Dark"/>', _SEEN)),
    "white on a marker": _file(_paragraphs(f'{_WHITE}<w:highlight w:val="darkBlue"/>', lines=_SEEN)),
    "white in a dark run": _file(_paragraphs(f'{_WHITE}<w:shd w:val="solid" w:color="333333"/>', lines=_SEEN)),
    "white in a dark box": _file(_box(_paragraphs(_WHITE, lines=_SEEN), fill=_FILL.format("1F3864"))),
    "white on a gradient": _file(_box(_paragraphs(_WHITE, lines=_SEEN), fill="<a:gradFill/>")),
    "white in an old dark box": _file(_old_box(_paragraphs(_WHITE, lines=_SEEN), "width:100pt", 'fillcolor="#1f3864 [3204]"')),
    "white on a dark page": _file(_paragraphs(_WHITE, lines=_SEEN), background='<w:background w:color="1F3864"/>'),
    "light grey small print": _file(_paragraphs('<w:color w:val="BFBFBF"/><w:sz w:val="12"/>', lines=_SEEN)),
    "superscript": _file(_paragraphs('<w:vertAlign w:val="superscript"/><w:sz w:val="12"/>', lines=_SEEN)),
    "automatic colour": _file(_paragraphs('<w:color w:val="auto"/>', lines=_SEEN)),
    "not vanished": _file(_paragraphs('<w:vanish w:val="0"/>', lines=_SEEN)),
    "vanished twice": _file(_paragraphs('<w:rStyle w:val="Gone"/><w:vanish w:val="false"/>', lines=_SEEN)),
    "the theme's text colour": _file(_paragraphs('<w:color w:val="FFFFFF" w:themeColor="text1"/>', lines=_SEEN)),
    "a box that grows": _file(_box(_paragraphs(lines=_SEEN), 'cx="3000000" cy="0"', fill="<a:spAutoFit/>")),
    "a header": _file(_section("default"), header=_paragraphs(lines=_SEEN)),
    "a header of the first page": _file(_section("first", "<w:titlePg/>"), header=_paragraphs(lines=_SEEN)),
    "a header of even pages": _file(
        _section("even"), header=_paragraphs(lines=_SEEN), settings=_SETTINGS.replace("/></w:settings>", "/><w:evenAndOddHeaders/></w:settings>")
    ),
    "the same header for pages that are not": _file(_section("even"), header=_paragraphs(lines=(PAGE.main[0].text,))),
    "tinted paragraphs": _file(_paragraphs("", '<w:shd w:val="clear" w:fill="DEEAF6"/>', _SEEN)),
    "not seen in a browser": _file(_paragraphs("<w:webHidden/>", lines=_SEEN)),
}  # fmt: skip

UNSURE = _file(_paragraphs(_WHITE, lines=_SEEN), before=_DARK_SHAPE)
