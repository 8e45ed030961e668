"""The tables, in groups; importing this package fills `metadata` with all of them.

A class that ends in `Row` is a table, `__tablename__` its name in the database. It is where
the layout comes from, and what audit and export select from: no row is ever made an object.
A module of this package is found by itself.
"""

from importlib import import_module
from pkgutil import iter_modules

from sqlmodel import SQLModel

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

metadata = SQLModel.metadata
