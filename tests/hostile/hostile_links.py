"""Files that reach out: to an address that nobody may call, to a file that nobody may read, to programs.

``reaching(address, secret)`` makes them for a server and a file of the test. All of them are whole reports otherwise.
"""

from forging import changed, fixture, pdf_pages, unzipped, zipped
from hostile_html import PAGE, mail, page_with
from hostile_office import rtf_with
from hostile_xml import DOCX, ODT, TEXT, docx_with, odt_with
from registry import Hostile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def reaching(address, secret):
    """{name: (file name, bytes)}; ``address`` ends with a slash, ``secret`` is an absolute path."""
    made = {**_documents(address, secret), **_pages(address, secret), **_others(address, secret)}
    return [Hostile(name, file, lambda data=data: data) for name, (file, data) in made.items()]


def _relation(number, kind, target):
    return f'<Relationship Id="x{number}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'


KINDS = [
    "attachedTemplate",
    "image",
    "hyperlink",
    "oleObject",
    "aFChunk",
    "subDocument",
    "frame",
    "video",
    "styles",
    "numbering",
]


def _documents(address, secret):
    targets = (address, f"file://{secret}", r"\\127.0.0.1\share\x")
    relations = "".join(
        _relation(number * 10 + place, kind, target + (kind if target == address else ""))
        for number, kind in enumerate(KINDS)
        for place, target in enumerate(targets)
    )
    end = b"</Relationships>"
    rels = unzipped(DOCX)["word/_rels/document.xml.rels"].replace(end, relations.encode() + end)
    instructions = (
        f'INCLUDETEXT "{secret}"',
        f'INCLUDEPICTURE "{address}field.png"',
        'DDEAUTO "touch" "gilint-was-here"',
        f'HYPERLINK "{address}link"',
    )
    fields = "".join(
        f"<w:p><w:fldSimple w:instr=' {instruction} '><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>"
        for instruction in instructions
    )
    included = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{secret}" parse="text"/>'
    spaces = f'<w:p xmlns:x="{address}ns" x:schemaLocation="{address}xsd"/>'
    return {
        "docx-with-relations-to-elsewhere": ("a.docx", changed(DOCX, word___rels__document_xml_rels=rels)),
        "docx-with-fields-that-include": ("b.docx", docx_with(fields.encode())),
        "docx-whose-namespaces-are-addresses": ("c.docx", docx_with(spaces.encode())),
        "docx-with-a-stylesheet": ("d.docx", _declared(f'<?xml-stylesheet type="text/xsl" href="{address}xsl"?>')),
        "docx-that-includes-xml": ("e.docx", docx_with(included.encode())),
        "docx-with-an-entity-of-an-address": (
            "f.docx",
            _declared(f'<!DOCTYPE x SYSTEM "{address}dtd" [<!ENTITY a SYSTEM "{address}entity">]>'),
        ),
        "docx-with-an-entity-of-a-file": ("g.docx", _declared(f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>')),
        **_other_documents(address, secret),
    }


def _declared(declaration):
    """The report with something in front of its root element, and a use of the entity ``a`` if that declares one."""
    used = b"<w:p><w:r><w:t>&a;</w:t></w:r></w:p>" if "ENTITY a" in declaration else b""
    text = TEXT.replace(b"?>", b"?>" + declaration.encode(), 1)
    return changed(DOCX, word__document_xml=text.replace(b"<w:sectPr", used + b"<w:sectPr", 1))


def _other_documents(address, secret):
    links = "".join(
        f'<text:p><draw:frame><draw:image xlink:href="{target}"/></draw:frame><text:a xlink:href="{target}">x</text:a>'
        f'<text:section xlink:href="{target}"><text:section-source xlink:href="{target}"/></text:section></text:p>'
        for target in (f"{address}odt", f"file://{secret}", "../../../../etc/passwd")
    )
    script = '<office:script script:language="ooo:Basic">Shell("touch gilint-was-here")</office:script>'
    content = unzipped(ODT)["content.xml"]
    content = content.replace(b"?>", f'?><!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>'.encode(), 1)
    content = content.replace(b"</office:text>", b"<text:p>&a;</text:p></office:text>")
    workbook = unzipped(fixture("clean-2024.xlsx"))
    formula = f'<row r="90"><c r="A90"><f>WEBSERVICE("{address}sheet")</f></c></row></sheetData>'
    sheet = "xl/worksheets/sheet1.xml"
    workbook[sheet] = workbook[sheet].replace(b"</sheetData>", formula.encode())
    workbook["xl/externalLinks/externalLink1.xml"] = f'<x><ddeLink ddeService="{address}"/></x>'.encode()
    return {
        "odt-with-links": ("a.odt", odt_with(links.encode())),
        "odt-with-a-macro": ("b.odt", odt_with(f"<office:scripts>{script}</office:scripts>".encode())),
        "odt-with-an-entity-of-a-file": ("c.odt", changed(ODT, content_xml=content)),
        "xlsx-with-links": ("a.xlsx", zipped(workbook)),
    }


def _pages(address, secret):
    body = f"""<script>fetch("{address}script"); location = "{address}location"</script>
<script src="{address}script.js"></script><img src="{address}img" onerror="x()"><iframe src="{address}iframe"></iframe>
<object data="{address}object"></object><link rel=stylesheet href="{address}css"><video src="{address}video"></video>
<style>@import url({address}style); p {{ background: url({address}background) }}</style><embed src="file://{secret}">
<img src="file://{secret}"><form action="{address}form"></form><!--#include file="{secret}" -->
<!--#exec cmd="touch gilint-was-here" --><svg><image href="{address}svg"/><use href="{address}use"/></svg>
<meta http-equiv=refresh content="0; url={address}refresh"><base href="{address}"><a href="{address}a">x</a>"""
    parts = [
        ("text/html; charset=utf-8", "8bit", PAGE.decode().replace("</body>", body + "</body>")),
        (f'message/external-body; access-type=URL; URL="{address}external"', "7bit", ""),
    ]
    refresh = f'<meta http-equiv=refresh content="0; url={address}refresh"><link rel=import href="{address}import">'
    return {
        "html-that-loads-and-runs": ("a.html", page_with(body.encode())),
        "html-that-moves-on": ("b.html", PAGE.replace(b"<head>", f'<head><base href="{address}">{refresh}'.encode())),
        "html-with-a-document-type-elsewhere": (
            "c.html",
            f'<!DOCTYPE html SYSTEM "{address}dtd" [<!ENTITY a SYSTEM "file://{secret}">]>\n<p>&a;'.encode() + PAGE,
        ),
        "mhtml-with-parts-elsewhere": ("a.mhtml", mail(parts)),
    }


def _others(address, secret):
    fields = "".join(
        f"{{\\field{{\\*\\fldinst {instruction}}}{{\\fldrslt x}}}}"
        for instruction in (
            f'INCLUDEPICTURE "{address}rtf.png" \\\\d',
            f'INCLUDETEXT "{secret}"',
            f'HYPERLINK "{address}link"',
            'DDEAUTO "touch" "gilint-was-here"',
        )
    )
    actions = f"""<< /Type /Catalog /Pages 2 0 R /OpenAction [<< /S /URI /URI ({address}uri) >>]
/AA << /WC << /S /Launch /F (touch) >> >>
/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.launchURL\\("{address}js"\\)) >>] >> >>
/AcroForm << /XFA [(template) 7 0 R] >> >>"""
    target = address.encode().hex()
    linked = f"{{\\object\\objautlink\\objupdate{{\\*\\objclass Word.Document}}{{\\*\\objdata {target}}}}}"
    yaml = f'version: 1\ntitle: !!python/object/apply:urllib.request.urlopen ["{address}yaml"]\nx: !include {secret}\n'
    return {
        "rtf-with-fields-that-include": ("a.rtf", rtf_with(fields.encode())),
        "rtf-with-a-template-elsewhere": ("b.rtf", rtf_with(f"{{\\*\\template {address}template.dotm}}".encode())),
        "rtf-with-a-linked-object": (
            "c.rtf",
            rtf_with(linked.encode()),
        ),
        "pdf-with-actions": (
            "a.pdf",
            pdf_pages(
                [b"BT /F1 12 Tf 72 700 Td (2024) Tj ET"],
                o1=actions.encode(),
                o7=b"<< /Length 0 >>\nstream\n\nendstream",
                o4=f"<< /Type /Filespec /FS /URL /F ({address}file) >>".encode(),
            ),
        ),
        "json-with-references": (
            "a.json",
            f'{{"$ref": "{address}json", "$schema": "file://{secret}", "version": 1}}'.encode(),
        ),
        "yaml-with-objects": ("a.yaml", yaml.encode()),
        "zip-of-pages": ("a.zip", zipped({"a.html": page_with(f'<img src="{address}zip">'.encode())})),
        "svg-named-html": (
            "d.html",
            f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}svg"/></svg>'.encode(),
        ),
    }
