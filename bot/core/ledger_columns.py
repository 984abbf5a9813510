"""The columns of the ledger (《微信工作群管理台账》 and its kin): the names they go by, and the words in them.

Names and words are compared folded (`core.units.comparable`), so that traditional script needs none of its own.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from bot.core.approvals import ApprovalKind
from bot.core.group import GroupKind
from bot.core.ledger import ClosingReason, ObjectState, ObjectType, Platform
from bot.core.units import ContactRole, UnitLevel, comparable

Columns = Mapping[str, Sequence[str]]
"""Fields with the names that their columns go by, the usual one first."""

LEDGER: Columns = {
    "unit": ("单位", "单位名称", "所属单位", "主管单位", "责任单位", "建群单位", "主办单位", "部门", "unit"),
    "object_type": ("类型", "对象类型", "类别", "type"),
    "platform": ("平台", "所在平台", "依托平台", "载体", "软件", "platform"),
    "name": (
        *("群名称", "名称", "群名", "群组名称", "工作群名称", "微信群名称", "账号名称", "公众号名称", "应用名称"),
        *("程序名称", "name"),
    ),
    "kind": ("群性质", "性质", "群类型", "常设或专项", "kind"),
    "owner": ("群主职务", "负责人职务", "群主", "负责人", "管理员职务", "运营负责人", "owner", "owner's role"),
    "owner_level": ("群主层级", "主办层级", "层级", "级别", "owner's level", "level"),
    "members": ("成员数", "人数", "成员人数", "群成员数", "群人数", "members"),
    "purpose": ("用途", "建群用途", "建群目的", "主要功能", "功能", "工作内容", "建群事由", "purpose"),
    "approved_by": ("审批人", "批准人", "审批单位", "批准单位", "审批部门", "approved by"),
    "approved_on": ("审批时间", "批准时间", "审批日期", "批准日期", "备案时间", "approved on"),
    "created_on": ("建群时间", "建群日期", "创建时间", "成立时间", "开通时间", "上线时间", "注册时间", "created on"),
    "end_date": ("拟解散时间", "解散时间", "截止日期", "截止时间", "到期时间", "计划解散时间", "结束时间", "end date"),
    "state": ("状态", "目前状态", "使用状态", "运行状态", "清理情况", "处置情况", "state"),
    "twin_of": ("同一群的其他平台", "重复群", "对应群", "同群异平台", "twin of"),
    "merged_into": ("并入", "合并到", "并入群", "归并至", "merged into"),
    "closing_reason": ("关停原因", "解散原因", "注销原因", "关闭原因", "closing reason"),
    "closed_on": ("实际解散时间", "关停时间", "注销时间", "实际解散日期", "closed on"),
    "filing_number": ("备案号", "备案编号", "登记编号", "filing number"),
    "last_update": ("最后更新", "最后更新时间", "最近更新", "最近更新时间", "更新时间", "last update"),
    "freshness_days": ("更新时限", "更新周期", "更新时限（天）", "update limit"),
    "seasonal": ("季节性", "是否季节性", "季节性群", "seasonal"),
    "id": ("台账编号", "台帐编号", "ledger number"),
}  # fmt: skip
"""The fields of a row in the ledger's order."""

UNITS: Columns = {
    "name": ("单位名称", "单位", "名称", "机构名称", "unit", "name"),
    "parent": ("上级单位", "主管单位", "上级", "parent", "parent unit"),
    "level": ("层级", "级别", "行政层级", "level"),
    "is_department": ("是否部门", "部门", "is department"),
    "aliases": ("别名", "简称", "曾用名", "aliases"),
    "hours": ("工作时间", "作息时间", "working hours"),
    "cap": ("常设群上限", "standing groups at most"),
    "project_cap": ("专项群上限", "project groups at most"),
    ContactRole.RESPONSIBLE: ("责任人", "责任人联系方式", "responsible"),
    ContactRole.LIAISON: ("联络员", "联络员联系方式", "liaison"),
    ContactRole.SECRECY: ("保密员", "保密员联系方式", "secrecy officer"),
    "id": ("单位编号", "unit number"),
}
"""The fields of a unit."""

APPROVALS: Columns = {
    "number": ("编号", "批准文号", "文号", "备案号", "计划编号", "审批编号", "批准编号", "目录编号", "number"),
    "name": (
        *("事项名称", "名称", "检查事项", "检查名称", "报表名称", "表格名称", "事项", "项目名称", "检查项目", "内容"),
        *("报表", "name"),
    ),
    "approval_kind": ("类别", "类型", "事项类别", "事项类型", "种类", "kind"),
    "issuer": (
        "单位",
        "发起单位",
        "检查单位",
        "牵头单位",
        "实施单位",
        "主办单位",
        "责任单位",
        "部门",
        "issuer",
        "unit",
    ),
    "first": ("开始时间", "开始日期", "起始时间", "起始日期", "自", "from"),
    "last": ("结束时间", "结束日期", "截止时间", "截止日期", "有效期至", "至", "until", "to"),
    "span": ("时间", "检查时间", "实施时间", "有效期", "报送时间", "起止时间", "计划时间", "dates"),
    "place": ("地点", "乡镇", "检查对象", "对象", "涉及乡镇", "范围", "place", "township"),
}
"""The fields of the list of approved inspections, collections and forms (Baotou 2019 items 19, 20 and 23)."""

PERSONAL = (
    *("电话", "手机", "联系方式", "身份证", "证件号", "成员名单", "名单", "姓名", "微信号", "qq号", "截图", "住址"),
    *("phone", "member list"),
)  # fmt: skip
"""What the ledger does not take: it holds roles and counts, no people."""

_TYPES = {
    ObjectType.GROUP: ("工作群", "群", "群组", "工作群组", "微信群", "qq群", "微信工作群", "group"),
    ObjectType.ACCOUNT: (
        "公众账号", "公众帐号", "公众号", "政务新媒体", "账号", "订阅号", "服务号", "微博", "视频号", "account",
    ),
    ObjectType.APP: ("应用程序", "应用程式", "app", "政务应用程序", "移动应用", "小程序", "应用"),
}  # fmt: skip
_PLATFORMS = {
    Platform.TELEGRAM: ("telegram", "tg", "电报"),
    Platform.WECHAT: ("微信", "wechat", "weixin", "微信公众平台", "微信公众号"),
    Platform.QQ: ("qq", "腾讯qq"),
    Platform.WECOM: ("企业微信", "政务微信", "wecom"),
    Platform.DINGTALK: ("钉钉", "浙政钉", "政务钉钉", "粤政易", "dingtalk"),
    Platform.FEISHU: ("飞书", "feishu", "lark"),
    Platform.WEIBO: ("微博", "新浪微博", "weibo"),
    Platform.DOUYIN: ("抖音", "douyin"),
    Platform.OTHER: ("其他", "other"),
}
_KINDS = {
    GroupKind.STANDING: ("常设", "常设群", "长期", "固定", "日常", "日常工作群", "standing"),
    GroupKind.PROJECT: ("专项", "专项群", "临时", "临时群", "阶段性", "专项工作群", "project"),
}
_STATES = {
    ObjectState.RUNNING: ("运行", "运行中", "在用", "使用中", "正常", "正常运行", "保留", "running"),
    ObjectState.EXTENDED: ("延期", "已延期", "extended"),
    ObjectState.AWAITING: ("待确认", "拟解散", "待解散", "awaiting"),
    ObjectState.DISSOLVED: ("已解散", "解散", "已注销", "注销", "已关停", "关停", "已关闭", "已清理", "dissolved"),
    ObjectState.MERGED: ("已合并", "合并", "已并入", "并入", "已整合", "merged"),
}  # fmt: skip
_REASONS = {
    ClosingReason.FINISHED: ("工作结束", "已完成", "任务完成", "工作已结束", "finished"),
    ClosingReason.UNUSED: ("长期不用", "不再使用", "长期未使用", "僵尸群", "使用率低", "unused"),
    ClosingReason.REPLACEABLE: ("可替代", "功能可替代", "replaceable"),
    ClosingReason.DUPLICATE: ("重复建群", "功能重复", "重复", "duplicate"),
    ClosingReason.MERGED: ("合并", "已合并", "并入其他", "merged"),
    ClosingReason.OTHER: ("其他", "other"),
}
_LEVELS = {
    UnitLevel.PROVINCE: ("省级", "省", "自治区", "province"),
    UnitLevel.CITY: ("市级", "市", "地级", "盟", "州", "city"),
    UnitLevel.COUNTY: ("县级", "县", "区县级", "区", "旗", "区级", "县区级", "county"),
    UnitLevel.TOWNSHIP: ("乡镇级", "乡镇", "乡级", "镇级", "镇", "乡", "街道", "苏木", "township"),
    UnitLevel.VILLAGE: ("村级", "村", "社区", "嘎查", "村社区", "village"),
}
_APPROVAL_KINDS = {
    ApprovalKind.INSPECTION: (
        "检查",
        "督查",
        "督导",
        "考核",
        "监督检查",
        "检查考核",
        "督查检查考核",
        "调研",
        "inspection",
    ),
    ApprovalKind.COLLECTION: ("数据", "数据报送", "材料", "材料报送", "信息报送", "报送", "collection"),
    ApprovalKind.FORM: ("表格", "报表", "表", "台账", "统计报表", "form"),
}


def _known(words: Mapping[Any, Sequence[str]]) -> Mapping[str, StrEnum]:
    return {comparable(word): code for code, names in words.items() for word in (*names, code.value)}


CODES: Mapping[str, Mapping[str, StrEnum]] = {
    "object_type": _known(_TYPES),
    "platform": _known(_PLATFORMS),
    "kind": _known(_KINDS),
    "state": _known(_STATES),
    "closing_reason": _known(_REASONS),
    "owner_level": _known(_LEVELS),
    "level": _known(_LEVELS),
    "approval_kind": _known(_APPROVAL_KINDS),
}
"""The fields that hold a word of a list, with all the words."""


def is_personal(heading: str) -> bool:
    """Whether a column by this heading would hold what is known of people."""
    plain = comparable(heading)
    return any(comparable(word) in plain for word in PERSONAL)
