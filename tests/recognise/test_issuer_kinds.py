"""Kinds of issuers by their names."""

import pytest
from samples import example, linter

from gilint import Config, ConfigError, Linter
from gilint.recognise.family import FamilyPlan
from gilint.recognise.particulars import issuer_kind

FAMILY = FamilyPlan(linter().ruleset.families[0])
NAMES = {
    "government": (
        "淮安市人民政府 广东省人民政府 北京市密云区人民政府 大理白族自治州人民政府 呼伦贝尔市人民政府 "
        "锡林郭勒盟行政公署 大兴安岭地区行政公署 阿荣旗人民政府 上海市浦东新区人民政府 澳洲县 "
        "新疆维吾尔自治区人民政府 新疆生产建设兵团 鄂伦春自治旗人民政府 石河子市 神农架林区人民政府"
    ),
    "township": (
        "大隐镇人民政府 木场乡 横山镇 阿鲁科尔沁苏木人民政府 金秀瑶族乡人民政府 六枝特区岩脚镇人民政府 下各镇"
    ),
    "subdistrict": (
        "上海市黄浦区人民政府打浦桥街道办事处 柳溪街道 上海市黄浦区人民政府打浦桥街道 "
        "深圳市龙岗区人民政府布吉街道办事处 南山街道办"
    ),
    "office": "上海市人民政府办公厅 清新区政府办公室 怀柔区政府办 广元市人民政府办公室 贵州省人民政府办公厅",
    "zone": (
        "苏州工业园区管理委员会 广州经济技术开发区管理委员会 屈原管理区管委会 从化经济开发区 "
        "合肥高新技术产业开发区管理委员会 西湖风景名胜区管理委员会 青河市自由贸易试验区管理委员会 "
        "平潭综合实验区管理委员会"
    ),
    "vertical": (
        "国家税务总局淮安市税务局 青河海关 中华人民共和国青河海关 青河市气象局 国家统计局青河调查队 "
        "青河海事局 中国人民银行青河市分行 国家金融监督管理总局青河监管分局 青河市烟草专卖局 "
        "青河市邮政管理局 青河省通信管理局 国家税务总局青河市税务局第一税务分局 青河市消防救援支队 "
        "中国证券监督管理委员会青河监管局 国家外汇管理局青河市分局 青河省地震局 青河出入境边防检查站 "
        "国家矿山安全监察局青河局 审计署驻青河特派员办事处 财政部青河监管局 国家能源局青河监管办公室 "
        "民航青河安全监督管理局"
    ),
    "organisation": (
        "青河市第一中学 云山小学 青河市人民医院 青河市残疾人联合会 青河市供销合作社联合社 青河市供销合作总社 "
        "青河职业技术学院 青河市总工会 青河市红十字会 云山林场 青河市幼儿园 青河大学 青河市自来水公司 青河水务集团 "
        "青河市律师协会 青河市消费者协会"
    ),
    "department": (
        "四川省财政厅 浙江省教育厅 江苏省发展和改革委员会 江苏省国资委 上海市审计局 北京市密云区商务局 "
        "青河市公安局 青河市公安局云山分局 云山派出所 云山区公安分局柳溪派出所 青河市城市管理委员会 "
        "青河市国有资产监督管理委员会 青河市自然资源和规划局 青河市行政审批服务管理局 青河市机关事务管理局 "
        "青河市人民检察院 青河市住房公积金管理中心 "
        "青河市交通运输综合行政执法支队 青河市退役军人事务局 青河省药品监督管理局 青河省高速公路管理局 "
        "市市场监督管理局 青河市图书馆 "
        "青河市城市管理行政执法局 青河市政务服务和数据管理局 青河市医疗保障局 教育部 中国气象局 "
        "国家税务总局 海关总署 青河省人民政府外事办公室 青河市人民政府国有资产监督管理委员会 "
        "青河市人民政府研究室 青河市信访局 青河省粮食和物资储备局 中共青河市委宣传部 青河市档案局 "
        "青河市生态环境局 青河市生态环境局云山分局 "
        "青河市自然资源局云山分局 云山区住房和城乡建设委员会 云山区卫生健康委 青河市地方金融管理局 "
        "青河市海洋与渔业局 青河市农业农村厅 国务院国资委 水利部长江水利委员会 青河市水上交通管理所 "
        "青河市公安局交通警察支队 "
    ),
}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in NAMES.items() for name in names.split()])
def test_the_name_tells_the_kind(kind, name):
    assert issuer_kind(name, FAMILY.kinds) == kind


@pytest.mark.parametrize("name", ["柳溪", "某某", "平澜县情网"])
def test_a_name_that_tells_nothing_has_no_kind(name):
    assert issuer_kind(name, FAMILY.kinds) is None


def test_the_kind_that_the_configuration_gives_stands_in_place_of_the_name():
    assert linter().read(example("clean-2024").encode()).issuer_kind == "department"
    given = Linter(config=Config(issuer_kind="vertical"))
    assert given.read(example("clean-2024").encode()).issuer_kind == "vertical"


def test_the_kind_that_the_caller_gives_stands_in_place_of_the_configuration():
    given = Linter(config=Config(issuer_kind="vertical"), issuer_kind="township")
    assert given.read(example("clean-2024").encode()).issuer_kind == "township"


def test_a_kind_that_no_pack_knows_is_refused():
    with pytest.raises(ConfigError, match="did you mean 'department'"):
        Linter(config=False, issuer_kind="departement")
