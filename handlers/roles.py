"""Who somebody is to the office: asked anew at each action."""

from bot.core.visibility import Roles
from bot.services.office import units_of
from bot.services.persons import key_of
from handlers.context import Context
from handlers.rights import STAND_INS, is_group_admin, is_office


async def roles_of(context: Context, user_id: int, group_id: int | None = None) -> Roles:
    """The roles of a person; whether they are an admin is asked of one group only."""
    if user_id in STAND_INS or user_id <= 0:
        return Roles()
    units = await units_of(context.work, key_of(context.runtime.vault, user_id))
    groups: frozenset[int] = frozenset()
    if group_id is not None:
        group = await context.work.groups.get(group_id)
        if group is not None and await is_group_admin(context, group.chat_id, user_id):
            groups = frozenset({group_id})
    return Roles(await is_office(context, user_id), units, groups)
