"""``gongjiang run``: a folder of spreadsheets taken to certificates, by the actions that the pages use."""
