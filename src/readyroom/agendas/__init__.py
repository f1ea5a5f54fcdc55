"""Agenda files to and from the domain, with errors that name line and fix."""
