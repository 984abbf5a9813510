"""`jianfu cases`: what the host sees of cases, and the file that is taken out of one."""

import asyncio
import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.bookkeeping import book
from bot.core.case_moves import CaseState, Step
from bot.core.cases import Case, Clearing, Event, Shown
from bot.core.changes import Role
from bot.core.model import Category
from bot.core.reports import Note, Report, ReportState
from bot.texts import LANGUAGES, Catalogue
from config.settings import load_settings
from tests.handlers.stage import SHANGHAI
from tests.storage.make_values import group

WORDS = Catalogue.load("zh-Hans")
DAY = date(2026, 3, 11)
AT = datetime(2026, 3, 11, 10, tzinfo=SHANGHAI)
RECEIPT, KNOWN = "f" * 32, "老王，七组"
CASE = Case(
    *(Category.RANKING, DAY, DAY, CaseState.CONFIRMED),
    due=DAY + timedelta(days=7),
    outcome=CaseState.CONFIRMED,
    shown=frozenset({Shown.UNIT}),
    findings=6,
    reports=2,
)
REPORT = Report(77, DAY, Category.RANKING, RECEIPT, message_id=5, words="每天排名\n<还点名>", known=KNOWN)


async def fill():
    async with book(load_settings()) as store, store.begin() as work:
        seen = await work.groups.add(group(-5))
        case = await work.cases.add(replace(CASE, group_id=seen.id))
        sent = Event(Step.SEND, Role.OFFICE, CaseState.UNDER_CHECK, CaseState.SENT, AT, "请说明\x07排名一事")
        answer = replace(sent, step=Step.ANSWER, by=Role.UNIT_CONTACT, after=CaseState.ANSWERED, words="单位的说明")
        undone = replace(sent, step=Step.CLEAR, clearing=Clearing.WRITTEN, words="误会", undone=True)
        for event in (sent, answer, undone):
            await work.cases.record(case.id, event, case)
        joined = replace(REPORT, group_id=seen.id, case_id=case.id, state=ReportState.OPEN, open_handed=True)
        await work.reports.add(joined)
        gone = replace(REPORT, id=78, receipt="e" * 32, case_id=case.id, state=ReportState.WITHDRAWN)
        await work.reports.add(replace(gone, words="", known="", message_id=None))
        await work.reports.say(Note(1, 77, DAY, "哪一天？", from_office=True))
        await work.reports.say(Note(2, 77, DAY, "还没到批次的补充", held=True))
        await work.cases.add(replace(CASE, state=CaseState.CLOSED, place="某微信群", due=None))
        await work.commit()


@pytest.fixture
def office(jianfu):
    asyncio.run(fill())
    return jianfu


def read(contents: bytes) -> list[str]:
    """The paragraphs of a document of Word, as a reader of XML finds them."""
    with zipfile.ZipFile(io.BytesIO(contents)) as book_:
        assert book_.testzip() is None
        tree = ET.fromstring(book_.read("word/document.xml"))  # noqa: S314 - our own file
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    said = {f"{space}t": lambda each: each.text or "", f"{space}br": lambda _: "\n"}
    lines = tree.iter(f"{space}p")
    return ["".join(said[each.tag](each) for each in line.iter() if each.tag in said) for line in lines]


def test_open_cases_are_listed_in_the_order_of_their_coming(office):
    (line,) = office("cases", "list").lines
    assert line.startswith("第 1 号  已查实")
    assert "青山镇工作群 🌾" in line
    assert "期限 2026-03-18，已过" in line
    (closed,) = office("cases", "list", "--state", "closed").lines
    assert "某微信群" in closed
    assert office("cases", "list", "--state", "sent").lines == [WORDS("cli.cases.list.none")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_is_shown_with_its_history_and_reports_and_nobodys_name(office, language):
    words = Catalogue.load(language)
    shown = office("--language", language, "cases", "show", 1)
    assert shown.code == 0
    assert "2026-03-11 10:00" in shown.out
    for part in ("单位的说明", "每天排名", "哪一天？", words("case.step.clear")):
        assert part in shown.out
    assert "\ufffd" not in shown.out.replace("说明\ufffd排名", "")
    for secret in (KNOWN, RECEIPT, "77", "还没到批次", "\x07"):
        assert secret not in shown.out


def test_a_file_opens_as_a_document_with_the_whole_case(office):
    done = office("cases", "export", 1, "事项1.docx")
    assert (done.code, done.err) == (0, "")
    text = read(Path("事项1.docx").read_bytes())
    assert text[0] == "事项案卷　第 1 号"
    assert "• 请说明排名一事" in text
    assert "• 每天排名\n<还点名>" in text
    assert "第 2 件　2026-03-11　已由本人撤回，文字已删" in text
    assert any("（已撤回）" in line for line in text)
    assert not any(secret in line for line in text for secret in (KNOWN, RECEIPT, "还没到批次"))


def test_a_file_as_json_holds_the_same(office):
    assert office("cases", "export", 1, "1.json").code == 0
    tree = json.loads(Path("1.json").read_text("utf-8"))
    assert (tree["case"], tree["state"], tree["due"], tree["shown"]) == (1, "confirmed", "2026-03-18", ["unit"])
    assert [each["step"] for each in tree["history"]] == ["send", "answer", "clear"]
    assert tree["history"][0]["at"] == "2026-03-11T10:00:00+08:00"
    assert [each["state"] for each in tree["reports"]] == ["open", "withdrawn"]
    assert [note["words"] for note in tree["reports"][0]["talk"]] == ["哪一天？"]
    assert "known" not in tree["reports"][0]
    assert RECEIPT not in json.dumps(tree)


@pytest.mark.parametrize("name", ["1.json", "1.docx"])
def test_who_chose_to_be_known_is_named_when_asked_for_and_the_log_says_so(office, name):
    assert office("cases", "export", 1, name, "--with-known").code == 0
    contents = Path(name).read_bytes()
    text = contents.decode() if name.endswith("json") else "\n".join(read(contents))
    assert KNOWN in text
    assert name.endswith("json") or WORDS("case_file.office_named") in text
    assert Path(name).stat().st_mode & 0o777 == 0o600
    assert RECEIPT not in text
    log = office("ledger", "log", "--last", "1").out
    assert "事项 1" in log
    assert WORDS("case_file.field.known") in log


def test_a_file_that_is_there_is_not_overwritten_unless_asked(office):
    Path("1.json").write_text("mine", "utf-8")
    refused = office("cases", "export", 1, "1.json")
    assert (refused.code, refused.err) == (2, WORDS("errors.input.exists", file="1.json") + "\n")
    assert Path("1.json").read_text("utf-8") == "mine"
    assert office("cases", "export", 1, "1.json", "--force").code == 0
    assert json.loads(Path("1.json").read_text("utf-8"))["case"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param((9, "9.docx"), ("no_case", {"number": 9}), id="no such case"),
        pytest.param((1, "1.pdf"), ("not_case_file", {"file": "1.pdf"}), id="no such form"),
        pytest.param((1, "away/1.docx"), ("not_writable", {"file": "away/1.docx"}), id="no such folder"),
    ],
)
def test_what_cannot_be_exported_leaves_nothing(office, arguments, said):
    result = office("cases", "export", *arguments)
    reason, fields = said
    assert (result.code, result.err) == (2, WORDS(f"errors.input.{reason}", **fields) + "\n")
    assert not Path(arguments[1]).exists()


@pytest.mark.parametrize("call", [("cases", "list"), ("cases", "show", 1), ("log", "verify")])
def test_where_there_is_no_database_none_is_begun(jianfu, call):
    file = Path(load_settings().database.get_secret_value())
    assert not file.exists()
    said = jianfu(*call)
    assert said.code != 0
    assert f"没有数据库 {file}" in said.err
    assert not file.exists()
