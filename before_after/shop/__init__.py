"""A shop: the models and the data that most cases share."""
