"""getUpdates, webhooks, getMe and files: how the bot hears of things."""

from urllib.parse import urlsplit

from bot.emulator.failures import Unsupported, bad_request, conflict
from bot.emulator.files import LARGEST_DOWNLOAD
from bot.emulator.methods.call import Handler, Made
from bot.emulator.objects import user_object, without_nothing
from bot.emulator.spec import Json
from bot.emulator.webhook import Webhook

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def get_me(call: Made) -> Json:
    """The bot; can_read_all_group_messages tells the setting, not what each group does."""
    return user_object(call.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": not call.world.bot_self.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _allow(call: Made) -> None:
    kinds = call.given.get("allowed_updates")
    if unknown := set(kinds or ()) - call.world.spec.update_kinds:
        raise Unsupported(f"{call.method}.allowed_updates: {', '.join(sorted(unknown))}")
    call.updates.allow(kinds)


async def get_updates(call: Made) -> list[Json]:
    """A long poll."""
    if call.world.webhook.hook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    _allow(call)
    limit = min(max(call.given.get("limit", 100), 1), 100)
    return await call.updates.take(
        offset=call.given.get("offset", 0), limit=limit, timeout=float(call.given.get("timeout", 0))
    )


def set_webhook(call: Made) -> bool:
    """Sets a webhook, or removes it when the address is empty; plain HTTP only on this machine."""
    url = call.given["url"]
    if call.given.get("drop_pending_updates"):
        call.updates.drop()
    if not url:
        call.world.webhook.stop()
        return True
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in LOOPBACK:
        if parts.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        raise Unsupported("setWebhook: only http:// on this machine is played")
    secret = call.given.get("secret_token")
    if secret is not None and not (1 <= len(secret) <= 256 and secret.replace("_", "").replace("-", "").isalnum()):
        raise bad_request("secret token contains unallowed characters")
    connections = call.given.get("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    _allow(call)
    hook = Webhook(url, secret, connections, "certificate" in call.given, call.given.get("ip_address"))
    call.updates.end_poll("terminated by setWebhook request")
    call.world.webhook.set(hook)
    return True


def delete_webhook(call: Made) -> bool:
    """Removes the webhook."""
    call.world.webhook.stop()
    if call.given.get("drop_pending_updates"):
        call.updates.drop()
    return True


def get_webhook_info(call: Made) -> Json:
    """How the webhook goes."""
    hook = call.world.webhook.hook
    call.updates.forget_old()
    allowed = call.updates.allowed
    shown = {
        "url": hook.url if hook else "",
        "has_custom_certificate": bool(hook and hook.has_certificate),
        "pending_update_count": len(call.updates.pending),
    } | without_nothing(allowed_updates=sorted(allowed) if allowed != call.updates.default() else None)
    if hook is None:
        return shown
    shown |= {"max_connections": hook.max_connections} | without_nothing(ip_address=hook.ip_address)
    if hook.last_error_date:
        shown |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    return shown


def get_file(call: Made) -> Json:
    """Where a file can be downloaded."""
    stored = call.world.files.find(call.given["file_id"])
    if stored.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.identity | {"file_path": stored.path}


METHODS: dict[str, Handler] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getFile": get_file,
}
