"""A database engine that changes the PostgreSQL role together with the schema."""
