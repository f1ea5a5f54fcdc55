"""The only room that knows SQL: tables, engine, repository, journal, migrations, backup."""
