"""Hungarian, as the Unicode CLDR writes it, with 24 hours. Names are those Django looks for."""

from __future__ import annotations

DATE_FORMAT = "Y. E j."
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y. E j. H:i"
YEAR_MONTH_FORMAT = "Y. F"
MONTH_DAY_FORMAT = "E j."
SHORT_DATE_FORMAT = "Y. m. d."
SHORT_DATETIME_FORMAT = "Y. m. d. H:i"
DATE_INPUT_FORMATS = ["%Y. %m. %d.", "%Y.%m.%d.", "%Y-%m-%d"]
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u00a0"
NUMBER_GROUPING = 3
