from dataclasses import replace

import pytest

from readyroom.borders.errors import BorderError
from readyroom.domain.capture import Treatment
from readyroom.records.register import (
    Register,
    load_register,
    read_register,
    register_bytes,
    register_of,
    write_register,
)
from support.records import restricted, sample_record

ACTIONS, RISKS = sample_record().actions, sample_record().risks


def test_the_register_holds_what_is_still_open_by_number():
    register = register_of(reversed(ACTIONS), RISKS)
    assert [action.number for action in register.actions] == [12, 13, 14]
    assert [risk.number for risk in register.risks] == [3, 4]


def test_what_is_taken_back_or_no_risk_is_not_open():
    closed = (replace(RISKS[0], treatment=Treatment.NOT_A_RISK), replace(RISKS[1], withdrawn=True))
    assert register_of((replace(ACTIONS[0], withdrawn=True),), closed) == Register()


def test_restricted_captures_stay_out_and_are_counted():
    register = register_of((restricted(ACTIONS[0]), ACTIONS[1]), (restricted(RISKS[0]),))
    assert (register.left_out, len(register.actions), len(register.risks)) == (2, 1, 0)
    assert ACTIONS[0].title not in register_bytes(register).decode()


def test_the_register_comes_back_exactly_and_in_any_order_the_same(tmp_path):
    register = register_of(ACTIONS, RISKS)
    path = write_register(tmp_path / "sessions", register)
    assert load_register(tmp_path / "sessions") == register
    assert path.read_bytes() == register_bytes(register_of(reversed(ACTIONS), reversed(RISKS)))


def test_an_unchanged_register_is_left_untouched(tmp_path):
    register = register_of(ACTIONS, RISKS)
    before = write_register(tmp_path, register).stat().st_ino
    assert write_register(tmp_path, register).stat().st_ino == before
    assert write_register(tmp_path, Register()).stat().st_ino != before


def test_no_register_yet_is_an_empty_one(tmp_path):
    assert load_register(tmp_path) == Register()


@pytest.mark.parametrize(
    "raw, words",
    [("{", "not JSON"), ("[]", "no register"), ('{"format": 2}', "newer readyroom"), ('{"format": 1, "x": 1}', "x")],
)
def test_a_damaged_register_is_refused_in_plain_words(raw, words):
    with pytest.raises(BorderError, match=words) as refused:
        read_register(raw, "register.json")
    assert str(refused.value).startswith("register.json")
