"""What crosses into and out of the program: YAML, text, file names, files, JSON, configuration."""
