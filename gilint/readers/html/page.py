"""A page as a document: its article, what the page says of itself, and what could not be read."""

from __future__ import annotations

from gilint.errors import InputError
from gilint.late import late
from gilint.model import Document, Grid, Note, Paragraph
from gilint.readers.html.article import article
from gilint.readers.html.blocks import Collector
from gilint.readers.html.head import metadata
from gilint.readers.html.positions import START, PageOrigin, PageSource
from gilint.readers.html.tree import body_of, parse, styled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gilint.limits import Limits
    from gilint.readers.html.charset import Decoded
    from gilint.readers.html.lines import Block
    from gilint.readers.html.tree import Element

MOST_TAGS = 300_000
"""A report has a few thousand; each takes up some hundred bytes."""
LARGE = 1_000_000
"""A source of so many characters is not kept for its places."""
SHORTEST = 40
"""A page of fewer characters says at most that it is being loaded."""
SMALLEST_PICTURE = 48
"""Pictures of fewer pixels are ornaments."""
SMALLEST_DATA = 4000
"""The same for pictures that stand in the page itself, by the characters that they take up there."""
ORNAMENT = late(r"icon|spacer|blank|pixel|arrow|logo|qrcode|ewm|filetype|emoji", 2)
PIXELS = late(r"\s*(\d{1,5})")


def read_page(
    decoded: Decoded, kind: str, name: str, limits: Limits, known: Mapping[str, str] | None = None
) -> Document:
    """The article of a decoded page; ``known`` is metadata that stands outside of it.

    Raises ``InputError``: ``no-text`` when there is nothing to read, ``too-large`` beyond the limits.
    """
    _refuse_large(decoded.text, name, limits)
    source = PageSource(decoded.text)
    root = parse(decoded.text)
    collector = Collector(source, name, limits, styled(root, decoded.text))
    body = body_of(root)
    if body is not None:
        collector.collect(body)
    found, titles = metadata(root)
    kept = article(collector.blocks, collector.boxes, titles)
    blocks = [collector.blocks[index] for index in kept]
    length = sum([len(content) if isinstance(content, str) else SHORTEST for content, *_ in blocks])
    if length < SHORTEST:
        raise _no_text(name)
    within = range(kept[0] + 1, kept[-1] + 1)
    pictures = [element for at, element in collector.pictures if at in within and _is_seen(element)]
    embedded = [element for at, element in collector.embedded if at in within and _is_seen(element)]
    document = Document(
        name=name,
        format=kind,
        encoding=decoded.encoding,
        blocks=tuple([_block(block, source) for block in blocks]),
        metadata={**(known or {}), **found},
        notes=tuple(_notes(source, pictures, embedded, decoded.undecodable)),
        keeps_tables=None if pictures or embedded else True,
    )
    # A document of too much text is refused when it is read, and needs no places.
    if len(decoded.text) > LARGE and length <= limits.characters:
        source.settle(_origins(document))
    return document


def _origins(document: Document) -> Iterator[PageOrigin]:
    """All places of a document."""
    rows = [row for block in document.blocks for row in (block.rows if isinstance(block, Grid) else ((block,),))]
    origins = [cell.origin for row in rows for cell in row] + [note.origin for note in document.notes]
    return (origin for origin in origins if isinstance(origin, PageOrigin))


def _block(block: Block, source: PageSource) -> Paragraph | Grid:
    content, anchors, _linked, level, _mark = block
    if isinstance(content, str):
        return Paragraph(content, PageOrigin((source, content, anchors)), level)
    return content


def _is_seen(element: Element) -> bool:
    """Whether a picture is large enough to hold a table, as far as the page says; an ornament shows by its name."""
    for side in ("width", "height"):
        pixels = PIXELS.match(element.attr(side) or "")
        if pixels and int(pixels[1]) < SMALLEST_PICTURE:
            return False
    # Pages that load their pictures late hold their address in another place.
    source = element.attr("data-src") or element.attr("data-original") or element.attr("src") or ""
    if source.startswith("data:"):
        return len(source) > SMALLEST_DATA
    return not ORNAMENT.search(source.rpartition("/")[2][:200])


def _notes(
    source: PageSource, pictures: Sequence[Element], embedded: Sequence[Element], undecodable: int
) -> Iterable[Note]:
    for kind, elements in (("pictures", pictures), ("embedded-objects", embedded)):
        if elements:
            origin = PageOrigin((source, "", ((0, elements[0].position or START, 0),)))
            yield Note(kind, len(elements), origin)
    if undecodable:
        yield Note("undecodable-text", undecodable)


def _refuse_large(text: str, name: str, limits: Limits) -> None:
    lines = text.count("\n") if len(text) > limits.lines else 0
    if lines > limits.lines:
        from gilint.readers.package import too_much

        raise too_much(name, f"网页有 {lines} 行", f"a page of {lines} lines", "lines", limits.lines)
    tags = text.count("<") if len(text) > MOST_TAGS else 0
    if tags > MOST_TAGS:
        raise InputError(
            "too-large",
            name,
            {
                "zh": f"网页有 {tags} 个标签，超过上限 {MOST_TAGS}",
                "en": f"{tags} tags are over the limit of {MOST_TAGS}",
            },
            {
                "zh": "一份报告通常不足 1 万个标签，请只保留报告正文",
                "en": "a report is usually below 10,000 tags: keep only its text",
            },
        )


def _no_text(name: str) -> InputError:
    return InputError(
        "no-text",
        name,
        {"zh": "网页里没有正文", "en": "there is no text in this page"},
        {
            "zh": "正文可能由脚本或框架载入：请在浏览器中打开网页，等正文出现后另存为“网页，全部”或 .mhtml，"
            "或把正文复制到文本文件中检查",
            "en": "scripts or frames may load it: open the page in a browser, save it when the text is there "
            "(complete, or as .mhtml), or copy the text into a file",
        },
    )
