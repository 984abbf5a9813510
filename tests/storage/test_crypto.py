from pathlib import Path

import pytest

from bot.core.errors import BadKeyFile, BadSeal
from storage.crypto import KeyVault, open_vault


def test_what_is_sealed_opens_again_and_is_never_sealed_alike():
    vault = KeyVault.new()
    sealed = [vault.seal("减负".encode()) for _ in range(2)]
    assert sealed[0] != sealed[1]
    assert {vault.unseal(each).decode() for each in sealed} == {"减负"}


@pytest.mark.parametrize("place", [0, 4, 16, -1], ids=["key id", "nonce", "text", "tag"])
def test_an_altered_seal_does_not_open(place):
    vault = KeyVault.new()
    sealed = bytearray(vault.seal(b"some plain text"))
    sealed[place] ^= 1
    with pytest.raises(BadSeal):
        vault.unseal(bytes(sealed))


@pytest.mark.parametrize("length", [0, 3, 20, 40])
def test_a_shortened_seal_does_not_open(length):
    vault = KeyVault.new()
    with pytest.raises(BadSeal):
        vault.unseal(vault.seal(b"some plain text")[:length])


def test_another_vault_does_not_open_a_seal():
    with pytest.raises(BadSeal, match="unknown_key"):
        KeyVault.new().unseal(KeyVault.new().seal(b"text"))


def test_a_rotated_key_file_seals_anew_and_opens_the_old():
    old, fresh = KeyVault.new(), KeyVault.new()
    rotated = KeyVault(old.name_key, (fresh.seal_keys[0], *old.seal_keys))
    assert rotated.unseal(old.seal(b"before")) == b"before"
    with pytest.raises(BadSeal):
        old.unseal(rotated.seal(b"after"))
    assert rotated.pseudonym("person", 7) == old.pseudonym("person", 7)


def test_pseudonyms_are_stable_and_cannot_be_linked_over_purposes():
    vault = KeyVault.new()
    names = {vault.pseudonym(purpose, number) for purpose in ("person", "sender") for number in (1, 2**52, -1)}
    assert len(names) == 6
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in names)
    assert vault.pseudonym("person", 1) == vault.pseudonym("person", 1)


def test_a_signature_fits_callback_data_and_is_compared():
    vault = KeyVault.new()
    assert len(vault.sign("setup:7")) == 8
    assert vault.same(vault.sign("setup:7"), vault.sign("setup:7"))
    assert not vault.same(vault.sign("setup:7"), vault.sign("setup:8"))
    assert not vault.same(vault.sign("setup:7"), "组")


def test_the_key_file_is_made_for_its_owner_alone_and_read_again(tmp_path: Path):
    file = tmp_path / "new" / "key"
    vault = open_vault(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert open_vault(file).unseal(vault.seal(b"text")) == b"text"
    assert [each.name for each in file.parent.iterdir()] == ["key"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "empty", id="empty"),
        pytest.param("# a remark alone\n", "empty", id="a remark alone"),
        pytest.param("seal " + "A" * 43 + "=\n", "empty", id="no key of names"),
        pytest.param("name AAAA\n", "line", id="too short"),
        pytest.param("name !!\n", "line", id="not base64"),
        pytest.param("open sesame\n", "line", id="unknown word"),
        pytest.param("密钥\n", "unreadable", id="not ascii"),
    ],
)
def test_a_broken_key_file_is_named_and_left_as_it_is(tmp_path: Path, text: str, reason: str):
    file = tmp_path / "key"
    file.write_text(text, "utf-8")
    with pytest.raises(BadKeyFile, match=reason):
        open_vault(file)
    assert file.read_text("utf-8") == text
