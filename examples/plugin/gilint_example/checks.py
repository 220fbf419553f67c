"""A kind of check: rules name it under ``check`` and give its options under ``with``."""

import gilint


@gilint.check(
    "paragraph-length",
    options={"most": {"type": "integer", "minimum": 1, "description": "Characters that a paragraph may have."}},
    required=["most"],
    values=["length", "most"],
)
def paragraph_length(report, options):
    """Paragraphs that are longer than they should be."""
    for passage in report.passages:
        length = len(passage.text)
        if passage.role == "prose" and length > options["most"]:
            yield gilint.Problem(gilint.Slice(passage, 0, length), {"length": length, "most": options["most"]})
