"""One file for each promise, named after it; docs/promises.md says what each proves and what it does not.

Each has a short form for `make test`, and a long one marked `promise_long` for `make promises`. None asserts a time.
Left out until their features are there: pushing twice makes no second issue, and a sealed record that was changed
is recognised.
"""
