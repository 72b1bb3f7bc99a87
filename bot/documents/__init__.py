"""PDFs from what ``cards.documents`` says: made in a process of its own, with the PDF enclosures page for page."""
