"""Why a PDF is not read, each with the way out."""

from __future__ import annotations

from gilint.errors import InputError

ORIGINAL = {
    "zh": "请用编制报告的 Word/WPS 文件检查，或从它重新导出 PDF",
    "en": "check the Word or WPS file that it was made from, or export it as PDF anew",
}


def missing_extra(name: str) -> InputError:
    return InputError(
        "missing-extra",
        name,
        {"zh": "读取 PDF 需要可选组件 pypdfium2", "en": "reading PDF needs the optional package pypdfium2"},
        {"zh": '请安装：pip install "gilint[pdf]"', "en": 'install it: pip install "gilint[pdf]"'},
    )


def unreadable(name: str, page: int = 0) -> InputError:
    """A document, or a page of it (from 1), that does not open."""
    zh, en = (f"第 {page} 页无法打开", f"page {page} does not open") if page else ("不是完整的 PDF", "no whole PDF")
    return InputError(
        "damaged",
        name,
        {"zh": f"文件已损坏或不完整：{zh}", "en": f"the file is damaged or incomplete: {en}"},
        {
            "zh": "请重新取得文件，或打开后另存（打印）为 PDF 再检查",
            "en": "get the file again, or open it and save or print it as PDF",
        },
    )


def no_text(name: str, pictures: int) -> InputError:
    if pictures:
        zh, en = f"这是扫描件：只有 {pictures} 张图片，没有文字", f"this is a scan: {pictures} pictures and no text"
    else:
        zh, en = "没有文字（空白，或文字已转为图形）", "no text: it is empty, or its text was turned into drawings"
    return InputError("no-text", name, {"zh": zh, "en": en}, ORIGINAL)


def unmapped_text(name: str, count: int) -> InputError:
    return InputError(
        "unmapped-text",
        name,
        {
            "zh": f"字体没有对应的文字编码，{count} 个字符无法读出",
            "en": f"{count} characters have no meaning in their fonts, so the text cannot be read",
        },
        ORIGINAL,
    )


def huge_page(name: str, number: int, width: float, height: float) -> InputError:
    return InputError(
        "too-large",
        name,
        {
            "zh": f"第 {number} 页的尺寸为 {width:.0f}×{height:.0f} 点，不是正常的纸张",
            "en": f"page {number} measures {width:.0f} by {height:.0f} points, which is no paper",
        },
        ORIGINAL,
    )


def too_complex(name: str) -> InputError:
    """A document that would take too long, or too much memory, to read."""
    return InputError(
        "too-large",
        name,
        {
            "zh": "内容过于复杂（图形、文字或嵌套过多），无法在限定的时间和内存内读取",
            "en": "too complex (drawings, text or nesting) to be read within the limits of time and memory",
        },
        {
            "zh": "请只保留报告正文的页面，或打开后打印为 PDF 再检查",
            "en": "keep only the pages of the report, or open the file and print it as PDF",
        },
    )
