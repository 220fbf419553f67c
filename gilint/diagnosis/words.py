"""The words of a diagnosis, in the languages of the messages."""

from __future__ import annotations

TEXTS = {
    "zh": {
        "colon": "：",
        "comma": "，",
        "list": "、",
        "semicolon": "；",
        "quoted": "“{}”",
        "noted": "（{}）",
        "blank": "空白",
        "last_year": "上年报告",
        # What is wrong, one sentence for each pattern.
        "between": "有 {amount}前后记在不同的列：“{row}”记在“{loses}”，{rows}记在“{gains}”；总计相同，"
        "只看总计列发现不了。",
        "between-rows": "“{loses}”“{gains}”两列同差 {amount}，有一行记错了列；总计相同，只看总计列发现不了。",
        "transferred-columns": "“{row}”有 {amount}记错了列：从“{loses}”移到“{gains}”就全部成立。",
        "transferred-rows": "“{column}”列有 {amount}记错了行：从“{loses}”移到“{gains}”就全部成立。",
        "exchanged": "{line}的“{one}”与“{other}”两格的数对调了。",
        "misplaced": "{line}中“{one}”的数填进了“{other}”。",
        "repeated-row": "{lines}同差 {amount}：同一行的两格一起少计或多计了。",
        "repeated-column": "{lines}同差 {amount}：同一列的两格一起少计或多计了。",
        "shifted": "“{line}”从“{first}”到“{last}”各格整体错开了一格。",
        "shifted-block": "“{first}”到“{last}”各行整体错开了一列：先核对合并单元格和各列的对应关系。",
        "crossing": "{lines}同差 {amount}，只有相交的这一格能同时说明。",
        "alone": "其余各格要改成负数或者改不成整数，等式才能成立，所以是这一格。",
        "only": "改这一格，{equations}就成立。",
        "undecided": "这 {cells} 格只有一个等式相连，单凭表内数字不能确定是哪一格；"
        "下面按可能性排列，请逐一核对原始数据。",
        "several": "至少有 {cells} 格有误，一起改才能使这{equations}成立。",
        "filled": "有 {blanks} 格总计空着没有填，应填的数由其余各格推算得出。",
        "with-blanks": "“{cell}”一格有误，另有 {blanks} 格空着，要一起补填才能全部成立。",
        # What the answers are worth.
        "ways": "有 {ways} 种改法，改动的格数一样多，错的是其中之一；单凭表内数字不能确定，下面按可能性排列。",
        "likeliest": "另有 {more} 种改法，可能性小得多。",
        "longer": "如果这几格都没有错，那就错在等式的另一边，要改 {cells} 格。",
        "addend": "差额 {amount} 正好是“{row}”的数，可能漏计或重复计入了它。",
        "said": "{place}“{words}”",
        "said-last-year": "上年报告的“{cell}”是 {value}，",
        "agrees": "与这一改法一致。",
        "agrees-first": "与第一种改法一致。",
        "more": "{equations}互相牵连（{lines}），至少有 {least} 格有误，超出了能够确定的范围，没有定位到格。"
        "请先核对这些行列，改正几处后再查。",
        "steps": "{equations}互相牵连（{lines}），可能的改法太多，没有定位到格。请先核对这些行列，改正几处后再查。",
        "many": "与此相连的等式共涉及至少 {least} 格错误，错得多时推断可能落空，改后请再查一遍。",
        "equation": "这个等式",
        "equations": " {count} 个等式",
        "row": "“{}”行",
        "column": "“{}”列",
        "and_more": "等",
        # What kind of slip a change would be.
        "slip-twice": "可能重复计入",
        "slip-alike": "数字形近",
        "slip-swapped": "相邻两位颠倒",
        "slip-substituted": "一位写错",
        "slip-miscounted": "多写或漏写一位",
        "slip-unfilled": "写成了 0",
        "slip-blank": "漏填",
        "slip-any": "",
        "size": "改 {} 格",
    },
    "en": {
        "colon": ": ",
        "comma": ", ",
        "list": ", ",
        "semicolon": "; ",
        "quoted": "“{}”",
        "noted": " ({})",
        "blank": "blank",
        "last_year": "last year's report",
        "between": "{amount} stands in different columns: “{row}” has it in “{loses}”, {rows} in “{gains}”; the totals "
        "agree, so the total column does not show it.",
        "between-rows": "“{loses}” and “{gains}” are off by the same {amount}, which some row has in the wrong column; "
        "the totals agree, so the total column does not show it.",
        "transferred-columns": "“{row}” has {amount} in the wrong column: moved from “{loses}” to “{gains}”, all of it "
        "holds.",
        "transferred-rows": "column “{column}” has {amount} in the wrong row: moved from “{loses}” to “{gains}”, all "
        "of it holds.",
        "exchanged": "in {line} “{one}” and “{other}” hold each other's figures.",
        "misplaced": "in {line} the figure of “{one}” was entered in “{other}”.",
        "repeated-row": "{lines} are off by the same {amount}: two cells of one row have it too little or too much.",
        "repeated-column": "{lines} are off by the same {amount}: two cells of one column have it too little or too "
        "much.",
        "shifted": "The cells of “{line}” from “{first}” to “{last}” are all shifted by one.",
        "shifted-block": "The rows from “{first}” to “{last}” are all shifted by one column: check merged cells and "
        "which column is which first.",
        "crossing": "{lines} are off by the same {amount}: only the cell where they cross explains them all.",
        "alone": "Any other cell would have to be negative or no whole number, so it is this one.",
        "only": "With this cell changed {equations} holds.",
        "undecided": "A single equation ties these {cells} cells, so the table alone cannot decide which is wrong; the "
        "likeliest comes first, check each against the records.",
        "several": "At least {cells} cells are wrong: only together do they make {equations} hold.",
        "filled": "{blanks} total(s) were left blank; what belongs there follows from the other cells.",
        "with-blanks": "“{cell}” is wrong and {blanks} blank cell(s) must be filled for all to hold.",
        "ways": "It is one of {ways} ways that change as few cells; the table alone cannot decide, the likeliest comes "
        "first.",
        "likeliest": "There are {more} other way(s), far less likely.",
        "longer": "If none of these cells is wrong, the other side of the equations is, which takes {cells} cells.",
        "addend": "The difference of {amount} is just the figure of “{row}”, which may be left out or counted twice.",
        "said": "{place} “{words}”",
        "said-last-year": "last year's “{cell}” is {value}, which",
        "agrees": " agrees with this.",
        "agrees-first": " agrees with the first way.",
        "more": "{equations} hang together ({lines}): at least {least} cells are wrong, more than can be told apart, "
        "so none is named. Check these rows and columns, correct some and check again.",
        "steps": "{equations} hang together ({lines}): there are too many ways to look through, so no cell is "
        "named. Check these rows and columns, correct some and check again.",
        "many": "In all that hangs together at least {least} cells are wrong; with so many the guess may be off, so "
        "check again after the change.",
        "equation": "this equation",
        "equations": "{count} equations",
        "row": "row “{}”",
        "column": "column “{}”",
        "and_more": " and more",
        "slip-twice": "may be counted twice",
        "slip-alike": "digits that look alike",
        "slip-swapped": "two digits swapped",
        "slip-substituted": "one digit wrong",
        "slip-miscounted": "a digit too many or too few",
        "slip-unfilled": "left at 0",
        "slip-blank": "left blank",
        "slip-any": "",
        "size": "{} cells",
    },
}
