"""The demo: two manufacturers in a simulated world, made through the product's own services."""
