"""Services from catalogs, SLO files and page logs to the domain."""
