"""For every test: nobody's own configuration is read, and no test fails because the machine is busy."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _nobodys_own_configuration(tmp_path_factory, monkeypatch):
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("READYROOM_WORKSPACE", "READYROOM_DATABASE"):
        monkeypatch.delenv(name, raising=False)


def pytest_make_parametrize_id(config, val, argname):
    """Name a case of a monstrous text by its beginning: the name stands in every report."""
    if isinstance(val, str) and len(val) > 60:
        return f"{val[:24].encode('unicode_escape').decode()}…{len(val)}"
    return None
