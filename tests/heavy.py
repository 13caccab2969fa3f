"""Tests that take a while run where CI is set, as `.ci/run` sets it: `CI=1 pytest tests/browser`."""

import os

import pytest

HEAVY = pytest.mark.skipif(not os.environ.get("CI"), reason="takes a while: set CI=1")
