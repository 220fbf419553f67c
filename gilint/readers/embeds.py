"""What holds no text by itself: pictures and embedded objects, which readers tell of and cannot read."""

from __future__ import annotations

from gilint.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from gilint.model import Note

PICTURES, OBJECTS = "pictures", "embedded-objects"
"""Kinds of notes; a table may stand in either."""


def only_embeds(name: str, notes: Iterable[Note]) -> InputError | None:
    """The error for a document without text in which ``notes`` tell of pictures or objects; ``None`` without them."""
    counts = {note.kind: note.count for note in notes}
    pictures, objects = counts.get(PICTURES), counts.get(OBJECTS)
    what = [(f"{pictures} 张图片", f"{pictures} pictures")] if pictures else []
    what += [(f"{objects} 个嵌入对象", f"{objects} embedded objects")] if objects else []
    if not what:
        return None
    zh, en = "和".join(zh for zh, _en in what), " and ".join(en for _zh, en in what)
    return InputError(
        "no-text",
        name,
        {"zh": f"文件里没有文字，只有{zh}", "en": f"there is no text in it, only {en}"},
        {
            "zh": "请检查含文字的原稿；只有扫描件时，先用文字识别（OCR）转换并核对，再检查",
            "en": "check the original that holds the text; if there are scans only, recognise (OCR) and proofread them",
        },
    )
