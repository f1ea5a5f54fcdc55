"""What a person does, one module a use case."""
