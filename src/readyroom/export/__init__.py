"""Records to text, one module a format."""
