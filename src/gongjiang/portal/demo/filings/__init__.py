"""The demo's filings: units that apply, experts who evaluate them, and how far each application has come."""
