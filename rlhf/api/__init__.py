"""The API of people's judgements."""
