"""What the meeting screen is made of: pure functions that say what is shown, and the few widgets that paint it."""
