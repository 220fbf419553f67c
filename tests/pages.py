# ruff: noqa: E501 (a page is written as its system writes it)
"""A report as portals publish it: the same blocks in pages of the systems that government portals run on.

Each function of ``PORTALS`` takes the title of the page and the blocks of :mod:`documents`, and gives the text of a
page; :func:`encode` gives its bytes. ``CHROME`` are words of what stands around the report: none of them may become
text of it.
"""

from html import escape

SITE = "平澜县人民政府门户网站"
COLUMN = "政府信息公开年报"
CHROME = (
    "设为首页", "加入收藏", "无障碍浏览", "网站首页", "政务公开", "互动交流", "当前位置", "浏览次数", "打印本页", "关闭窗口",
    "分享到", "扫一扫", "上一篇", "下一篇", "相关文档", "智能推荐", "主办单位", "承办单位", "网站标识码", "ICP备", "网安备",
    "网站地图", "联系我们", "版权所有", "责任编辑", "字体大小", "请输入关键字", "政策解读回应专栏",
)  # fmt: skip
NAVIGATION = ("网站首页", "要闻动态", "政务公开", "政务服务", "互动交流", "走进平澜", "专题专栏", "数据开放")
RELATED = (
    "2023年平澜县水务局政府信息公开工作年度报告", "2024年平澜县教育局政府信息公开工作年度报告", "政策解读回应专栏",
    "平澜县2024年政府信息公开工作要点", "关于做好年报编制工作的通知",
)  # fmt: skip
WEEK = ("日", "一", "二", "三", "四", "五", "六")


# --- pieces -----------------------------------------------------------------------------------------------------------


def links(texts, item="li"):
    return "\n".join(
        f'<{item}><a href="/zwgk/{number}/index.html">{text}</a></{item}>' for number, text in enumerate(texts)
    )


def table(rows, attributes="", cell=lambda text: escape(text).replace("\n", "<br/>"), indent=""):
    """A table with its merged cells; ``cell`` writes what stands in a cell."""
    lines = [f"<table{attributes}>", "<tbody>"]
    for row in rows:
        lines.append(f"{indent}<tr>")
        for slot in row:
            spans = f' colspan="{slot.columns}"' if slot.columns > 1 else ""
            spans += f' rowspan="{slot.rows}"' if slot.rows > 1 else ""
            lines.append(f"{indent}{indent}<td{spans}>{cell(slot.text)}</td>")
        lines.append(f"{indent}</tr>")
    return "\n".join([*lines, "</tbody>", "</table>"])


def body(blocks, write, write_table):
    return "\n".join(write_table(block.rows) if block.kind == "table" else write(block) for block in blocks)


def head(title, charset, *metas):
    return f'<head>\n<meta http-equiv="Content-Type" content="text/html; charset={charset}"/>\n<title>{escape(title)}</title>\n{"".join(metas)}</head>'


def standard_metas(title):
    """The names that the guidelines for government portals prescribe."""
    values = {
        "SiteName": SITE, "SiteDomain": "www.pinglan.gov.cn", "SiteIDCode": "1101010001", "ColumnName": COLUMN,
        "ArticleTitle": title, "PubDate": "2025-01-23 16:20", "ContentSource": "平澜县融媒体中心",
        "Keywords": "年报;公开", "Description": "政府信息公开。本报告全文如下。", "Url": "http://www.pinglan.gov.cn/a/1.html",
    }  # fmt: skip
    return "".join(f'<meta name="{name}" content="{escape(value)}">\n' for name, value in values.items())


def footer(name="footer"):
    return f"""<div class="{name}">
<div class="links"><a href="/wzdt/">网站地图</a> | <a href="/lxwm/">联系我们</a> | <a href="/wzsm/">网站声明</a></div>
<p>主办单位：平澜县人民政府办公室　承办单位：平澜县政务服务和数据管理局</p>
<p>网站标识码：1101010001　<a href="https://beian.miit.gov.cn/">京ICP备05000000号</a>　京公网安备 11010102000000号</p>
<p>平澜县人民政府　版权所有　2025年3月1日</p>
</div>"""


# --- portals ----------------------------------------------------------------------------------------------------------


def trs(title, blocks):
    """TRS WCM (拓尔思, 海云): TRS_Editor, with editor styles inside the text, and a bar to share the page."""

    def write(block):
        if block.kind == "title":
            return f'<p align="center" style="text-align: center;"><strong><span style="font-size: 22pt;">{escape(block.text)}</span></strong></p>'
        if block.kind == "right":
            return f'<p align="right" style="text-align: right;">&nbsp;&nbsp;{escape(block.text)}&nbsp;</p>'
        text = escape(block.text)
        cut = len(text) // 2
        return f'<p align="justify" style="text-align: justify; text-indent: 2em;"><span>　　{text[:cut]}</span><font face="仿宋_GB2312">{text[cut:]}</font></p>\n<p>&nbsp;</p>'

    def cell(text):
        return f'<p align="center" style="text-align: center;"><span style="font-size: 9pt;">{escape(text).replace(chr(10), "<br />")}</span></p>'

    text = body(blocks, write, lambda rows: table(rows, ' border="1" cellspacing="0" class="MsoTable"', cell))
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
{head(f"{title}_{COLUMN}_{SITE}", "utf-8", standard_metas(title), '<script src="/images/jquery.js"></script><style>.TRS_Editor P{line-height:2;}</style>')}
<body>
<div class="top"><a href="javascript:SetHome()">设为首页</a> | <a href="#" onclick="AddFavorite()">加入收藏</a> | <a href="#">无障碍浏览</a>
今天是2025年3月1日 星期六</div>
<div class="header"><img src="/images/logo.png" width="600" height="100"/><form><input type="text" value="请输入关键字"/><button>搜索</button></form></div>
<div class="nav"><ul>{links(NAVIGATION)}</ul></div>
<div class="xl-position">您当前位置：<a href="/">首页</a>&gt;<a href="/zwgk/">政务公开</a>&gt;<a href="./">{COLUMN}</a></div>
<div class="xl-content">
<div class="xl-title"><h3>{escape(title)}</h3></div>
<div class="xl-info"><span>发布日期：2025-01-23</span><span>信息来源：平澜县融媒体中心</span><span>浏览次数：<em id="hits">128</em></span>
<span>字体大小：[ <a href="javascript:doZoom(16)">大</a> <a href="javascript:doZoom(14)">中</a> <a href="javascript:doZoom(12)">小</a> ]</span>
<a href="javascript:window.print()">打印本页</a> <a href="javascript:window.close()">关闭窗口</a></div>
<div class="xl-text"><div class="view TRS_UEDITOR trs_paper_default"><div class=TRS_Editor><style type="text/css">
.TRS_Editor P{{line-height:1.5;font-family:宋体;font-size:12pt;}}</style>
{text}
</div></div></div>
<div class="xl-share bdsharebuttonbox">分享到：<a class="bds_weixin" title="分享到微信">微信</a><a class="bds_tsina">新浪微博</a></div>
<script>document.write("<p>2025年1月1日。</p>");</script>
<div class="xl-related"><h2>相关文档</h2><ul>{links(RELATED)}</ul></div>
</div>
{footer()}
</body></html>"""


def jpage(title, blocks):
    """JPage of 大汉 (jcms): comments for its templates, the title in a table, the text in #zoom."""

    def write(block):
        align = {"title": "center", "right": "right"}.get(block.kind, "left")
        return f'<p class="MsoNormal" style="margin:0cm;text-align:{align};"><span style="font-family:仿宋">{escape(block.text)}<o:p></o:p></span></p>'

    def cell(text):
        return f"\n<p>\n<span>{escape(text).replace(chr(10), '<br>')}</span>\n</p>\n"

    text = body(blocks, write, lambda rows: table(rows, ' class="MsoNormalTable" width="100%"', cell, indent="  "))
    return f"""<!doctype html>
<html><head><meta charset='utf-8'><title>{SITE} {COLUMN} {escape(title)}</title>
<meta name="ArticleTitle" content="{escape(title)}"><meta name="pubdate" content="2025-01-23 09:00:00"></head>
<body><div id="barrierfree_container">
<table width="1000" align="center"><tr><td><a href="/">网站首页</a></td><td><a href="/zw/">政务公开</a></td><td><a href="/hd/">互动交流</a></td></tr></table>
<div class="bt-position"><table><tr><td>当前位置：</td><td><a href="/">首页</a> &gt; <a href="/col/">{COLUMN}</a></td></tr></table></div>
<table id="article" width="900" border="0" align="center"><tbody>
<tr><td class="title" align="center"><!--<$[标题名称(html)]>begin-->{escape(title)}<!--<$[标题名称(html)]>end--></td></tr>
<tr><td align="center"><table border="0"><tr><td>发布时间：<!--begin-->2025-01-23<!--end--></td><td>来源：平澜县水务局</td><td>浏览次数：<script>hits()</script></td><td>字体大小：<a href="javascript:doZoom(18)">大</a></td></tr></table></td></tr>
<tr><td><div id="zoom" class="bt-article"><!--ZJEG_RSS.content.begin--><meta name="ContentStart">
{text}
<meta name="ContentEnd"><!--ZJEG_RSS.content.end--></div></td></tr>
<tr><td align="right">【<a href="javascript:window.print()">打印本页</a>】【<a href="javascript:window.close()">关闭窗口</a>】</td></tr>
<tr><td><div class="prevnext">上一篇：<a href="1.html">关于公布办事指南的通知</a><br>下一篇：<a href="2.html">关于公布收费目录的通知</a></div></td></tr>
</tbody></table>
{footer("bottom_bg")}
</div></body></html>"""


def vsb(title, blocks):
    """VSB of 博达: a form around everything, a counter of visits written by a script, the text in #vsb_content."""

    def write(block):
        align = {"title": "center", "right": "right"}.get(block.kind, "justify")
        return f'<p style="text-align: {align};"><span style="font-family: 仿宋;">{escape(block.text)}</span></p>'

    text = body(blocks, write, lambda rows: table(rows, ' border="1" style="width: 100%;"'))
    return f"""<!DOCTYPE html>
<html><head><title>{escape(title)}-平澜县水务局</title><META Name="keywords" Content="平澜县水务局,{escape(title)}" />
<meta charset="UTF-8"></head><body>
<div class="head"><div class="menu"><ul class="navul">{links(NAVIGATION)}</ul></div></div>
<div class="main"><div class="dqwz">当前位置: <a href="../index.htm">网站首页</a>&gt;&gt; <a href="../gk.htm">{COLUMN}</a>&gt;&gt; 正文</div>
<form name="_newscontent_fromname"><script language="javascript" src="/system/resource/js/news/newscontent.js"></script>
<div class="content-title"><h2 align="center">{escape(title)}</h2>
<div align="center">发布日期：2025年01月23日 09:12 &nbsp;&nbsp;责任编辑：张三 &nbsp;&nbsp;浏览次数：<span id="dynclicks_wbnews_1"></span>次</div></div>
<div id="vsb_content_2"><div class="v_news_content">
{text}
</div></div><div id="div_vote_id"></div>
<p align="right">【<a href="javascript:window.opener=null;window.close();">关闭窗口</a>】</p>
<ul style="list-style-type:none;"><li>上一篇：<a href="1.htm">平澜县水务局办事指南</a></li><li>下一篇：<a href="2.htm">平澜县水务局权责清单</a></li></ul>
</form></div>
<div class="foot-bg"><p>平澜县水务局 版权所有 地址：平澜县工业路32号 主办单位：平澜县水务局</p></div>
</body></html>"""


def ucap(title, blocks):
    """UCAP of 开普: elements of its own around title, source and text, hidden copies for a phone."""

    def write(block):
        if block.kind == "title":
            return f'<h1 style="text-align: center;">{escape(block.text)}</h1>'
        align = ' style="text-align: right;"' if block.kind == "right" else ' style="text-indent: 2em;"'
        return f"<p{align}>{escape(block.text)}</p>"

    def cell(text):
        return f'<div align="center">{escape(text).replace(chr(10), "<br>")}</div>' if text else "&nbsp;"

    text = body(blocks, write, lambda rows: table(rows, ' align="center"', cell))
    return f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"/><title>{escape(title)}</title>
{standard_metas(title)}<meta name="others" content="页面生成时间 2025-01-24 10:00:00"/></head>
<body><header id="header"><div class="w1200"><a class="fl" href="/">{SITE}</a><div style="display:none"><p>扫一扫在手机打开当前页面。</p></div></div></header>
<nav>{links(NAVIGATION, "span")}</nav>
<div class="BreadcrumbNav">当前位置：<a href="/">网站首页</a> / <a href="./">{COLUMN}</a></div>
<div class="article"><ucaptitle><h1 class="title">{escape(title)}</h1></ucaptitle>
<div class="pages-date">日期：<publishtime>2025-01-23</publishtime> 来源：<ucapsource>平澜县水务局</ucapsource>
<div class="share" hidden>分享到：<a>微博</a></div><span class="font">【字体大小：<b onclick="a()">大</b> <b>中</b> <b>小</b>】</span></div>
<ucapcontent><div class="pages_content" id="UCAP-CONTENT">
{text}
</div></ucapcontent>
<div class="pages_print"><span class="btn1" onclick="window.print()">打印本页</span></div>
<div class="zhinengtuijian"><h4>智能推荐</h4><ul>{links(RELATED)}</ul></div></div>
<aside><h3>政策解读回应专栏</h3><p>县政府召开常务会议，研究部署2025年政务公开工作。会议强调，要做好年报编制。</p></aside>
<footer>{footer("w1200")}</footer></body></html>"""


def govcn(title, blocks):
    """The portal of the central government, and many that copied it: .pages_content, text in spans of one word."""

    def write(block):
        words = "".join(f"<span>{escape(block.text[at : at + 7])}</span>" for at in range(0, len(block.text), 7))
        align = {"title": "center", "right": "right"}.get(block.kind)
        return f'<p style="text-align: {align};">{words}</p>' if align else f"<p>{words}<br></p>"

    text = body(blocks, write, lambda rows: f'<div class="table-wrap">{table(rows)}</div>')
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}_年度报告_中国政府网</title>
<meta name="firstpublishedtime" content="2025-01-23-10:00:00"><meta property="og:title" content="{escape(title)}"></head>
<body><div class="topBar"><a href="/">网站首页</a><a href="/zhengce/">政策</a><a href="/hudong/">互动交流</a></div>
<div class="BreadcrumbNav"><a href="/">首页</a> &gt; <a href="./">公开</a> &gt; {escape(title)}</div>
<div class="main"><div class="article oneColumn pub_border"><h1>{escape(title)}</h1>
<div class="pages-date">2025-01-23 10:00<span class="font">来源： 平澜县人民政府</span><div class="pages_print"><span>字体：</span><span id="btn1">默认</span><span id="btn2">大</span><span>超大</span><span>|</span><a href="javascript:void(0);" onclick="window.print()">打印本页</a></div></div>
<div class="pages_content" id="UCAP-CONTENT">
{text}
</div>
<div class="editor"><span id="author">责任编辑：李四</span></div></div>
<div class="right_column"><div class="hd">相关文档</div><ul class="list">{links(RELATED)}</ul></div></div>
{footer("index_foot")}</body></html>"""


def layout_tables(title, blocks):
    """A portal of the years before 2010: tables inside tables, capitals, GBK, no word of style."""

    def write(block):
        align = {"title": "CENTER", "right": "RIGHT"}.get(block.kind)
        text = f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(block.text)}" if align is None else escape(block.text)
        return f"<P ALIGN={align}><FONT SIZE=4>{text}</FONT></P>" if align else f"{text}<BR><BR>"

    def cell(text):
        return f"<DIV ALIGN=CENTER><FONT SIZE=2>{escape(text).replace(chr(10), '<BR>')}</FONT></DIV>"

    text = body(blocks, write, lambda rows: table(rows, " BORDER=1 CELLSPACING=0", cell))
    days = "".join(f"<TD>{day}</TD>" for day in WEEK)
    return f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312"><TITLE>{escape(title)}</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF>
<TABLE WIDTH=778 ALIGN=CENTER CELLPADDING=0><TR><TD COLSPAN=2><IMG SRC="images/top.jpg" WIDTH=778 HEIGHT=120></TD></TR>
<TR><TD><A HREF="/">网站首页</A> | <A HREF="/zw">政务公开</A> | <A HREF="/hd">互动交流</A></TD><TD>2025年3月1日 星期六</TD></TR></TABLE>
<TABLE WIDTH=778 ALIGN=CENTER><TR>
<TD WIDTH=180 VALIGN=TOP><TABLE><TR>{days}</TR></TABLE>
<TABLE>{"".join(f'<TR><TD><IMG SRC="images/dot.gif" WIDTH=5 HEIGHT=5><A HREF="a.asp">{text}</A></TD></TR>' for text in RELATED)}</TABLE></TD>
<TD VALIGN=TOP>
<TABLE WIDTH=100%><TR><TD>当前位置：<A HREF="/">首页</A> &gt;&gt; <A HREF="list.asp">{COLUMN}</A></TD></TR></TABLE>
<TABLE WIDTH=100%><TR><TD ALIGN=CENTER><B><FONT SIZE=5>{escape(title)}</FONT></B></TD></TR>
<TR><TD ALIGN=CENTER>发布时间：2025-1-23 点击率：<SCRIPT SRC="count.asp?id=1"></SCRIPT>128</TD></TR>
<TR><TD><SPAN ID=zoom STYLE="FONT-SIZE: 14px; DISPLAY: block">
{text}
</SPAN></TD></TR>
<TR><TD ALIGN=RIGHT>【<A HREF="javascript:window.print()">打印本页</A>】 【<A HREF="javascript:window.close()">关闭窗口</A>】</TD></TR></TABLE>
</TD></TR></TABLE>
<TABLE WIDTH=778 ALIGN=CENTER><TR><TD ALIGN=CENTER>平澜县人民政府 版权所有　主办单位：平澜县人民政府办公室<BR>京ICP备05000000号　2025年3月1日</TD></TR></TABLE>
</BODY></HTML>"""


def div_soup(title, blocks):
    """A page that a script made and somebody saved: nothing but div, names that say nothing, texts in any of them."""
    names = iter(range(1000, 100000))

    def div(inner, tag="div"):
        return f'<{tag} class="css-{next(names):x}q" data-v-7ba5bd90>{inner}</{tag}>'

    def write(block):
        return div(div(escape(block.text), "span"))

    def grid(rows):
        return div(div(table(rows, ' data-v-7ba5bd90=""', lambda text: div(escape(text)))))

    text = div(div("".join([write(block) if block.kind != "table" else grid(block.rows) for block in blocks])))
    menu = "".join(div(f'<a href="#/{number}">{text}</a>') for number, text in enumerate(NAVIGATION))
    more = "".join(
        div(f'<a href="#/detail/{number}">{text}</a><i>2025-01-0{number + 1}</i>')
        for number, text in enumerate(RELATED)
    )
    foot = "".join(
        div(text)
        for text in (
            "主办单位：平澜县人民政府办公室", "承办单位：平澜县数据局", "网站标识码：1101010001", "京ICP备05000000号",
            "平澜县人民政府", "更新日期：2025年3月1日",
        )
    )  # fmt: skip
    trail = "".join(div(text, "span") for text in ("当前位置：", "首页", "/", "政务公开", "/", COLUMN))
    info = "".join(div(text, "span") for text in ("发布时间：2025-01-23 16:20", "来源：平澜县水务局", "浏览次数：128"))
    return f"""<!DOCTYPE html><html lang="zh-cn"><head><meta charset="utf-8"><title>{SITE}</title><script type="module" crossorigin src="/assets/index-9f2e.js"></script></head>
<body><noscript>您的浏览器不支持脚本。</noscript><div id="app" data-v-app="">{div(div(menu))}{div(trail)}
{div(div(escape(title)) + div(info) + text + div(div("分享到") + div("") + div("打印本页")))}
{div(div("相关文档") + more)}{div(foot)}{div(div("本网站使用 Cookie 以改进服务。") + div("同意"))}</div></body></html>"""


def word(title, blocks):
    """Saved by Word as a web page: conditional comments, styles of its own, lines broken in the middle of the text."""

    def write(block):
        text = escape(block.text)
        wrapped = "\n".join(text[at : at + 61] for at in range(0, len(text), 61))
        number, mark, rest = wrapped.partition("、")
        if block.kind == "heading" and mark and len(number) < 3:
            wrapped = (
                f"<![if !supportLists]><span style='mso-fareast-font-family:黑体'><span style='mso-list:Ignore'>{number}、"
                f"<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{rest}"
            )
        align = {"title": "center", "right": "right"}.get(block.kind, "left")
        return (
            f"<p class=MsoNormal align={align} style='text-align:{align};mso-pagination:\nwidow-orphan'><span lang=EN-US "
            f"style='font-size:16.0pt;font-family:仿宋_GB2312;mso-bidi-font-family:\n宋体'>{wrapped}<span lang=EN-US><o:p></o:p></span></span></p>\n"
        )

    def cell(text):
        return f"\n  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US\n  style='font-size:9.0pt'>{escape(text).replace(chr(10), '<br>')}<o:p></o:p></span></p>\n  "

    text = body(
        blocks,
        write,
        lambda rows: table(
            rows, " class=MsoNormalTable border=1 style='border-collapse:collapse;\n mso-border-alt:solid'", cell
        ),
    )
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word">

<head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<meta name=Generator content="Microsoft Word 15">
<title>{escape(title)}</title>
<!--[if gte mso 9]><xml>
 <w:WordDocument><w:View>Print</w:View><p>2024年。</p></w:WordDocument>
</xml><![endif]-->
<style>
<!--
 p.MsoNormal {{mso-style-parent:"";margin:0cm;}}
-->
</style>
</head>

<body lang=ZH-CN style='tab-interval:21.0pt'>

<div class=WordSection1 style='layout-grid:15.6pt'>

{text}
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>

</div>

</body>

</html>
"""


def lines(title, blocks):
    """A text that was pasted into one element: a line break behind every line, tables in between."""
    text = body(blocks, lambda block: f"　　{escape(block.text)}<br />", table)
    return f"""<!DOCTYPE html><html><head><meta charset="gbk"><title>{escape(title)}|{SITE}</title></head><body>
<div class="wrap"><div class="top-nav">{links(NAVIGATION, "span")}</div><div class="location">当前位置：<a href="/">首页</a> &gt; <a href="/x">{COLUMN}</a></div>
<div class="con"><div class="tit">{escape(title)}</div><div class="tip">2025-01-23 来源：平澜县水务局 浏览次数：20</div>
<div class="txt" id="fontzoom">{text}</div><div class="fx">分享到：</div></div>{footer("foot")}</div></body></html>"""


def catalogue(title, blocks):
    """The platform for disclosure: particulars of the document in a table above it, each section in a box of its own."""
    sections, text = [[]], ""
    for block in blocks:
        if block.kind == "heading" and block.text[1:2] == "、":
            sections.append([])
        sections[-1].append(block)

    def write(block):
        tag = {"title": "h2", "heading": "h4"}.get(block.kind, "p")
        return f"<{tag}>{escape(block.text)}</{tag}>"

    text = "\n".join(f'<section class="sec">{body(part, write, table)}</section>' for part in sections)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>{escape(title)} - 信息公开目录 - {SITE}</title>{standard_metas(title)}</head>
<body><div class="xxgk-head"><a href="/"><img src="/logo.png"></a><ul>{links(NAVIGATION)}</ul></div>
<div class="xxgk-left"><ul>{links(("公开指南", "公开制度", "法定主动公开内容", "公开年报", "依申请公开"))}</ul></div>
<div class="xxgk-right"><table class="xxgk-info"><tr><th>索 引 号：</th><td>000014349/2025-00001</td><th>信息分类：</th><td>年度报告</td></tr>
<tr><th>发布机构：</th><td>平澜县水务局</td><th>成文日期：</th><td>2025年01月23日</td></tr><tr><th>标　　题：</th><td colspan="3">{escape(title)}</td></tr></table>
<div class="xxgk-tools"><a href="javascript:;" onclick="window.print()">打印本页</a><span style="visibility: hidden">关闭窗口</span></div>
<article class="wz">{text}</article>
<div class="ewm"><img src="/ewm.png" width="120" height="120"><p>扫一扫在手机打开当前页</p></div></div>
{footer("gsfooter")}</body></html>"""


def fragments(title, blocks):
    """A page that a browser extension saved: the portal's head inside the article, text in a font for every word, blank
    cells of fixed spaces, a sign-off that fixed spaces push to the right, a frame for the foot of the page."""

    def words(text):
        parts = [text[at : at + 4] for at in range(0, len(text), 4)]
        return "".join(
            f'<span style="font-family: 微软雅黑;"><font face="方正仿宋_GBK">{escape(part)}</font></span>'
            for part in parts
        )

    def write(block):
        style = "text-indent: 2em; text-align: justify; line-height: 2;"
        if block.kind == "right":
            return f'<p style="{style}" align=""><span><o:p>{"&nbsp;" * 110}{escape(block.text)}<br>\n</o:p></span></p>'
        return f'<p style="{style}" align="">{words(block.text)}<span><o:p></o:p></span></p>'

    def cell(text):
        return f'\n <p align=""><span>{words(text) or "<o:p>&nbsp;</o:p>"}</span><span><o:p></o:p></span></p>\n '

    text = body(blocks, write, lambda rows: table(rows, ' border="1"', cell, indent="  "))
    return f"""<!doctype html>
<html>
<head>
<meta charset="utf-8" />
<title>{escape(title)}-平澜县水务局</title>
</head>
<body>
<div class="meta"><div><strong>标题：</strong>{escape(title)}</div><div><strong>来源：</strong><a href="http://x/1.shtml">http://x/1.shtml</a></div></div>
<article>
<div class="head"><meta name="SiteName" content="平澜县人民政府"><title>平澜县人民政府</title>
<div class="header-t"><span id="utime">2025年12月30日	星期二</span><ul class="fl"><li><h4><a href="javascript:;" onclick="a()">无障碍浏览</a></h4></li></ul></div>
<div class="mainNav"><ul class="clearfix">{links(NAVIGATION)}</ul></div></div>
<div class="xxgkMain"><div class="container"><h2 class="siteTit">平澜县水务局</h2><div class="xxgkHead"><h3 class="pageTit">政府信息公开</h3></div>
<div class="xxgkArticle"><div class="article-tb"><table class="table_content"><tbody>
<tr><td class="c1">名称</td><td class="c4" colspan="3">\n{escape(title)}\n</td></tr>
<tr><td class="c1">索引号</td><td>014314799/2024-00002</td><td>分类</td><td>信息公开年报\n&nbsp;&nbsp;其他</td></tr>
<tr><td class="c1">文件下载</td><td class="c4" colspan="3">\n</td></tr></tbody></table></div>
<div class="xxfkl l"><h1 class="article-title"><ucaptitle>{escape(title)}</ucaptitle></h1>
<div class="article-content " id="zoomcon"><ucapcontent>{text}</ucapcontent></div></div></div></div></div>
<iframe src="/footer.shtml" width="100%" id="adbottom"></iframe>
</article>
</body>
</html>
"""


PORTALS = {
    portal.__name__: portal
    for portal in (trs, jpage, vsb, ucap, govcn, layout_tables, div_soup, word, lines, catalogue, fragments)
}
GBK = ("layout_tables", "word", "lines")


def encode(name, page):
    """The bytes of a page of this portal, in the encoding that its system uses."""
    return page.encode("gb18030" if name in GBK else "utf-8")


# --- what a report says --------------------------------------------------------------------------------------------


def squeezed(text):
    """A text without white space, which pages collapse."""
    return "".join(text.split())


def said(report):
    """What a report says, passage by passage; what stands outside of it is left out."""
    return [(passage.role, squeezed(passage.text)) for passage in report.passages if passage.role != "outside"]


def cells(report):
    return {
        (table.key, *place): cell.raw.strip() for table in report.tables.values() for place, cell in table.cells.items()
    }


def assert_same(read, wanted):
    assert said(read) == said(wanted)
    assert cells(read) == cells(wanted)
    assert list(read.sections) == list(wanted.sections)
    assert [(one.level, one.number, squeezed(one.title)) for one in read.headings] == [
        (one.level, one.number, squeezed(one.title)) for one in wanted.headings
    ]
    assert (read.signoff.date, read.year, read.issuer) == (wanted.signoff.date, wanted.year, wanted.issuer)
