"""Written by `python -m authoring stubs` from the list in `dtao_edu.studies.attacks`."""

from ...wording import Table as Table
from .bribes import conditional_bribe as conditional_bribe
from .captures import Capture as Capture
from .captures import capture as capture
from .four_ways import Attempt as Attempt
from .four_ways import by_bribe as by_bribe
from .four_ways import two_by_two as two_by_two
from .four_ways import two_by_two_table as two_by_two_table
from .in_time import capture_in_time as capture_in_time
from .in_time import CaptureInTime as CaptureInTime
from .in_time import washed as washed
from .prices import captured as captured
from .prices import deeper as deeper
from .prices import pumped as pumped
from .prices import sandwich as sandwich
from .prices import wash as wash
from .splits import split_price as split_price
from .splits import split_vote as split_vote
from .tables import attack_table as attack_table
from .tables import defence_table as defence_table
from .value import Attack as Attack
from .votes import after_exit as after_exit
from .votes import bought_votes as bought_votes
from .votes import bribe as bribe
from .votes import neglect as neglect
from .votes import on_one as on_one
from .votes import token_weights as token_weights
from .votes import voice as voice
from .votes import with_newcomer as with_newcomer
from .votes import without_curve as without_curve

__all__: list[str]
