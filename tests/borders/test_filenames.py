import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readyroom.borders.filenames import slug


@pytest.mark.parametrize(
    "text,name",
    [
        ("Checkout service", "checkout-service"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("Zoë's café — 2026", "zoes-cafe-2026"),
        ("", "session"),
        ("   ", "session"),
        ("a" * 60, "a" * 60),
    ],
)
def test_names_of_files_are_plain(text, name):
    assert slug(text, "session") == name


def test_names_that_ascii_cannot_tell_apart_stay_apart():
    assert slug("検索", "service") != slug("決済", "service")
    assert slug("検索", "service").startswith("service-")
    assert slug("x" * 80 + "1", "s") != slug("x" * 80 + "2", "s")


def test_names_that_windows_keeps_for_itself_are_avoided():
    assert slug("CON", "s").startswith("con-")
    assert slug("lpt1", "s").startswith("lpt1-")


@given(st.text(), st.text())
@example("\ud800", "\ud800")
@example("...", "..")
def test_whatever_is_typed_gives_a_safe_name(text, fallback):
    name = slug(text, fallback)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= 60
    assert slug(text, fallback) == name
