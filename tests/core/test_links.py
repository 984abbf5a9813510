"""Web addresses in a text, as people paste them."""

import pytest

from bot.core.links import links_in


@pytest.mark.parametrize(
    ("text", "links"),
    [
        pytest.param("请填https://t.example.cn/x1谢谢", ("https://t.example.cn/x1",), id="between Chinese characters"),
        pytest.param("打开 t.example.cn/abcd1", ("t.example.cn/abcd1",), id="without the scheme"),
        pytest.param("https://a.cn/12345 https://a.cn/12345", ("https://a.cn/12345",), id="twice is once"),
        pytest.param("文件在a.docx里", (), id="a file name"),
        pytest.param("a@b.example.cn/1234", (), id="behind a mail address"),
        pytest.param("1/2的人", (), id="a fraction"),
    ],
)
def test_addresses_are_found(text: str, links: tuple[str, ...]) -> None:
    assert links_in(text) == links
