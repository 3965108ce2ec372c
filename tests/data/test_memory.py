"""A process that has settled keeps what it holds out of the collector's way."""

import gc

from data.memory import settle


def test_settling_freezes_what_is_there_and_collects_what_comes_later() -> None:
    held = [object()]
    settle()
    try:
        assert gc.get_freeze_count() > 10_000
        assert not any(item is held for item in gc.get_objects())
        later: list[object] = []
        later.append(later)
        assert any(item is later for item in gc.get_objects())
    finally:
        gc.unfreeze()
