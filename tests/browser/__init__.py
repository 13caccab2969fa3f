"""Tests that need a browser. A package, so that one JupyterLab and one Chromium serve all of its files."""
