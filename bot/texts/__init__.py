"""The texts people read, as translators and checkers see them: found in the code, kept as gettext catalogues, held to B1."""
