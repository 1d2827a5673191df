"""Whom do ads move? Effects by person from a randomised trial, judged on people the model has not seen."""
