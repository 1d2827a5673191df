"""How revenue answers spend, and how much of it ads caused: estimates with honest intervals, pooled over neighbours."""
