"""What readers saw beside the text, or could not see, in words."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from gilint.model import Note

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "tracked-changes": "含 {count} 处未处理的修订，按全部接受后的文字检查",
        "comments": "含 {count} 条批注，未检查其内容",
        "hidden-text": "含 {count} 处隐藏文字，未检查",
        "pictures": "含 {count} 张图片，图中的文字和表格未检查",
        "embedded-objects": "含 {count} 个嵌入对象，其内容未检查",
        "hidden-sheets": "含 {count} 个隐藏的工作表，未检查",
        "hidden-cells": "隐藏的行或列里有 {count} 个单元格，未检查",
        "formulas-without-values": "有 {count} 个公式没有存下结果，按空白读取",
        "unmapped-text": "有 {count} 个字符在字体中没有对应的文字，无法读出",
        "undecodable-text": "有 {count} 个字符已损坏，无法读出",
        "decoded-part": "网页保存在单个文件中，位置（行、列）以其中解码后的 HTML 为准",
        "converted": "由 {text} 转换后检查，位置以转换后的 .docx 为准",
    },
    "en": {
        "tracked-changes": "{count} tracked changes remain; the text is judged as if all were accepted",
        "comments": "{count} comments remain; they are not judged",
        "hidden-text": "{count} pieces of hidden text are not judged",
        "pictures": "{count} pictures; text and tables in them are not judged",
        "embedded-objects": "{count} embedded objects are not judged",
        "hidden-sheets": "{count} hidden sheets are not judged",
        "hidden-cells": "{count} cells in hidden rows or columns are not judged",
        "formulas-without-values": "{count} formulas have no stored value and are read as blank",
        "unmapped-text": "{count} characters have no meaning in their font and could not be read",
        "undecodable-text": "{count} characters are damaged and could not be read",
        "decoded-part": "places (line, column) are those of the HTML inside the saved page, decoded",
        "converted": "converted by {text}; places are those of the converted .docx",
    },
}


def note_text(note: Note, lang: str) -> str:
    """A note in words; one of a kind that a plugin brings says it itself."""
    words = WORDS["zh" if lang == "zh" else "en"].get(note.kind)
    return words.format(count=note.count, text=note.text) if words else note.text or note.kind
