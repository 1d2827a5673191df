"""When sources are due, and which days a report is asked for."""
