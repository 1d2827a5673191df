"""What happens to every request before it has a tenant: probes and a request id."""
