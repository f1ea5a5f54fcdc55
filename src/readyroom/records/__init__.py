"""A finished session as one value: canonical JSON, sealing, the workspace's files."""
