"""Where a file is harmonized: here, or on a cluster; chosen by settings.HARMONIZATION_BACKEND."""
