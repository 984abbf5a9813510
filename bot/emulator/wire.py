"""Reading the body of a request as python-telegram-bot and others send it: form, multipart, JSON, query."""

import re
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request

from bot.emulator.failures import Unsupported
from bot.emulator.spec import Json, Upload

OPTION = re.compile(r';\s*([\w*]+)=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))')


async def read_parameters(request: Request) -> Json:
    """The parameters of a call, undecoded; files are uploads under their part's name."""
    found: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    if not body:
        return found
    media_type = request.headers.get("content-type", "")
    if media_type.startswith("application/json"):
        found |= orjson.loads(body)
    elif media_type.startswith("application/x-www-form-urlencoded"):
        found |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    elif media_type.startswith("multipart/form-data"):
        found |= _multipart(media_type, body)
    else:
        raise Unsupported(f"content type {media_type or 'missing'}")
    return found


def _multipart(media_type: str, body: bytes) -> Json:
    boundary = _options(media_type).get("boundary", "")
    found: Json = {}
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        named = {name.lower(): value for name, value in headers.items()}
        options = _options(named["content-disposition"])
        content = content.removesuffix(b"\r\n")
        if "filename" in options:
            kind = named.get("content-type", "application/octet-stream")
            found[options["name"]] = Upload(options["filename"], content, kind)
        else:
            found[options["name"]] = content.decode()
    return found


def _options(header: str) -> dict[str, str]:
    """The parameters behind the first semicolon of a header, unquoted as browsers and httpx quote them."""
    found = {}
    for name, quoted, bare in OPTION.findall(header):
        plain = quoted.replace("%22", '"').replace('\\"', '"').replace("%0D", "\r").replace("%0A", "\n")
        found[name.lower()] = plain or bare
    return found
