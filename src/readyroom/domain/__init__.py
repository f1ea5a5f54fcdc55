"""What a review is: frozen dataclasses and pure functions, standard library only."""
