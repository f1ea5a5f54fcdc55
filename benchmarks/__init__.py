"""The speed budgets, each measured in one run with a bare Textual app or a bare interpreter beside it."""
