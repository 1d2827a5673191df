"""The process that embeds texts; nothing here is imported by web or workers."""
