"""The errors of the data layer; each says in one line what is wrong and where."""


class ObservatoryError(Exception):
    """Anything the data layer cannot go on with."""


class InputError(ObservatoryError):
    """An input table is missing, broken or not in the expected shape."""


class ContractError(ObservatoryError):
    """A table does not keep its contract."""


class CuratedError(ObservatoryError):
    """The curated tables are missing, broken or do not match their manifest."""
