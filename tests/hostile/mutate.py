"""Valid files made a little wrong, in the ways of their format, all by the ``random`` that is given."""

import copy
import json
import re
import zlib

from forging import unzipped, zipped

ODD_NUMBERS = (
    *["0", "-1", "1", "2", "65534", "99999999", "4294967296", "1.5", "1e9", "abc", "１２", "²", "NaN"],
    "9" * 30,
    "",
    " 3 ",
)
ODD_WORDS = (
    *ODD_NUMBERS,
    *["1,288", "—", "/", "无", "（一）", "一、总体情况", "\u202e", "\ufeff", "😀", "￥12.50万元"],
    *("\u3000", "1 288", "12\n13", "x" * 3000),
)
ODD_BYTES = (
    *rb"""< > & " %""".split(),
    b"\n",
    b"\x00",
    b"\xff",
    b"\xff" * 4,
    b"\0\0\0\x80",
    b"\xed\xa0\x80",
    b"PK\x03\x04",
)


# --- bytes ------------------------------------------------------------------------------------------------------------


def slice_of(length, random):
    """A piece of something so long, mostly a short one."""
    start = random.randrange(length + 1)
    return start, min(length, start + int(random.choice((1, 2, 4, 16, 64, 512, length / 4 + 1)) * random.random()) + 1)


def change_bytes(data, random, tokens=ODD_BYTES):
    """A few bytes flipped, set, removed, repeated, moved or put in; or the end cut off."""
    for _time in range(random.choice((1, 1, 1, 2, 4))):
        start, end = slice_of(len(data), random)
        piece = data[start:end]
        kind = random.randrange(8)
        if kind == 0:
            data = (
                data[:start]
                + bytes(byte ^ (1 << random.randrange(8)) for byte in piece[:4])
                + data[start + len(piece[:4]) :]
            )
        elif kind == 1:
            data = data[:start] + data[end:]
        elif kind == 2:
            data = data[:end] + piece * random.choice((1, 2, 20)) + data[end:]
        elif kind == 3:
            data = data[:start] if random.random() < 0.3 else data
        elif kind == 4:
            token = random.choice(tokens)
            data = data[:start] + token + data[start + random.choice((0, len(token))) :]
        elif kind == 5:
            other, _ = slice_of(len(data), random)
            data = data[:other] + piece + data[other:]
        elif kind == 6:
            data = data[:start] + bytes(len(piece)) + data[end:]
        else:
            numbers = [match.span() for match in re.finditer(rb"\d+", data[start : start + 2000])]
            if numbers:
                first, last = random.choice(numbers)
                data = data[: start + first] + random.choice(ODD_NUMBERS).encode() + data[start + last :]
    return data


# --- text -------------------------------------------------------------------------------------------------------------


def change_text(data, random):
    """Lines dropped, doubled, swapped, joined or broken; words set in; or bytes changed."""
    if random.random() < 0.2:
        return change_bytes(data, random)
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    for _time in range(random.choice((1, 2, 5, 20))):
        at = random.randrange(len(lines))
        kind = random.randrange(7)
        if kind == 0 and len(lines) > 1:
            del lines[at]
        elif kind == 1:
            lines[at:at] = lines[at : at + random.randrange(1, 10)]
        elif kind == 2:
            other = random.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 3:
            lines[at : at + 2] = [random.choice(("", " ", "\t", "|")).join(lines[at : at + 2])]
        elif kind == 4:
            place = random.randrange(len(lines[at]) + 1)
            lines[at : at + 1] = [lines[at][:place], lines[at][place:]]
        else:
            words = re.split(r"([\t |]+)", lines[at])
            words[random.randrange(len(words))] = random.choice(ODD_WORDS)
            lines[at] = "".join(words)
    return "\n".join(lines).encode("utf-8", "surrogateescape")


# --- trees of XML -----------------------------------------------------------------------------------------------------

PARSED = {}


def change_tree(content, random):
    """Elements dropped, repeated, moved, renamed, nested or emptied, their attributes and text set to something odd."""
    from lxml import etree

    root = PARSED.get(content)
    if root is None:
        try:
            root = PARSED[content] = etree.fromstring(content)
        except etree.XMLSyntaxError:
            return change_bytes(content, random)
    root = copy.deepcopy(root)
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    for _time in range(random.choice((1, 2, 4, 8))):
        one, other = random.choice(elements), random.choice(elements)
        parent = one.getparent()
        if parent is None:
            continue
        kind = random.randrange(9)
        if kind == 0:
            parent.remove(one)
        elif kind == 1:
            for _copy in range(random.choice((1, 2, 30))):
                parent.insert(parent.index(one), copy.deepcopy(one))
        elif kind == 2 and not any(above is one for above in other.iterancestors()) and other is not one:
            other.insert(random.randrange(len(other) + 1), one)
        elif kind == 3:
            one.tag = other.tag
        elif kind == 4:
            inner = one
            for _level in range(random.choice((1, 3, 60))):
                inner = etree.SubElement(inner, one.tag, dict(one.attrib))
            inner.extend([copy.deepcopy(child) for child in list(one)[:-1][:5]])
        elif kind == 5:
            one.text = _allowed(random.choice(ODD_WORDS))
        elif kind == 6:
            for child in list(one):
                one.remove(child)
        else:
            _change_attributes(one, random.choice([two for two in elements[:400] if two.attrib] or [other]), random)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _change_attributes(one, other, random):
    target = one if one.attrib or random.random() < 0.3 else other
    names = list(target.attrib) or list(other.attrib)
    if not names:
        return
    name = random.choice(names)
    if random.random() < 0.2 and name in target.attrib:
        del target.attrib[name]
    else:
        target.set(name, _allowed(random.choice(ODD_NUMBERS)))


def _allowed(word):
    return "".join(one for one in word if one >= " " or one in "\n\t")


def change_xml(data, random):
    return (change_tree if random.random() < 0.8 else change_bytes)(data, random)


# --- packages ---------------------------------------------------------------------------------------------------------

UNPACKED = {}
IMPORTANT = ("word/document.xml", "content.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.bin")
PARTS = [
    "word/numbering.xml",
    "word/styles.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "styles.xml",
    "xl/styles.xml",
]
ENDS = (".rels", "Types].xml", "meta.xml", "core.xml")


def change_package(data, random):
    """One part of a package changed, as a tree or as bytes; or parts dropped, swapped and renamed; or the archive."""
    members = UNPACKED.setdefault(data, unzipped(data))
    members = dict(members)
    kind = random.random()
    if kind < 0.75:
        parts = [name for name in IMPORTANT if name in members]
        if random.random() < 0.3:
            parts = [name for name in members if name in PARTS or name.endswith(ENDS)]
        part = random.choice(parts)
        members[part] = (change_bytes if part.endswith(".bin") else change_xml)(members[part], random)
    elif kind < 0.9:
        one, other = random.choice(list(members)), random.choice(list(members))
        how = random.randrange(3)
        if how == 0:
            del members[one]
        elif how == 1:
            members[one], members[other] = members[other], members[one]
        else:
            members[random.choice((one.upper(), one + "/", "/" + one, one.replace("/", "\\"), ""))] = members.pop(one)
    else:
        return change_bytes(data, random)
    return zipped(members, 0)


# --- web pages --------------------------------------------------------------------------------------------------------

TAG = re.compile(rb"<[^<>]*>")
TAGS = (
    *b"<table> </table> <tr> </tr> <td> </td> <tbody> <caption> <p> </p> <br> <div> </div> <li> <b> </b> <svg>".split(),
    *b"<!-- --> <script> </script> <style> <template> <select> <textarea> <nav> <footer> </body> <html>".split(),
    *b"<noscript> <iframe> <plaintext> <![CDATA[ &nbsp; &#0; &#xD800;".split(),
    *(b"<th colspan=3>", b"<td rowspan=2>", b"<a href=x>", b"<td style='display:none'>", b"<div hidden>", b"<?xml ?>"),
)


def change_page(data, random):
    """Tags dropped, doubled, moved and put in, spans set to something odd; or words and bytes changed."""
    if random.random() < 0.15:
        return change_bytes(data, random, TAGS)
    spans = [match.span() for match in TAG.finditer(data)]
    if not spans:
        return change_bytes(data, random, TAGS)
    edits = []
    for _time in range(random.choice((1, 2, 5, 20))):
        start, end = random.choice(spans)
        tag = data[start:end]
        kind = random.randrange(7)
        if kind == 0:
            edits.append((start, end, b""))
        elif kind == 1:
            edits.append((start, end, tag * random.choice((2, 3, 50))))
        elif kind == 2:
            other, _end = random.choice(spans)
            edits.append((other, other, tag))
        elif kind == 3:
            edits.append((end, end, random.choice(TAGS)))
        elif kind == 4:
            edits.append((end, end, random.choice(ODD_WORDS).encode()))
        else:
            name = random.choice((b"rowspan", b"colspan", b"style", b"class", b"charset"))
            value = b' %s="%s"' % (name, random.choice(ODD_NUMBERS).encode())
            edits.append((start, end, tag[:-1] + value + b">" if tag[1:2] != b"/" else tag))
    for start, end, piece in sorted(edits, reverse=True):
        data = data[:start] + piece + data[end:]
    return data


# --- values -----------------------------------------------------------------------------------------------------------

ODD_VALUES = (
    *(None, True, False, 0, -1, 1.5, 10**40, [], {}, [[]], [None], {"a": 1}),
    *("", "1", "１２", "1,288", "/", "\ud800", "一" * 2000),
)


def change_value(value, random):
    """A value of JSON with parts of another type, dropped, doubled, or under another name."""
    value = copy.deepcopy(value)
    places = []

    def walk(inside):
        for key in list(inside) if isinstance(inside, dict) else range(len(inside)):
            places.append((inside, key))
            if isinstance(inside[key], dict | list):
                walk(inside[key])

    walk(value)
    for _time in range(random.choice((1, 1, 2, 5))):
        inside, key = random.choice(places)
        kind = random.randrange(5)
        if not _stands(inside, key):
            continue
        if kind == 0:
            del inside[key]
        elif kind == 1 and isinstance(inside, dict):
            inside[random.choice((f"{key}x", "", key.upper(), "key", "title"))] = inside.pop(key)
        elif kind == 2 and isinstance(inside, list):
            inside.insert(random.randrange(len(inside) + 1), inside[key])
        elif kind == 3:
            other, name = random.choice(places)
            if _stands(other, name):
                inside[key] = copy.deepcopy(other[name])
        else:
            inside[key] = random.choice(ODD_VALUES)
    return value


def _stands(inside, key):
    """Whether a list or mapping still has an item."""
    return key < len(inside) if isinstance(inside, list) else key in inside


JSON_BYTES = (*ODD_BYTES, *rb"[ ] { } , : null \u0000 \ud800".split())


def change_json(data, random):
    if random.random() < 0.25:
        return change_bytes(data, random, JSON_BYTES)
    text = json.dumps(change_value(json.loads(data), random), ensure_ascii=random.random() < 0.3)
    return text.encode("utf-8", "surrogatepass")


YAML_BYTES = (*ODD_BYTES, *(b"%s " % mark for mark in b"&a *a !!str !x - : ? | > { [ # ' <<:".split()), b"\t", b"---\n")


def change_yaml(data, random):
    if random.random() < 0.5:
        return change_bytes(data, random, YAML_BYTES)
    import yaml

    value = change_value(yaml.safe_load(data), random)
    return yaml.safe_dump(value, allow_unicode=random.random() < 0.7, sort_keys=False).encode("utf-8", "surrogatepass")


# --- PDF --------------------------------------------------------------------------------------------------------------

STREAM = re.compile(rb"(/Length )(\d+)([^>]*/Filter ?/FlateDecode[^>]*>>\s*stream\r?\n)")
OBJECT = re.compile(rb"\n\d+ 0 obj.*?endobj", re.DOTALL)
REFERENCE = re.compile(rb"(\d+) 0 R")
OPERATORS = (b"Tj", b"re", b"l", b"cm", b"q", b"Q", b"BT", b"ET", b"0 0 Td", b"1 0 0 1 9 9 Tm", b"Do")
PDF_BYTES = (*ODD_BYTES, *(b" %s " % operator for operator in OPERATORS))


def change_pdf(data, random):
    """Numbers, references and objects changed, and what is in packed streams; or bytes."""
    kind = random.random()
    if kind < 0.15:
        return change_bytes(data, random)
    if kind < 0.65:
        return _change_stream(data, random)
    objects = [match.span() for match in OBJECT.finditer(data)]
    start, end = random.choice(objects) if objects else (0, len(data))
    head = data[start:end].partition(b"stream")[0]
    how = random.randrange(4)
    if how == 0:
        changed = b""
    elif how == 1:
        changed = head + head + data[start + len(head) : end]
    else:
        pattern = REFERENCE if how == 2 else re.compile(rb"-?\d+(?:\.\d+)?")
        found = [match.span(1 if how == 2 else 0) for match in pattern.finditer(head)]
        changed = data[start:end]
        if found:
            first, last = random.choice(found)
            value = str(random.randrange(60)).encode() if how == 2 else random.choice(ODD_NUMBERS).encode()
            changed = changed[:first] + value + changed[last:]
    return data[:start] + changed + data[end:]


def _change_stream(data, random):
    """One of the packed streams, unpacked, changed as text and packed again."""
    found = list(STREAM.finditer(data))
    if not found:
        return change_bytes(data, random)
    match = random.choice(found[:40] if random.random() < 0.6 else found)
    end = match.end() + int(match[2])
    try:
        content = zlib.decompress(data[match.end() : end])
    except zlib.error:
        return change_bytes(data, random)
    packed = zlib.compress(change_bytes(content, random, PDF_BYTES), 1)
    return data[: match.start()] + match[1] + b"%d" % len(packed) + match[3] + packed + data[end:]


# --- old Office, RTF -------------------------------------------------------------------------------------------------


def change_compound(data, random):
    """Sectors moved, dropped and doubled, and numbers of the header, the tables of sectors and the records set."""
    kind = random.randrange(5)
    sectors = len(data) // 512
    if kind == 0:
        at = random.randrange(512) & ~1
    elif kind == 1:
        at = (
            random.choice((sectors - 1, sectors - 2, 1, random.randrange(sectors))) * 512 + random.randrange(512)
        ) & ~3
    elif kind == 2:
        one, other = random.randrange(1, sectors) * 512, random.randrange(1, sectors) * 512
        return data[:one] + data[other : other + 512] + data[one + 512 :]
    elif kind == 3:
        at = random.randrange(len(data))
    else:
        return change_bytes(data, random)
    value = random.choice(
        (b"\xff\xff", b"\0\0", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\1\0", random.randbytes(2))
    )
    return data[:at] + value + data[at + len(value) :]


RTF_TOKENS = (*rb"{ } \par{} \cell{} \row{} \trowd \cellx-1 \bin9999 \u-10179? \'ff \ansicpg0".split(), b"{\\*\\x ")


def change_rtf(data, random):
    return change_bytes(data, random, RTF_TOKENS)
