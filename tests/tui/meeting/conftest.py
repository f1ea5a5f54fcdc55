"""A room for each test, closed afterwards."""

import pytest

from tui.meeting.rooms import Room


@pytest.fixture
def room(tmp_path):
    made = Room(tmp_path)
    yield made
    made.workspace.close()
