"""The names of persons that a raw message of a Telegram Desktop export states beside its text and in it."""

from collections.abc import Iterator

_STATING = ("from", "forwarded_from", "saved_from", "actor", "inviter", "author")
_OF_GROUPS = ("channel", "chat")
_LISTING = ("members", "text", "text_entities")
_NAMED = "mention_name"


def names_in(raw: dict[str, object]) -> Iterator[object]:
    """Yield what stands where a person's name should; of texts only the words that lead to a person's account.

    A group or channel that writes, as anonymous admins do, is no person: its title is no secret.
    """
    for field in _STATING:
        if field in raw and not is_group(raw.get(f"{field}_id")):
            yield raw[field]
    for field in _LISTING:
        found = raw.get(field)
        if type(found) is list:
            yield from found if field == "members" else _mentioned(found)
    contact = raw.get("contact_information")
    if type(contact) is dict:
        first, last = contact.get("first_name"), contact.get("last_name")
        yield from (first, last)
        if type(first) is str and type(last) is str:
            yield last + first


def is_group(author: object) -> bool:
    """Whether the number of an author is that of a group or channel."""
    return type(author) is str and author.startswith(_OF_GROUPS)


def _mentioned(parts: list[object]) -> Iterator[object]:
    for part in parts:
        if type(part) is dict and part.get("type") == _NAMED:
            yield part.get("text")
