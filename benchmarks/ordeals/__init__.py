"""The parts of `chaos.py`."""
