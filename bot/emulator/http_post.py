"""A small HTTP client: posts JSON over connections that are kept alive, which is all a webhook needs."""

import asyncio
from urllib.parse import urlsplit


class HttpPoster:
    """Posts to one address; several posts at once use several connections."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or "127.0.0.1"
        self._port = parts.port or 80
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._closed = False

    async def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer; raises OSError when nobody answers."""
        fresh = not self._idle
        reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection(self._host, self._port)
        try:
            writer.write(self._head(len(body), headers) + body)
            await writer.drain()
            status, content, keep = await self._answer(reader)
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            writer.close()
            if fresh:
                raise OSError(f"no answer: {error}") from error
            return await self.post(body, headers)
        except BaseException:  # cut short: nobody else would close what it held
            writer.close()
            raise
        if keep and not self._closed:
            self._idle.append((reader, writer))
        else:
            writer.close()
        return status, content

    def _head(self, length: int, headers: dict[str, str]) -> bytes:
        given = {"Host": f"{self._host}:{self._port}", "Content-Length": str(length), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        return f"POST {self._path} HTTP/1.1\r\n{lines}\r\n".encode()

    @staticmethod
    async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ", 2)[1])
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        if "chunked" in headers.get("transfer-encoding", ""):
            content = await _chunks(reader)
        else:
            content = await reader.readexactly(int(headers.get("content-length", "0")))
        return status, content, headers.get("connection") != "close"

    def close(self) -> None:
        """Closes what is kept alive, and keeps nothing from now on."""
        self._closed = True
        while self._idle:
            self._idle.pop()[1].close()


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    content = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        content += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return content
