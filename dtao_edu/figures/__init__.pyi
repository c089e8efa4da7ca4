"""Written by `python -m authoring stubs` from the list in `dtao_edu.figures`."""

from ..wording import amount as amount
from ..wording import change as change
from ..wording import impact as impact
from ..wording import number as number
from ..wording import percent as percent
from .any_rule import day_shares as day_shares
from .attacks import attack_rows as attack_rows
from .base.picture import at_any_size as at_any_size
from .base.picture import Picture as Picture
from .capture import capture_bars as capture_bars
from .charts.balances import balances as balances
from .charts.bands import against as against
from .charts.bands import bands as bands
from .charts.bands import spreads as spreads
from .charts.bars import bars as bars
from .charts.lines import lines as lines
from .charts.percentages import percentages as percentages
from .charts.percentages import trade_percentages as trade_percentages
from .charts.seats import seats as seats
from .charts.shares import share_columns as share_columns
from .charts.strip import strip as strip
from .coalition_moves import coalition_ranges as coalition_ranges
from .coalition_vote import consensus_curve as consensus_curve
from .coalition_vote import vote_bars as vote_bars
from .concentration import concentration_lines as concentration_lines
from .inequality import inequality_curve as inequality_curve
from .paid_days import error_ranges as error_ranges
from .pool_depth import pool_depths as pool_depths
from .price_race import race_lines as race_lines
from .pump import pump_lines as pump_lines
from .rank_agreement import agreement_lines as agreement_lines
from .round_trip import trip_bars as trip_bars
from .rules import rules_timeline as rules_timeline
from .side_by_side import believers_dots as believers_dots
from .stake_unstake import pool_curve as pool_curve
from .three_places import place_bars as place_bars
from .three_prices import price_bars as price_bars
from .vote_or_market import two_sides as two_sides
from .who_is_paid import inside_bars as inside_bars
from .your_stake import year_lines as year_lines

__all__: list[str]
