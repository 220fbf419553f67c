"""The package of an annotated copy: untouched members keep their bytes, others only gain what comments need."""

from __future__ import annotations

import io
import posixpath
import zipfile

from gilint.annotation.marks import END, START, drop
from gilint.annotation.threads import THREAD, part_threads
from gilint.errors import InputError
from gilint.readers.docx.names import COMMENT as REFERENCE
from gilint.readers.docx.names import ID, PARAGRAPH, RUN, RUN_PROPERTIES, SPACE, TEXT, W
from gilint.readers.docx.parts import AUTHOR, BEGINNING, INITIALS, SIGN, STRICT, WRITER, Parts, is_own
from gilint.readers.package import Package, damaged, parse_xml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gilint.limits import Limits

COMMENT, COMMENTS, BOLD = f"{W}comment", f"{W}comments", f"{W}b"
TYPES = "[Content_Types].xml"
TYPES_SPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS_SPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
NO_COMMENTS = b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


class Copy:
    """A package to be changed. Raises ``InputError`` as the reader does, and ``strict-format``."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self.parts = Parts(data, name, limits)
        self.main = self.parts._main
        self._package = Package(data, name, limits)
        self._contents = {member: self._package.read(member) for member in self._package.names}
        self._new: dict[str, bytes] = {}
        if STRICT in self.read(self.main)[:BEGINNING]:
            raise _strict(name)

    @property
    def signed(self) -> bool:
        return any(member.startswith("_xmlsignatures/") for member in self._contents)

    def __contains__(self, member: str) -> bool:
        return member in self._contents or member in self._new

    def read(self, member: str) -> bytes:
        return self._new.get(member) or self._contents[member]

    def write(self, member: str, root: Any) -> None:
        self._new[member] = self.serialized(root)

    def document(self) -> Any:
        return self.tree(self.main)

    def put(self, root: Any) -> None:
        self.write(self.main, root)

    def tree(self, member: str) -> Any:
        """The root element of a member, with all that stands in it. Raises ``InputError`` for damaged XML."""
        from lxml import etree

        content = self.read(member)
        parse_xml(content, f"{self.name}!/{member}")
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True))

    @staticmethod
    def serialized(root: Any) -> bytes:
        from lxml import etree

        content: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
        return content

    def content(self) -> bytes:
        """The bytes of the package: members in their order, new ones behind them, with dates that do not change."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in self._contents.items():
                archive.writestr(_entry(member), self._new.get(member, content))
            for member, content in self._new.items():
                if member not in self._contents:
                    archive.writestr(_entry(member), content)
        return out.getvalue()


class CommentPart:
    """The comments of a document; ``next_number`` is the number of the one that is added next."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._folder, _, file = copy.main.rpartition("/")
        self._relations = posixpath.join(self._folder, "_rels", f"{file}.rels")
        self._member = copy.parts._part("comments") or ""
        if self._member:
            self._root = copy.tree(self._member)
            if self._root.tag != COMMENTS:
                raise damaged(copy.name, f"{self._member} holds no comments", f"{self._member} 不是批注")
        else:
            self._root = parse_xml(NO_COMMENTS, copy.name)
            self._relate()
        self._declare()
        self.next_number = 0

    def remove_own(self, root: Any) -> set[str]:
        """Remove the comments of an earlier run; their numbers, which new ones take, but none that ``root`` refers to.

        A damaged document may have marks of comments that are not there.
        """
        own = [one for one in self._root.iterchildren(COMMENT) if is_own(one)]
        part_threads(self._copy, {paragraph.get(THREAD) for one in own for paragraph in one.iter(PARAGRAPH)})
        for one in own:
            drop(one)
        found = {one.get(ID, "") for one in own}
        marks = root.iter(START, END, REFERENCE)
        numbers = [one.get(ID, "") for one in (*self._root.iterchildren(COMMENT), *marks)]
        taken = [int(number) for number in numbers if number.isdecimal() and number not in found]
        self.next_number = max(taken, default=-1) + 1
        return found

    def add(self, lines: Sequence[str]) -> None:
        """Add a comment of these lines, the first of which stands out."""
        comment = self._root.makeelement(COMMENT, {ID: str(self.next_number), WRITER: AUTHOR, SIGN: INITIALS})
        self.next_number += 1
        for line in lines:
            paragraph = comment.makeelement(PARAGRAPH)
            run = paragraph.makeelement(RUN)
            if not len(comment):
                run.append(run.makeelement(RUN_PROPERTIES))
                run[0].append(run.makeelement(BOLD))
            text = run.makeelement(TEXT, {SPACE: "preserve"})
            text.text = "".join(character for character in line if character.isprintable())
            run.append(text)
            paragraph.append(run)
            comment.append(paragraph)
        self._root.append(comment)

    def save(self) -> None:
        self._copy.write(self._member, self._root)

    def _relate(self) -> None:
        """Lead from the document to a part for comments: to the one that is missing, or a new one."""
        copy, number = self._copy, 1
        relations = copy.tree(self._relations) if self._relations in copy else parse_xml(NO_RELATIONS, copy.name)
        for one in relations:
            if one.get("Type") == COMMENTS_RELATION and one.get("TargetMode") != "External":
                target = posixpath.join("/", self._folder, one.get("Target", ""))
                self._member = posixpath.normpath(target).lstrip("/")
                return
        self._member = posixpath.join(self._folder, "comments.xml")
        while self._member in copy:
            number += 1
            self._member = posixpath.join(self._folder, f"comments{number}.xml")
        taken = {one.get("Id") for one in relations}
        key = next(f"rIdGilint{at}" for at in range(1, len(taken) + 2) if f"rIdGilint{at}" not in taken)
        values = {"Id": key, "Type": COMMENTS_RELATION, "Target": posixpath.basename(self._member)}
        relations.append(relations.makeelement(f"{RELATIONS_SPACE}Relationship", values))
        copy.write(self._relations, relations)

    def _declare(self) -> None:
        """Say of what type the part is, unless that is said; Word takes no part whose type is missing."""
        copy, name = self._copy, f"/{self._member}"
        if TYPES not in copy:
            raise damaged(copy.name, f"there is no {TYPES}", f"缺少 {TYPES}")
        types = copy.tree(TYPES)
        if any(one.get("PartName", "").lower() == name.lower() for one in types):
            return
        types.append(types.makeelement(f"{TYPES_SPACE}Override", {"PartName": name, "ContentType": COMMENTS_TYPE}))
        copy.write(TYPES, types)


def _entry(member: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(member)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _strict(name: str) -> InputError:
    return InputError(
        "strict-format",
        name,
        {
            "zh": "“严格 Open XML”格式的文档不能写入批注",
            "en": "a document in the format Strict Open XML cannot be annotated",
        },
        {"zh": "请在 Word 中另存为普通的 .docx", "en": "save it in Word as an ordinary .docx"},
    )
