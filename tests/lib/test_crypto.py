"""Sealing, wrapping, rotation and blind indexes."""

import logging
import pickle
from base64 import urlsafe_b64decode
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impl.lib import crypto, ids, normalize
from impl.lib.crypto import DeploymentKeys, MasterKey, OrganizationKeys, UnknownKey, Unsealable
from impl.lib.master_key import MasterKeyRefused

CANARY = b"Ada Lovelace, ada@example.com"
names = st.text(max_size=12)
places = st.tuples(st.integers(0, 1), names, names, st.integers(0, 2))

MASTER = MasterKey.parse(MasterKey.generate())
ORGANIZATIONS = [ids.new_id(), ids.new_id()]
RINGS = [OrganizationKeys.create(MASTER, organization)[0] for organization in ORGANIZATIONS]
ROWS = [UUID(int=0), ids.new_id(), ids.new_id()]
ROW = ROWS[1]
KEYS = RINGS[0]


# Sealed values


@given(st.binary(max_size=2_000), names, names)
def test_what_is_sealed_opens(plaintext: bytes, table: str, column: str) -> None:
    sealed = KEYS.seal(table, column, ROW, plaintext)
    assert KEYS.open(table, column, ROW, sealed) == plaintext
    assert len(sealed) == len(plaintext) + crypto.OVERHEAD_BYTES
    assert crypto.key_id_of(sealed) == KEYS.primary_key_id
    assert sealed != KEYS.seal(table, column, ROW, plaintext), "two seals of one value are alike"
    if len(plaintext) > 8:
        assert plaintext not in sealed


@pytest.mark.promise("H2")
@given(places, places)
def test_a_value_opens_in_no_other_place(made: tuple[int, str, str, int], read: tuple[int, str, str, int]) -> None:
    sealed = RINGS[made[0]].seal(made[1], made[2], ROWS[made[3]], CANARY)
    ring, table, column, row = read
    if made == read:
        assert RINGS[ring].open(table, column, ROWS[row], sealed) == CANARY
    else:
        with pytest.raises(Unsealable):
            RINGS[ring].open(table, column, ROWS[row], sealed)


@pytest.mark.promise("H2")
@pytest.mark.parametrize(
    ("left", "right"), [(("ab", "c"), ("a", "bc")), (("", "ab"), ("ab", "")), (("a|b", "c"), ("a", "b|c"))]
)
def test_names_that_run_together_stay_apart(left: tuple[str, str], right: tuple[str, str]) -> None:
    with pytest.raises(Unsealable):
        KEYS.open(*right, ROW, KEYS.seal(*left, ROW, CANARY))


@pytest.mark.promise("H2")
def test_the_same_keys_under_another_organization_open_nothing() -> None:
    """Even with the key itself in hand, a value stays bound to its organization."""
    stolen = OrganizationKeys(ORGANIZATIONS[1], KEYS._content)
    with pytest.raises(Unsealable):
        stolen.open("t", "c", ROW, KEYS.seal("t", "c", ROW, CANARY))


@pytest.mark.promise("H2")
@given(st.data())
def test_every_flipped_bit_cut_and_addition_is_refused(data: st.DataObject) -> None:
    sealed = KEYS.seal("candidates", "profile", ROW, CANARY)
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    length = data.draw(st.integers(0, len(sealed) - 1))
    flipped = (int.from_bytes(sealed) ^ (1 << bit)).to_bytes(len(sealed))
    for altered in (flipped, sealed[:length], sealed[length + 1 :], sealed + b"\0", sealed[:5] + sealed):
        with pytest.raises(Unsealable) as caught:
            KEYS.open("candidates", "profile", ROW, altered)
        assert "Ada" not in f"{caught.value!r} {caught.value.__cause__!r}"


@pytest.mark.promise("H2")
def test_a_refusal_is_logged_with_its_place_and_without_content(caplog: pytest.LogCaptureFixture) -> None:
    sealed = KEYS.seal("candidates", "profile", ROW, CANARY)
    with caplog.at_level(logging.DEBUG), pytest.raises(Unsealable, match=str(ROW)):
        KEYS.open("candidates", "profile", ROW, sealed[:-1] + bytes([sealed[-1] ^ 1]))
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "candidates.profile" in caplog.text
    assert str(ROW) in caplog.text
    assert "Ada" not in caplog.text


# Keysets


@pytest.mark.promise("H1")
def test_a_wrapped_keyset_holds_no_key_in_clear() -> None:
    keys, wrapped = OrganizationKeys.create(MASTER, ORGANIZATIONS[0])
    secrets = [bytes(keys._content.sealing)[-60:-20], bytes(keys._content.deriving)[-60:-20]]
    assert not any(secret[at : at + 8] in wrapped for secret in secrets for at in range(len(secret) - 8))


def test_a_stored_keyset_opens_and_indexes_as_before() -> None:
    keys, wrapped = OrganizationKeys.create(MASTER, ORGANIZATIONS[0])
    again = OrganizationKeys.unwrap(MASTER, ORGANIZATIONS[0], wrapped)
    assert again.open("t", "c", ROW, keys.seal("t", "c", ROW, CANARY)) == CANARY
    assert again.blind_index("email", "x") == keys.blind_index("email", "x")
    assert again.derive("text") == keys.derive("text")
    assert crypto.key_id_of(wrapped) == MASTER.primary_key_id


@pytest.mark.promise("H2")
def test_a_wrapped_keyset_belongs_to_one_owner_and_one_purpose() -> None:
    _, wrapped = OrganizationKeys.create(MASTER, ORGANIZATIONS[0])
    _, of_deployment = DeploymentKeys.create(MASTER)
    attempts: list[Callable[[], object]] = [
        lambda: OrganizationKeys.unwrap(MASTER, ORGANIZATIONS[1], wrapped),
        lambda: DeploymentKeys.unwrap(MASTER, wrapped),
        lambda: OrganizationKeys.unwrap(MASTER, UUID(int=0), of_deployment),
        lambda: OrganizationKeys.unwrap(MASTER, ORGANIZATIONS[0], wrapped[:-1]),
        lambda: OrganizationKeys.unwrap(MASTER, ORGANIZATIONS[0], b""),
    ]
    for attempt in attempts:
        with pytest.raises(Unsealable):
            attempt()


@pytest.mark.promise("H1")
def test_another_master_key_opens_nothing_and_is_named() -> None:
    _, wrapped = OrganizationKeys.create(MASTER, ORGANIZATIONS[0])
    with pytest.raises(UnknownKey, match=f"{MASTER.primary_key_id:08x}"):
        OrganizationKeys.unwrap(MasterKey.parse(MasterKey.generate()), ORGANIZATIONS[0], wrapped)


@pytest.mark.promise("H3")
def test_the_master_key_is_replaced_by_wrapping_anew() -> None:
    old_text, new_text = MasterKey.generate(), MasterKey.generate()
    old, both, new = (MasterKey.parse(text) for text in (old_text, f"{new_text},{old_text}", new_text))
    keys, wrapped = OrganizationKeys.create(old, ORGANIZATIONS[0])
    staff, staff_wrapped = DeploymentKeys.create(old)
    rewrapped = OrganizationKeys.unwrap(both, ORGANIZATIONS[0], wrapped).wrap(both)
    staff_rewrapped = DeploymentKeys.unwrap(both, staff_wrapped).wrap(both)
    assert crypto.key_id_of(wrapped) == old.primary_key_id
    assert crypto.key_id_of(rewrapped) == both.primary_key_id == new.primary_key_id
    after = OrganizationKeys.unwrap(new, ORGANIZATIONS[0], rewrapped)
    assert after.open("t", "c", ROW, keys.seal("t", "c", ROW, CANARY)) == CANARY
    assert DeploymentKeys.unwrap(new, staff_rewrapped).blind_index("e", "x") == staff.blind_index("e", "x")
    with pytest.raises(UnknownKey):
        OrganizationKeys.unwrap(old, ORGANIZATIONS[0], rewrapped)


@pytest.mark.promise("H3")
def test_sealing_keys_rotate_while_old_values_stay_readable() -> None:
    first, _ = OrganizationKeys.create(MASTER, ORGANIZATIONS[0])
    old = first.seal("t", "c", ROW, CANARY)
    second = first.rotate()
    new = second.seal("t", "c", ROW, CANARY)
    assert first.primary_key_id == crypto.key_id_of(old) != crypto.key_id_of(new) == second.primary_key_id
    assert second.key_ids == {first.primary_key_id, second.primary_key_id}
    assert second.open("t", "c", ROW, old) == second.open("t", "c", ROW, new) == CANARY
    assert second.blind_index("email", "x") == first.blind_index("email", "x")
    with pytest.raises(UnknownKey):
        first.open("t", "c", ROW, new)

    last = OrganizationKeys.unwrap(MASTER, ORGANIZATIONS[0], second.without(first.primary_key_id).wrap(MASTER))
    assert last.key_ids == {second.primary_key_id}
    assert last.open("t", "c", ROW, new) == CANARY
    with pytest.raises(UnknownKey, match=f"{first.primary_key_id:08x}"):
        last.open("t", "c", ROW, old)


def test_only_a_retired_key_can_be_removed() -> None:
    for key_id in (KEYS.primary_key_id, 1):
        with pytest.raises(ValueError, match="not a retired"):
            KEYS.without(key_id)


# Blind indexes


@pytest.mark.promise("H4")
@given(st.text(), st.text(), st.sampled_from(["email", "phone"]))
def test_a_blind_index_is_equal_exactly_for_equal_values(left: str, right: str, field: str) -> None:
    index = KEYS.blind_index(field, left)
    assert len(index) == 16
    assert (index == KEYS.blind_index(field, right)) is (left == right)


@pytest.mark.promise("H4")
@given(st.emails())
def test_one_email_has_another_index_in_each_field_and_organization(email: str) -> None:
    value = normalize.email(email)
    deployment, _ = DeploymentKeys.create(MASTER)
    found = {ring.blind_index(field, value) for ring in (*RINGS, deployment) for field in ("email", "phone")}
    assert len(found) == 6
    assert KEYS.blind_index("email", normalize.email(f" {email.upper()} ")) == KEYS.blind_index(
        "email", normalize.email(email.upper())
    )


def test_derived_keys_differ_by_purpose_and_from_blind_indexes() -> None:
    derived = {KEYS.derive("text"), KEYS.derive("cursor"), KEYS.derive(""), RINGS[1].derive("text")}
    assert len(derived) == 4
    assert {len(key) for key in derived} == {32}


# Master keys


@pytest.mark.promise("J1")
def test_no_key_is_shown_by_repr_or_pickled() -> None:
    text = MasterKey.generate()
    raw = urlsafe_b64decode(text + "=")
    master = MasterKey.parse(text)
    keys, _ = OrganizationKeys.create(master, ORGANIZATIONS[0])
    for shown in (repr(master), str(master), repr(keys), str(keys), repr(keys._content), f"{vars(master)}"):
        assert text not in shown
        assert raw.hex() not in shown
        assert repr(raw)[2:-1] not in shown
        assert repr(bytes(keys._content.sealing))[10:40] not in shown
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(master)


@pytest.mark.parametrize("text", ["", "short", "AAAA" * 11, "!" * 43, "A" * 43, "x" * 200, "é" * 43])
def test_a_bad_master_key_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(MasterKeyRefused) as caught:
        MasterKey.parse(text)
    assert not text or text not in str(caught.value)


def test_the_same_master_key_twice_is_refused() -> None:
    text = MasterKey.generate()
    with pytest.raises(MasterKeyRefused, match="twice"):
        MasterKey.parse(f"{text}\n{text}")


def test_master_keys_from_a_file(tmp_path: Path) -> None:
    first, second = MasterKey.generate(), MasterKey.generate()
    file = tmp_path / "master.key"
    file.write_text(f"{first}\n{second}=\n")
    file.chmod(0o600)
    assert MasterKey.from_file(file).key_ids == MasterKey.parse(f"{first},{second}").key_ids


@pytest.mark.promise("K5")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_master_key_file_that_others_reach_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "master.key"
    file.write_text(MasterKey.generate())
    file.chmod(mode)
    with pytest.raises(MasterKeyRefused, match="chmod 600"):
        MasterKey.from_file(file)


def test_a_missing_or_odd_master_key_file_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(MasterKeyRefused, match=path.name):
            MasterKey.from_file(path)


def test_a_value_that_is_no_sealed_value_has_no_key_id() -> None:
    for junk in (b"", b"\1" * 32, b"\0" * 40):
        with pytest.raises(Unsealable):
            crypto.key_id_of(junk)
