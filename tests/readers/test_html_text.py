"""Lines of a page as people see them: what breaks them, what white space is, what is not shown."""

import pytest
from html_pieces import blocks, lines


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("<p>一</p><p>二</p>", ["一", "二"]),
        ("<p>一<p>二", ["一", "二"]),
        ("<div>一<p>二</p>三</div>", ["一", "二", "三"]),
        ("一<br>二<br/>三", ["一", "二", "三"]),
        ("<div>一<div>二</div></div>三", ["一", "二", "三"]),
        ("<font><p>一</p></font>二", ["一", "二"]),
        ("<span><div>一</div>二</span>", ["一", "二"]),
        ("<dl><dt>一</dt><dd>二</dd></dl>", ["一", "二"]),
        ("<center>一</center><blockquote>二</blockquote><address>三</address>", ["一", "二", "三"]),
        ("<b>一<p>二</b>三</p>四", ["一", "二三", "四"]),
        ("<p>一<hr>二", ["一", "二"]),
        ("<ul><li>一<li>二</ul>三", ["一", "二", "三"]),
        ("<p>一</p>&nbsp;<p>　</p><p>二</p>", ["一", "二"]),
    ],
)
def test_elements_break_lines_where_they_begin_and_end(piece, expected):
    assert lines(piece) == expected


@pytest.mark.parametrize(
    "piece",
    [
        "<p>一<b>、</b><span>总<font color=red>体</font></span><o:p></o:p>情况</p>",
        "<p>一、<a href='/x'>总体</a>情况</p>",
        "<p>一、总体<!-- 注 -->情况</p>",
        "<p>一、<![if !supportLists]>总体<![endif]>情况</p>",
        "<p>一、总体</font>情况</p>",
        "<p>一、总<wbr>体<img src=a.gif width=1>情况</p>",
        "<p><st1:place w:st='on'>一、</st1:place>总体情况</p>",
        "\n\t<p>\n\t\t一、总体情况\n\t</p>\n",
    ],
)
def test_what_only_sets_the_looks_leaves_a_line_whole(piece):
    assert lines(piece) == ["一、总体情况"]


def test_white_space_collapses_as_a_page_shows_it():
    assert lines("<p>  办理 \t 12\n\n件  </p>") == ["办理 12 件"]


def test_spaces_that_an_author_typed_stay():
    assert lines("<p>\u3000\u3000一&ensp;二&emsp;三&#160;四\xa0五</p>") == [
        "\u3000\u3000一\u2002二\u2003三\xa0四\xa0五"
    ]


def test_a_source_that_breaks_its_lines_inside_chinese_text_means_no_space():
    assert lines("<p>根据《规\n定》，编\n  制本报告，共12\n件和 a\nb</p>") == [
        "根据《规定》，编制本报告，共12 件和 a b"
    ]


def test_references_are_resolved():
    assert lines("<p>&#20013;&#x56fd;&ldquo;&amp;lt;&rdquo;&copy2&unknown;&#xD800;</p>") == ["中国“&lt;”©2&unknown;�"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>隐</p>",
        '<p style="display:none">隐</p>',
        '<div style="color:red; DISPLAY : None !important"><p>隐<b>藏</b></p></div>',
        '<P STYLE="DISPLAY: none">隐</P>',
        '<p style="visibility:hidden">隐</p>',
        "<script>document.write('<p>隐</p>')</script>",
        "<style>p { content: '隐' }</style>",
        "<noscript><p>隐</p></noscript>",
        "<template><p>隐</p></template>",
        "<select><option>隐</select>",
        "<button>隐</button>",
        "<textarea>隐</textarea>",
        "<svg><title>隐</title><text>隐</text></svg>",
        "<xml><w:p>隐</w:p></xml>",
        "<!--[if gte mso 9]><p>隐</p><![endif]-->",
        "<video>隐</video>",
    ],
)
def test_what_is_not_shown_is_not_text(hidden):
    assert lines(f"<p>一</p>{hidden}<p>二</p>") == ["一", "二"]


def test_what_is_not_shown_inside_a_line_leaves_the_line_whole():
    assert lines('<p>一<span style="display:none">隐<b>藏</b></span>二<script>"三"</script>四</p>') == ["一二四"]


def test_a_style_that_only_sounds_like_hiding_does_not_hide():
    assert lines('<p style="border:none;x-display:none">一</p><p style="display:block">二</p>') == ["一", "二"]


def test_readings_above_characters_are_no_text():
    assert lines("<p><ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字</p>") == ["汉字"]


def test_raised_and_lowered_characters_are_text():
    assert lines("<p>12m<sup>2</sup>，H<sub>2</sub>O</p>") == ["12m2，H2O"]


def test_headings_tell_their_level():
    found = blocks("<h1>一</h1><h3><span>二</span></h3><p>三</p><h6>四<br>五</h6>")
    assert [(block.text, block.level) for block in found] == [("一", 1), ("二", 3), ("三", 0), ("四", 6), ("五", 6)]


# --- lines of the source ----------------------------------------------------------------------------------------------


def test_preformatted_text_keeps_its_lines_and_tabulators():
    assert lines("<pre>\n一、总体\n\t规章\t3\n\n二  三</pre>") == ["一、总体", "\t规章\t3", "", "二  三"]


def test_marks_inside_preformatted_text_change_nothing():
    assert lines("<pre>一<b>、总\n体</b>情况</pre>") == ["一、总", "体情况"]


def test_a_style_may_keep_the_lines_of_an_element():
    assert lines('<div style="white-space: pre-wrap">一、总体\n（一）  公布\n</div>') == ["一、总体", "（一） 公布"]


def test_a_tabulator_that_an_editor_keeps_does_not_break_a_line():
    assert lines('<p>一、<span style="white-space:pre">\t</span>总体</p>') == ["一、 总体"]


def test_numbered_lines_of_a_source_are_lines():
    """A style sheet may say so, which is not read."""
    assert lines("<div>\n一、总体\n我局发布信息。\n（一）公布\n二、申请\n</div>") == [
        "一、总体",
        "我局发布信息。",
        "（一）公布",
        "二、申请",
    ]


# --- lists ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("<ol><li>一<li>二</ol>", ["1. 一", "2. 二"]),
        ("<ol start=3><li>一<li value=7>二<li>三</ol>", ["3. 一", "7. 二", "8. 三"]),
        ("<ol type=A><li>一<li>二</ol>", ["A. 一", "B. 二"]),
        ('<ol style="list-style-type: cjk-ideographic"><li>总体<li>其他</ol>', ["一、总体", "二、其他"]),
        ('<ol style="list-style: none"><li>一</ol>', ["一"]),
        ('<ol><li style="list-style-type:none">一<li>二</ol>', ["一", "2. 二"]),
        ("<ol><li>1.一<li>（二）二<li>三、三</ol>", ["1.一", "（二）二", "三、三"]),
        ("<ol><li><p>一</p><p>续</p><li>二</ol>", ["1. 一", "续", "2. 二"]),
        ("<ol><li>一<ul><li>甲</ul><li>二</ol>", ["1. 一", "甲", "2. 二"]),
        ("<ol><li>一<ol type=a><li>甲</ol><li>二</ol>", ["1. 一", "a. 甲", "2. 二"]),
        ("<ol reversed><li>一</ol>", ["一"]),
        ("<ol type=i><li>一</ol>", ["一"]),
        ("<ul><li>一</ul>", ["一"]),
    ],
)
def test_items_have_the_numbers_that_a_page_shows(piece, expected):
    assert lines(piece) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [("一、", "一、总体情况"), ("（一）", "（一）总体情况"), ("1.", "1. 总体情况"), ("1、", "1、总体情况")],
)
def test_a_number_that_word_wrote_out_is_text_and_the_gap_behind_it_is_not(number, expected):
    piece = (
        f"<p class=MsoNormal style='text-indent:24.0pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{number}"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span>总体情况</p>"
    )
    assert lines(piece) == [expected]
