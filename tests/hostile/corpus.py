"""All hostile inputs; each module adds its own."""

import hostile_archives  # noqa: F401
import hostile_html  # noqa: F401
import hostile_office  # noqa: F401
import hostile_pdf  # noqa: F401
import hostile_sheets  # noqa: F401
import hostile_tables  # noqa: F401
import hostile_text  # noqa: F401
import hostile_xml  # noqa: F401
from registry import CORPUS, Hostile

__all__ = ["CORPUS", "Hostile"]
