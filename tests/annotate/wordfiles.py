"""Whole Word documents with everything that authors and programs put into them, and what to compare of them."""

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = W[1:-1]
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="w14 w15"'
)
REPORT = (
    "某某市教育局2024年政府信息公开工作年度报告",
    "一、总体情况",
    "2024年，某某市教育局认真落实条例。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
    "无。",
)
"""The paragraphs of a report that is recognised; what a test is about stands behind the third."""
BEHIND = 3


# --- packages ---------------------------------------------------------------------------------------------------------


def part(tag, content=""):
    """A part of a package with its root element."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{tag} {NAMESPACES}>{content}</w:{tag}>'


def report_with(body):
    """The XML of a document: a report, and in it the blocks that a test is about."""
    paragraphs = [paragraph(run(text)) for text in REPORT]
    return part("document", f"<w:body>{''.join(paragraphs[:BEHIND])}{body}{''.join(paragraphs[BEHIND:])}</w:body>")


def package(document, parts=(), content_type=f"{WORD}.document.main+xml", **others):
    """The bytes of a document; ``parts`` are (kind, name, content) of those beside it, ``others`` members by name."""
    types, relations, members = [], [], {}
    for number, (kind, name, content) in enumerate(parts, 1):
        known = kind if kind.startswith("http") else f"{OFFICE}/{kind}"
        relations.append(f'<Relationship Id="rId{number}" Type="{known}" Target="{name}"/>')
        types.append(f'<Override PartName="/word/{name}" ContentType="{WORD}.{kind.rpartition("/")[2]}+xml"/>')
        members[f"word/{name}"] = content
    plain = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    plain += '<Default Extension="xml" ContentType="application/xml"/>'
    main = f'<Override PartName="/word/document.xml" ContentType="{content_type}"/>'
    top = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">{plain}{main}{"".join(types)}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{top}</Relationships>',
            "word/document.xml": document,
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(relations)}</Relationships>'
            ),
            **members,
            **others,
        }
    )


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data, **contents):
    """A package with other contents for some members, by the last piece of their names; ``None`` takes one away."""
    found = {}
    for name, content in members(data).items():
        key = name.rpartition("/")[2].replace(".", "_").strip("[]")
        new = contents.get(key, content)
        new = new(content) if callable(new) else new
        if new is not None:
            found[name] = new
    return zipped(found)


def canonical(content):
    element = etree.fromstring(content) if isinstance(content, bytes) else content
    return etree.tostring(element, method="c14n")


def own_numbers(copy):
    """The numbers of our comments in a copy."""
    root = etree.fromstring(members(copy)["word/comments.xml"])
    return {each.get(f"{W}id") for each in root if each.get(f"{W}author") == "gilint"}


def commented(root, number):
    """The text between the marks of a comment."""
    inside, text = False, ""
    for element in root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t", MATH_TEXT):
        if element.tag in (f"{W}t", MATH_TEXT):
            text += (element.text or "") if inside else ""
        elif element.get(f"{W}id") == number:
            inside = element.tag.endswith("Start")
    return text


# --- pieces -----------------------------------------------------------------------------------------------------------


def run(text, properties="", space=' xml:space="preserve"'):
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{inside}<w:t{space}>{text}</w:t></w:r>"


def paragraph(content, properties=""):
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inside}{content}</w:p>"


def control(content):
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def cell(content, properties=""):
    return f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def table(*rows):
    width = max(row.count("<w:tc>") for row in rows)
    grid = '<w:gridCol w:w="900"/>' * width
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def text_box(content):
    """A text box as Word writes it for newer and older versions, in a run."""
    shape = (
        f'<w:pict><v:shape id="s"><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>'
    )
    return f"<w:r>{shape}</w:r>"


def field(result):
    parts = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    instruction = '<w:r><w:instrText xml:space="preserve"> REF a </w:instrText></w:r>'
    return f"{parts['begin']}{instruction}{parts['separate']}{result}{parts['end']}"


CHANGE = 'w:id="70" w:author="甲" w:date="2024-01-01T00:00:00Z"'
ODD = (
    "<w:r><w:tab/></w:r>",
    "<w:r><w:t>甲</w:t><w:br/><w:t>乙 </w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r>",
    '<w:r><w:footnoteReference w:id="1"/></w:r>',
    '<w:r><w:endnoteReference w:id="1"/></w:r>',
    '<w:bookmarkStart w:id="80" w:name="a"/><w:bookmarkEnd w:id="80"/>',
    '<w:proofErr w:type="spellStart"/>',
    f'<w:del {CHANGE}><w:r><w:delText xml:space="preserve">去 </w:delText></w:r></w:del>',
    "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>p</w:t></w:r></w:rt><w:rubyBase>"
    "<w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>",
    '<w:r w:rsidDel="00AA0000" w:rsidR="00BB0000"><w:t>旧</w:t></w:r>',
    "<!-- a note of a program -->",
    text_box(paragraph(run("框中甲乙"))),
    '<w:commentRangeStart w:id="7"/><w:r><w:t>他人所批</w:t></w:r><w:commentRangeEnd w:id="7"/>'
    '<w:r><w:commentReference w:id="7"/></w:r>',
)
AROUND = (
    '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
    f"<w:ins {CHANGE}>{{}}</w:ins>",
    f"<w:moveTo {CHANGE}>{{}}</w:moveTo>",
    "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    '<w:smartTag w:uri="u" w:element="e">{}</w:smartTag>',
    '<w:fldSimple w:instr=" DATE ">{}</w:fldSimple>',
    '<w:customXml w:element="e">{}</w:customXml>',
)


SHADES = (
    "",
    '<w:shd w:val="clear" w:color="auto" w:fill="DDDDDD"/>',
    '<w:shd w:val="pct15" w:color="auto" w:fill="FFFFFF"/>',
    '<w:shd w:val="clear" w:color="auto" w:fill="DDDDDD" w:themeFill="accent1"/><w:vAlign w:val="center"/>',
    '<w:vAlign w:val="center"/>',
)


class Author:
    """Writes blocks as they come to mind: the same for the same ``random`` number generator."""

    def __init__(self, random):
        self._random = random

    def blocks(self, depth=0):
        """Paragraphs, content controls and tables, one in the other."""
        return "".join(self._block(depth) for _ in range(self._random.randint(1, 3 if depth else 6)))

    def _block(self, depth):
        kind = self._random.random()
        if kind < 0.6 or depth == 2:
            return paragraph(self.inline(), self._one("", '<w:jc w:val="center"/>'))
        if kind < 0.7:
            return control(self.blocks(depth + 1))
        rows = [f"<w:tr>{self._cell(depth)}{self._cell(depth)}</w:tr>" for _ in range(self._random.randint(1, 3))]
        return table(*(self._one(row, row, control(row)) for row in rows))

    def _cell(self, depth):
        content = paragraph(self.inline()) if self._random.random() < 0.7 else self.blocks(depth + 1)
        return cell(
            content + self._one("", paragraph("")) if content.endswith("</w:p>") else content + "<w:p/>",
            self._one(*SHADES),
        )

    def inline(self, depth=0):
        """What stands in a paragraph."""
        return "".join(self._piece(depth) for _ in range(self._random.randint(1, 4)))

    def _piece(self, depth):
        kind = self._random.random()
        if kind < 0.5:
            text = "".join(self._random.choices("甲乙丙12，。 ", k=self._random.randint(1, 6)))
            properties = self._one("", "", "<w:b/>", '<w:color w:val="FF0000"/>', "<w:vanish/>")
            return run(text, properties, self._one("", ' xml:space="preserve"'))
        if kind < 0.8 or depth == 3:
            return self._one(*ODD)
        inside = self.inline(depth + 1)
        return self._one(field(inside), *(each.format(inside) for each in AROUND))

    def _one(self, *choices):
        return self._random.choice(choices)


def comment(number, author, key, text):
    inside = f'<w:p w14:paraId="{key}"><w:r><w:t>{text}</w:t></w:r></w:p>'
    return f'<w:comment w:id="{number}" w:author="{author}">{inside}</w:comment>'


NOTES = '<w:{0} w:id="1"><w:p><w:r><w:t>注中甲乙丙</w:t></w:r></w:p></w:{0}>'
OTHERS = comment(7, "甲", "00000001", "请看") + comment(8, "乙", "00000002", "看过")
REPLIES = (
    '<w15:commentEx w15:paraId="00000001" w15:done="0"/>'
    '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/>'
)
EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
PARTS = (
    ("footnotes", "footnotes.xml", part("footnotes", NOTES.format("footnote"))),
    ("endnotes", "endnotes.xml", part("endnotes", NOTES.format("endnote"))),
    ("comments", "comments.xml", part("comments", OTHERS)),
    (EXTENDED, "commentsExtended.xml", part("commentsEx", REPLIES).replace("w:commentsEx", "w15:commentsEx")),
)
