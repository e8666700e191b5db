"""Rules on dates, in the order in which they run."""

from types import ModuleType

from pipeline.check.rules.dates import (
    da01_date_malformed,
    da02_date_impossible,
    da03_act_with_two_dates,
    da04_event_with_two_dates,
    da05_dates_out_of_order,
    da06_weekday_does_not_fit,
    da07_day_and_month_ambiguous,
    da08_duration_does_not_fit,
)

MODULES: tuple[ModuleType, ...] = (
    da01_date_malformed,
    da02_date_impossible,
    da03_act_with_two_dates,
    da04_event_with_two_dates,
    da05_dates_out_of_order,
    da06_weekday_does_not_fit,
    da07_day_and_month_ambiguous,
    da08_duration_does_not_fit,
)
