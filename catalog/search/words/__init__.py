"""The word lists of the search, as data: a Dutch person without Python can extend them."""
