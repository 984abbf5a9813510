"""What is exported can be imported: the round trip changes nothing, in every language."""

import asyncio
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from bot.core.group import GroupKind
from bot.core.ledger import ClosingReason, Evidence, LedgerObject, ObjectState, ObjectType, Platform
from bot.core.ledger_columns import LEDGER, UNITS
from bot.core.ledger_log import HOST
from bot.core.ledger_plan import Defaults
from bot.core.unit_names import UnitNames
from bot.core.units import Unit, UnitLevel
from bot.services import ledger, ledger_import, unit_files, units
from bot.services.ledger_export import FIELDS, exported, in_order
from bot.sheets import Column, open_table, write_csv
from bot.texts import LANGUAGES, Catalogue
from tests.fakes import InMemoryStore

NOW = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
TODAY = NOW.date()
UNITS_OF_TEST = (
    Unit("青山县", UnitLevel.COUNTY),
    Unit("青山镇", UnitLevel.TOWNSHIP, parent_id=1, aliases=("青山",), hours="周一至周五 09:00-17:00", cap=2),
    Unit("综合办", UnitLevel.COUNTY, parent_id=1, is_department=True),
    Unit("综合办", UnitLevel.TOWNSHIP, parent_id=2, is_department=True),
)

_texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=30).map(str.strip)
_names = st.one_of(
    st.sampled_from(["工作群", "=1+1", "'群", "-", "无", "00123", "2026-03-01", "序号"]), _texts.filter(bool)
)
_days = st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31))
_rows = st.builds(
    LedgerObject,
    unit_id=st.none() | st.integers(1, 4),
    object_type=st.sampled_from(ObjectType),
    platform=st.sampled_from(Platform),
    name=_names,
    kind=st.none() | st.sampled_from(GroupKind),
    owner=st.sampled_from(["", "党政办主任"]),
    owner_level=st.none() | st.sampled_from(UnitLevel),
    members=st.none() | st.integers(0, 9999),
    purpose=_texts,
    approved_by=_texts.map(lambda text: text.strip(" ,，、;；")),  # as every role is kept
    approved_on=_days,
    created_on=_days,
    end_date=_days,
    state=st.sampled_from(ObjectState),
    closing_reason=st.none() | st.sampled_from(ClosingReason),
    closed_on=_days,
    evidence=st.just(Evidence.OWNER),
    filing_number=_texts,
    last_update=_days,
    freshness_days=st.none() | st.integers(0, 999),
    seasonal=st.booleans(),
    group_id=st.none(),
)


async def filled(rows, references):
    """A store with units and rows, some of which refer to others."""
    store = InMemoryStore()
    async with store.begin() as work:
        await units.add(work, UNITS_OF_TEST, HOST, NOW)
        stored = await ledger.enter(work, rows, HOST, NOW)
        for place, other in references.items():
            if place < len(stored) and other < len(stored) and place != other:
                row = await work.objects.get(stored[place].id)
                work.tables.objects[row.id] = row.__class__(
                    **{name: getattr(row, name) for name in row.__slots__} | {"twin_of": stored[other].id}
                )
        await work.commit()
    return store


async def written(store, path, language):
    words = Catalogue.load(language)
    async with store.begin() as work:
        tree, every = await work.units.all(), await work.objects.all(ended=True)
    cells = exported(
        in_order(every, tree), every, UnitNames(tree), lambda name, code: words(f"ledger_file.word.{name}.{code}")
    )
    out = io.BytesIO()
    write_csv(out, [Column(words(f"ledger_file.field.{name}")) for name in FIELDS], cells)
    path.write_bytes(out.getvalue())


async def planned(store, path):
    with open_table(path, LEDGER) as table:
        rows = [(record.number, record.values) for record in table.records()]
    async with store.begin() as work:
        return len(rows), await ledger_import.planned(work, rows, Defaults(), TODAY)


@settings(
    deadline=None, max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)  # shrinking takes minutes
@given(
    rows=st.lists(_rows, min_size=1, max_size=6),
    references=st.dictionaries(st.integers(0, 5), st.integers(0, 5), max_size=3),
    language=st.sampled_from(LANGUAGES),
)
def test_an_export_imported_again_changes_nothing(tmp_path_factory, rows, references, language):
    async def play():
        store = await filled(rows, references)
        path = tmp_path_factory.getbasetemp() / "ledger.csv"
        await written(store, path, language)
        count, effect = await planned(store, path)
        assert count == len(rows)
        assert effect.problems == []
        assert effect.unchanged == len(rows), effect.changed

    asyncio.run(play())


def test_what_is_applied_is_in_the_ledger_with_its_references_and_the_second_time_all_is_unchanged(tmp_path):
    path = tmp_path / "a.csv"
    text = "单位,群名称,平台,对应群,并入\n青山,甲,微信,乙,\n青山镇,乙,QQ,,\n青山县,丙,钉钉,,甲\n"
    path.write_text(text, "utf-8")

    async def play():
        store = await filled([], {})
        _, effect = await planned(store, path)
        async with store.begin() as work:
            assert await ledger_import.apply(work, effect, HOST, NOW) == ledger_import.Applied(3, 0)
            await work.commit()
            one, two, three = await work.objects.all(ended=True)
        assert (one.twin_of, three.merged_into, three.state) == (two.id, one.id, ObjectState.MERGED)
        _, again = await planned(store, path)
        assert (again.unchanged, again.problems) == (3, [])

    asyncio.run(play())


@pytest.mark.parametrize("language", LANGUAGES)
def test_exported_units_imported_again_change_nothing(tmp_path, language):
    words = Catalogue.load(language)

    async def play():
        store = await filled([], {})
        async with store.begin() as work:
            cells = unit_files.exported(
                await work.units.all(), lambda name, code: words(f"units_file.word.{name}.{code}"), contacts=True
            )
            with (tmp_path / "u.csv").open("wb") as out:
                write_csv(out, [Column(words(f"units_file.field.{name}")) for name in unit_files.FIELDS], cells)
            with open_table(tmp_path / "u.csv", UNITS) as table:
                effect = await unit_files.planned(work, [(each.number, each.values) for each in table.records()])
        assert (effect.unchanged, effect.problems) == (len(UNITS_OF_TEST), [])

    asyncio.run(play())
