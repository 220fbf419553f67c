"""The annotated copy: which comments there are, where each goes, and the package that holds them."""

from __future__ import annotations

from gilint.annotation.locating import Locator, Spot
from gilint.annotation.marks import Marker, strip_marks
from gilint.annotation.package import CommentPart, Copy
from gilint.annotation.saying import comment_lines, summary_lines
from gilint.errors import InputError
from gilint.places import WordSpan
from gilint.readers.docx.names import BODY, PARAGRAPH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from gilint.limits import Limits
    from gilint.model import Finding, Result


def build(data: bytes, name: str, result: Result, lang: str, limits: Limits) -> bytes:
    """The copy of a document with the findings of its result as comments."""
    copy = Copy(data, name, limits)
    comments = CommentPart(copy)
    root = copy.document()
    strip_marks(root, comments.remove_own(root))
    locator = Locator(copy.serialized(root), copy.parts, name, limits)
    if result.report is None or list(result.report.source.blocks) != locator.blocks:
        raise _changed(name)
    marker = Marker(root)
    groups = [(group, _spot(group, locator)) for group in grouped(result.findings)]
    title = _title_spot(result, locator, root)
    left: list[Finding] = []
    for group, spot in groups:
        number = comments.next_number
        if spot is not None and marker.comment(spot, number):
            comments.add(comment_lines(group, lang))
        else:
            left += group
    _shade(marker, locator, result.findings)
    if marker.comment(title, comments.next_number):
        comments.add(summary_lines(result, left, copy.signed, lang))
    copy.put(root)
    comments.save()
    return copy.content()


def grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings with what they have in common: those of one cause together, in the order of the first of each."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(number if finding.cause is None else finding.cause.id, []).append(finding)
    return list(groups.values())


def _spot(group: Iterable[Finding], locator: Locator) -> Spot | None:
    """The spot of the first finding that has one."""
    return next((spot for finding in group if (spot := locator.find(finding.span)) is not None), None)


def _shade(marker: Marker, locator: Locator, findings: Iterable[Finding]) -> None:
    cells: dict[int, None] = {}
    for finding in findings:
        spot = None if finding.severity == "info" else locator.find(finding.span)
        if spot is not None and spot.cell >= 0:
            cells[spot.cell] = None
    for cell in cells:
        marker.shade(cell)


def _title_spot(result: Result, locator: Locator, root: Any) -> Spot:
    """The title, or else the first paragraph."""
    report = result.report
    span = None if report is None else report.span
    spot = locator.find(span) if isinstance(span, WordSpan) else None
    if spot is not None:
        return spot
    first = next(root.find(BODY).iter(PARAGRAPH))
    return Spot(element=next(number for number, element in enumerate(root.iter("*")) if element is first))


def _changed(name: str) -> InputError:
    return InputError(
        "changed",
        name,
        {
            "zh": "文件在检查之后有改动，没有写批注",
            "en": "the file was changed after it was judged; nothing was written",
        },
        {"zh": "请重新检查", "en": "check it again"},
    )
