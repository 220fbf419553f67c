"""Messages for a word that is not known, with the one that was probably meant."""

from __future__ import annotations

from gilint.text import closest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def unknown(zh: str, en: str, word: str, known: Iterable[str]) -> str:
    """The message for an unknown word: ``未知的键 severty，是否想写 severity？(unknown key 'severty'; did you …?)``."""
    known = list(known)
    meant = closest(word, known)
    if meant is not None:
        return f"未知的{zh} {word}，是否想写 {meant}？(unknown {en} {word!r}; did you mean {meant!r}?)"
    if 0 < len(known) <= 12:
        choice = ", ".join(known)
        return f"未知的{zh} {word}，可用：{choice} (unknown {en} {word!r}; known: {choice})"
    return f"未知的{zh} {word} (unknown {en} {word!r})"
