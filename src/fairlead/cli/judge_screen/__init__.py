"""The screen of `fairlead judge`: pair after pair, side by side, decided with one key."""
