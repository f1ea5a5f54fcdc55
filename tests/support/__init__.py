"""Builders that tests of several rooms share; import them as `support.…`."""
