"""Scenes are coroutines in a town: they are played on the loop of its bot, one after another."""

import asyncio
import inspect
from collections.abc import Iterator

import pytest

from tests.scenes.town import Town, opened


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Play a scene to its end."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    town = pyfuncitem.funcargs["town"]
    names = inspect.signature(pyfuncitem.obj).parameters
    town.runner.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(scope="module")
def running_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The running bot of a file."""
    with asyncio.Runner() as runner:
        doors = opened(tmp_path_factory.mktemp("town"), runner)
        yield runner.run(doors.__aenter__())
        runner.run(doors.__aexit__(None, None, None))


@pytest.fixture
def town(running_town: Town) -> Iterator[Town]:
    """The town on the morning of a new working day; the platform has nothing to complain of in the end."""
    running_town.dawn()
    yield running_town
    assert running_town.world.complaints == []
