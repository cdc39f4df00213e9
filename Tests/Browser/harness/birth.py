"""What the mother of the 出生 story answers, fills in and uploads; all of it synthetic."""

from itertools import product

from harness.days import day

ANSWERS = {
    "婴儿年龄": "≤1月", "婚姻状况": "婚内", "出生地": "本市助产机构", "是否跨省生育": "否", "父母户籍": "双方本市",
    "随谁落户": "随母", "是否报销生育医疗费用": "否", "是否登记科学育儿": "否", "是否已办生育登记": "是",
}
PAPER_SLOT = "registration-form"
"""The one paper that nobody but the mother has: 出生医学证明首次签发登记表."""


def form(child: str) -> dict[str, str]:
    """The fields that are not known before, for a child of that name."""
    return {
        "child_name": child, "child_gender": "女", "birth_day": day(-20), "birth_place": "岳阳市示例妇幼保健院",
        "birth_weight": "3200", "gestation": "39", "applicant_relation": "母亲", "other_parent_name": "陈国强",
        "other_parent_id_number": "430602190904265454", "household_head": "陈国强",
        "household_address": "湖南省岳阳市岳阳楼区五里牌街道示例路1号", "card_bank": "中国建设银行",
    }


def child_id(body: str = "43060219120101002") -> str:
    """A synthetic identity number (born 1912) with its check character (GB 11643)."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights)) % 11]


_names = ("陈" + "".join(pair) for pair in product(
    "安宁和乐清朗知云海山若思文嘉景明允怀承远启书瑞星", "然之远晴川禾溪霖舟月言初辰岚泽谦"))


def new_child() -> str:
    """A name that no test of this session has used: a second open case for the same child would be refused."""
    return next(_names)
