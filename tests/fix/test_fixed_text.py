"""``gilint.fix`` on text and Markdown: what is mended, what is left alone, and that nothing else changes."""

import re

import pytest
from conftest import EXAMPLES, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import gilint

CLEAN = (ROOT / "tests/corpus/reports/county-office-2024.txt").read_text(encoding="utf-8")
MIYUN = (EXAMPLES / "miyun-2024.txt").read_text(encoding="utf-8")
PLACE = "一是优化检索功能"
NUMERALS = re.compile("[0-9０-９〇零一二三四五六七八九十百千万亿两]")


@pytest.fixture(scope="module")
def linter():
    return gilint.Linter(config=False)


@pytest.fixture(scope="module")
def mended(linter):
    """Mend a paragraph in a report; what becomes of it."""

    def mend(paragraph, **options):
        assert MIYUN.count(PLACE) == 1
        fixed = gilint.fix(MIYUN.replace(PLACE, f"{paragraph}\n\n{PLACE}").encode(), linter=linter, **options)
        return fixed.content.decode().partition(f"\n\n{PLACE}")[0].rpartition("\n")[2]

    return mend


def figures(linter, data):
    report = linter.read(data)
    return {(key, *place): table[place].raw for key, table in report.tables.items() for place in table}


# --- what is mended ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("公开指南,目录;年报:都在网站!好吗?好。", "公开指南，目录；年报：都在网站！好吗？好。"),
        ("甲,乙,丙,丁,戊都已公开。", "甲，乙，丙，丁，戊都已公开。"),
        ("各科室均已落实.", "各科室均已落实。"),
        ("健全制度.强化培训。", "健全制度。强化培训。"),
        ("《条例》(以下简称条例)已经施行。", "《条例》（以下简称条例）已经施行。"),
        ("公布指南（以下简称指南)全文。", "公布指南（以下简称指南）全文。"),
        ("实行 “两审制”，按月公布 。", "实行“两审制”，按月公布。"),
        ("按照《条例》 要求，（ 含附件）公布。", "按照《条例》要求，（含附件）公布。"),
        (
            "依据国办发[2019]61号、国办公开办函(2021)30号印发。",
            "依据国办发〔2019〕61号、国办公开办函〔2021〕30号印发。",
        ),
        ("依据某政发（2020）8号、某府函【2021】9号印发。", "依据某政发〔2020〕8号、某府函〔2021〕9号印发。"),
        ("按时公布。。内容准确，，格式规范、、来源可靠。", "按时公布。内容准确，格式规范、来源可靠。"),
        ("《关于转发《取水规程》的通知》已公布。", "《关于转发〈取水规程〉的通知》已公布。"),
        ("《关于转发<取水规程>的通知》已公布。", "《关于转发〈取水规程〉的通知》已公布。"),
        ("内容\u200b准确，格式\ufeff规范。", "内容准确，格式规范。"),
        ("1、按月公布水质信息。", "1.按月公布水质信息。"),
        ('开设"解读""问答"栏目和"专题"。', "开设“解读”“问答”栏目和“专题”。"),
        ("（八）、按月公布水质信息。", "（八）按月公布水质信息。"),
    ],
)
def test_marks_and_spaces_are_mended(mended, written, wanted):
    assert mended(written) == wanted


@pytest.mark.parametrize(
    "written",
    [
        "网址为http://www.example.gov.cn/a,b;c?d=1，邮箱a.b@example.com，电话010-1234,5678。",
        "会议10:30开始，办结率98.5%，金额1,234.56元，比例3:2。",
        "开设Water Supply, Safety; Quality栏目，公布PDF、A, B两类文件。",
        "网站 Water 栏目公布 PDF 文件 3 份。",
        "某中院（2021）京01行终5号判决书、(2020)某0101行初12号判决已履行。",
        "3、4月的月报已公布，见（一）、（二）两项。",
        "印发《规程》《指南》和《关于印发〈办法〉的通知》。",
        "栏目路径为首页>水务>规程，共计十.其中五件已公布。",
        "文件名为“年报.docx”，版本号2.0.1，栏目代码A.B。",
        "全年公开１２件，增长百分之五，二〇二四年完成。",
        "省略……号和破折——号，时间为9—11月。",
        "代码`公开,指南.目录`照原样保留。",
        "1、按月公布水质信息；2、按季公布工程信息。",
        '身高6"以上，开设"PDF"下载和"专题"，共3".',
        '开设"解读专栏，另有“问答"。',
        "网址http://例子.中国/公开,指南照原样保留。",
    ],
)
def test_false_friends_stay(mended, written):
    assert mended(written) == written


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("做好依申公开工作。", "做好依申请公开工作。"),
        ("其它事项已经公开公开。", "其他事项已经公开。"),
    ],
)
def test_words_change_only_when_unsafe_edits_are_asked_for(mended, written, wanted):
    assert mended(written) == written
    assert mended(written, unsafe=True) == wanted


def test_a_final_mark_is_put_in_only_when_unsafe_edits_are_asked_for(linter):
    text = MIYUN.replace("满足不同用户群体的信息获取需求.", "满足不同用户群体的信息获取需求").encode()
    wanted = "满足不同用户群体的信息获取需求。"
    assert wanted not in gilint.fix(text, linter=linter).content.decode()
    assert wanted in gilint.fix(text, linter=linter, unsafe=True).content.decode()


def test_wrong_marks_behind_numbers_of_sections_are_mended(linter):
    wrong = CLEAN.replace("二、主动公开", "二.主动公开", 1).replace("三、收到", "三．收到", 1)
    assert wrong.count("二.主动") == wrong.count("三．收到") == 1
    assert gilint.fix(wrong.encode(), linter=linter).content.decode() == CLEAN


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("四、收到", "三、收到"),
        ("主动公开政府信息情况\n", "二、主动公开政府信息情况\n"),
        ("三、主动公开", "二、主动公开"),
    ],
)
def test_numbers_of_sections_are_mended_where_all_sections_stand_in_order(linter, wrong, right):
    assert CLEAN.count(right) == 1
    fixed = gilint.fix(CLEAN.replace(right, wrong).encode(), linter=linter)
    assert fixed.content.decode() == CLEAN


def test_numbers_of_sections_stay_where_a_section_is_missing(linter):
    whole = CLEAN.index("二、主动公开"), CLEAN.index("三、收到")
    wrong = (CLEAN[: whole[0]] + CLEAN[whole[1] :]).replace("三、收到", "四、收到", 1)
    assert "四、收到" in gilint.fix(wrong.encode(), linter=linter).content.decode()


def test_code_blocks_of_markdown_stay(linter):
    text = f"{MIYUN.replace(PLACE, f'```{chr(10)}公开,指南{chr(10)}```{chr(10)}{PLACE}')}"
    fixed = gilint.fix(text.encode(), linter=linter, name="report.md")
    assert "\n公开,指南\n" in fixed.content.decode()


def test_marks_of_markdown_stay(linter):
    text = MIYUN.replace(PLACE, f"**健全制度,强化培训**，[指南](指南说明,目录)已公布.\n\n{PLACE}")
    fixed = gilint.fix(text.encode(), linter=linter, name="report.md")
    assert "**健全制度，强化培训**，[指南](指南说明,目录)已公布。\n" in fixed.content.decode()


# --- what stays -------------------------------------------------------------------------------------------------------


def test_a_sound_report_has_nothing_to_mend(linter):
    fixed = gilint.fix(CLEAN.encode(), linter=linter)
    assert (fixed.changed, fixed.edits, fixed.diff) == (False, (), "")


def test_the_figures_of_a_real_report_stay(linter):
    fixed = gilint.fix(EXAMPLES / "miyun-2024.txt", linter=linter)
    assert {edit.rule for edit in fixed.edits} == {"Y101", "Y102", "Y105"}
    assert figures(linter, fixed.content) == figures(linter, fixed.original)
    assert len(figures(linter, fixed.content)) > 150


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("gb18030", b""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_mark_and_line_ends_stay(linter, codec, mark, end):
    text = MIYUN.rstrip("\n").replace("\n", end)
    wanted = text.replace("息公开条例》(以下简称《条例》)第", "息公开条例》（以下简称《条例》）第")
    for bare in (text, text + end):
        fixed = gilint.fix(mark + bare.encode(codec), linter=linter, select=()).content
        assert fixed.startswith(mark)
        again = fixed[len(mark) :].decode(codec)
        assert again[:200] == wanted[:200]
        assert (again.count(end), again.count("\n")) == (bare.count(end), bare.count("\n"))
        assert again.endswith(end) == bare.endswith(end)


def test_a_wrapped_text_keeps_its_lines(linter):
    lines = MIYUN.split("\n")
    wrapped = "\n".join(piece for line in lines for piece in (re.findall(".{1,40}", line) or [""]))
    fixed = gilint.fix(wrapped.encode(), linter=linter).content.decode()
    assert fixed.count("\n") == wrapped.count("\n")
    assert "（以下简称《条例》）" in fixed.replace("\n", "")


def test_waived_findings_stay(linter, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(MIYUN, encoding="utf-8")
    waiver = "waivers:\n  - {rule: Y102, reason: 引用原文}\n"
    (tmp_path / "gilint.waivers.yaml").write_text(waiver, encoding="utf-8")
    fixed = gilint.fix(path, linter=linter)
    assert {edit.rule for edit in fixed.edits} == {"Y101", "Y105"}


def test_only_selected_rules_mend():
    fixed = gilint.fix(MIYUN.encode(), config=False, select=["Y105"])
    assert {edit.rule for edit in fixed.edits} == {"Y105"}


# --- properties -------------------------------------------------------------------------------------------------------

# One a character, and a few that stand together.
MARKS = [*',;:.?!()（）。，、《》〈〉<>“”"`%', "。。", "，，"]
WORDS = "1 3.5 10:30 １２ 三 十 万 第 号 公开 指南 PDF http://a.cn/b a@b.cn 国办发[2019]61号 (2021) （一）、 1、 一."
FRAGMENTS = st.sampled_from([*MARKS, *WORDS.split(), "依申公开", "其它", " ", "  ", "\u3000", "\u200b"])
PARAGRAPHS = st.lists(st.lists(FRAGMENTS, min_size=1, max_size=12).map("".join), min_size=1, max_size=3)


@settings(max_examples=30)
@given(PARAGRAPHS, st.booleans())
def test_whatever_is_written_figures_stay_and_nothing_new_is_found(linter, paragraphs, unsafe):
    # The words in front keep a paragraph from being taken for a heading.
    text = MIYUN.replace(PLACE, "".join(f"各科室{one}\n" for one in paragraphs) + PLACE)
    fixed = gilint.fix(text.encode(), linter=linter, unsafe=unsafe)
    after = fixed.content.decode()
    assert NUMERALS.findall(after) == NUMERALS.findall(text)
    assert after.count("\n") == text.count("\n")
    assert figures(linter, fixed.content) == figures(linter, fixed.original)
    before_rules = [finding.rule for finding in fixed.before.findings]
    after_rules = [finding.rule for finding in fixed.after.findings]
    assert all(after_rules.count(rule) <= before_rules.count(rule) for rule in after_rules)
    fixable = {rule.id for rule in linter.rules if rule.fix and (unsafe or rule.fix == "safe")}
    gone = {rule for rule in before_rules if after_rules.count(rule) < before_rules.count(rule)}
    # A mended mark may end the finding of another rule at the same place; it never ends one about figures.
    assert {rule for rule in gone - fixable if rule[0] not in "YL"} == set()


@settings(max_examples=30)
@given(PARAGRAPHS)
def test_mending_twice_is_mending_once(linter, paragraphs):
    text = MIYUN.replace(PLACE, "".join(f"{one}\n" for one in paragraphs) + PLACE)
    once = gilint.fix(text.encode(), linter=linter)
    assert gilint.fix(once.content, linter=linter).content == once.content


@settings(max_examples=30)
@given(PARAGRAPHS)
def test_lines_without_an_edit_keep_their_bytes(linter, paragraphs):
    text = MIYUN.replace(PLACE, "".join(f"{one}\n" for one in paragraphs) + PLACE)
    fixed = gilint.fix(text.encode("gb18030"), linter=linter)
    lines = {edit.span.line for edit in fixed.edits}
    pairs = zip(fixed.original.split(b"\n"), fixed.content.split(b"\n"), strict=True)
    assert {number for number, (one, other) in enumerate(pairs, 1) if one != other} <= lines
