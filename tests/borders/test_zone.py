import pytest

from readyroom.borders.zone import is_zone, local_zone


def test_the_zone_is_the_one_the_environment_names_else_the_one_the_system_links_to(tmp_path):
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Europe/Vienna")
    assert local_zone({"TZ": ":Asia/Tokyo"}, link) == "Asia/Tokyo"
    assert local_zone({"TZ": "Nowhere/Else"}, link) == "Europe/Vienna"
    assert local_zone({}, tmp_path / "missing") == "UTC"


@pytest.mark.parametrize("name", ["Europe", "../etc/passwd", "/etc/passwd", "", "x\0"])
def test_what_is_no_zone_is_not_taken_for_one(name):
    assert not is_zone(name)
