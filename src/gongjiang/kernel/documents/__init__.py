"""Papers as PDF: the typst service, its fonts, QR codes, and one function a paper. No Django models in here."""
