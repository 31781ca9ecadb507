"""The sample application of `minusn demo`, and what runs both of its versions."""
