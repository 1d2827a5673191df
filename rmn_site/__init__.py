"""Puts the parts together: settings, URLs, Celery, composed pages and the laptop's own database."""
