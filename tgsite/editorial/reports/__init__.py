"""The managing editor's reports: freshness of every entry, outside links, readability."""
