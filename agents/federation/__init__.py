"""One base model, many small adapters: read, verified, composed, addressed by what they are."""
