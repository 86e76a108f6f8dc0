"""Fairlead helps to prevent trafficking in human beings for labour exploitation in supply chains."""

__version__ = "0.1.0"
