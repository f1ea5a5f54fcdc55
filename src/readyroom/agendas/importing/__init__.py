"""Agendas from what teams already have: Markdown checklists and templates, AWS Well-Architected custom lenses."""
