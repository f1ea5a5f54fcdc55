import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readyroom.borders.configuration import (
    Look,
    UserConfiguration,
    actor_name,
    find_workspace,
    read_user_configuration,
    read_workspace_configuration,
    user_configuration_file,
)
from readyroom.borders.errors import BorderError


def written(folder, text):
    path = folder / "readyroom.toml"
    path.write_text(text)
    return path


def test_a_workspace_is_found_from_a_folder_inside_it(tmp_path):
    (tmp_path / "team" / "sessions").mkdir(parents=True)
    inside = tmp_path / "team" / "src" / "deep"
    inside.mkdir(parents=True)
    found = find_workspace(None, {}, inside)
    assert (found.path, found.found_by) == (tmp_path / "team", "sessions/")
    written(inside.parent, "")
    assert find_workspace(None, {}, inside).path == inside.parent
    assert find_workspace(None, {}, tmp_path) is None
    assert found.agendas == tmp_path / "team" / "agendas"


def test_the_option_beats_the_variable_and_the_variable_the_folder(tmp_path):
    for name in ("here/sessions", "a", "b"):
        (tmp_path / name).mkdir(parents=True)
    environ = {"READYROOM_WORKSPACE": str(tmp_path / "b")}
    here = tmp_path / "here"
    assert find_workspace(tmp_path / "a", environ, here).path == tmp_path / "a"
    assert find_workspace(None, environ, here).path == tmp_path / "b"
    assert find_workspace(None, {"READYROOM_WORKSPACE": "../a"}, here).path == tmp_path / "a"
    assert find_workspace(None, {"READYROOM_WORKSPACE": ""}, here).path == here


def test_a_named_workspace_that_is_not_there_says_how_to_make_it(tmp_path):
    with pytest.raises(BorderError, match="readyroom init"):
        find_workspace(tmp_path / "none", {}, tmp_path)
    with pytest.raises(BorderError, match="READYROOM_WORKSPACE"):
        find_workspace(None, {"READYROOM_WORKSPACE": "none"}, tmp_path)


def test_a_person_s_settings_are_read(tmp_path):
    path = written(
        tmp_path,
        '[user]\nname = "Ana\\u001b[31m"\n[keys]\n"meeting.next" = "n"\n[look]\ntheme = "nord"\nglyphs = "ascii"\n',
    )
    configuration = read_user_configuration(path)
    assert configuration == UserConfiguration("Ana", {"meeting.next": "n"}, Look("nord", "ascii"))
    assert read_user_configuration(tmp_path / "missing") == UserConfiguration()


def test_a_team_s_settings_are_read(tmp_path):
    path = written(
        tmp_path, '[workspace]\nname = "Pay"\ntimezone = "Europe/Berlin"\n[trackers.board]\nkind = "github"\n'
    )
    configuration = read_workspace_configuration(path)
    assert (configuration.name, configuration.timezone, configuration.problems) == ("Pay", "Europe/Berlin", ())
    assert configuration.trackers == {"board": {"kind": "github"}}


@pytest.mark.parametrize(
    "text,problem",
    [
        ('[user]\nnmae = "x"', ':2:1: unknown key "nmae"; did you mean "name"?'),
        ('[look]\n[usr]\nname = "x"', ':2:1: unknown key "usr"; did you mean "user"?'),
        ("[user]\n  name = 3", ':2:3: "name" must be text; put quotes around it'),
        ("user = 3", ':1:1: "user" must be a table; write [user] above its keys'),
        ('[look]\nglyphs = "emoji"', ':2:1: unknown glyphs "emoji"; use unicode or ascii'),
        ("[keys]\na = [1]", ':2:1: "a" must be text; put quotes around it'),
        ("[user\nname", ":1:6: this is not TOML ("),
        ("[user]\nx = " + "[" * 10_000, ":1:1: it is nested too deep"),
    ],
)
def test_a_mistake_in_the_configuration_is_told_and_never_stops_the_program(tmp_path, text, problem):
    path = written(tmp_path, text)
    configuration = read_user_configuration(path)
    assert str(configuration.problems[0]).startswith(f"{path}{problem}")


def test_a_time_zone_that_is_none_is_told(tmp_path):
    for name in ("Europe/Nowhere", "../../etc/passwd", "x\\u0000", "/etc"):
        path = written(tmp_path, f'[workspace]\ntimezone = "{name}"')
        configuration = read_workspace_configuration(path)
        assert configuration.timezone == ""
        assert "unknown time zone" in str(configuration.problems[0])


def test_a_configuration_that_cannot_be_read_is_told(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "latin").write_bytes(b"[user]\nname = '\xff'")
    for name in ("pipe", "latin", "."):
        configuration = read_user_configuration(tmp_path / name)
        assert configuration.problems
        assert configuration.name == ""


@given(st.text(max_size=60) | st.text(alphabet="[]user.name=\"\n'{},#x1", max_size=60) | st.binary(max_size=40))
def test_whatever_the_file_says_it_is_read(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("c") / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))
    read_user_configuration(path)
    read_workspace_configuration(path)


def test_who_acts_is_the_configured_name_else_the_login_name():
    assert actor_name(UserConfiguration(name="Ana"), {"USER": "bo"}) == "Ana"
    assert actor_name(UserConfiguration(), {"USER": "bo\x1b[1m"}) == "bo"
    assert actor_name(UserConfiguration(), {})


def test_the_user_s_file_is_where_the_system_keeps_such_files(tmp_path):
    assert user_configuration_file({"XDG_CONFIG_HOME": str(tmp_path)}) == tmp_path / "readyroom" / "config.toml"
    assert user_configuration_file({"READYROOM_CONFIG": "x.toml"}).name == "x.toml"
    assert user_configuration_file({}).name == "config.toml"
