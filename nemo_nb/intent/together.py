"""What the clauses of a message say of each other: the length of both, whose it is, what is spared."""

from __future__ import annotations

from collections.abc import Sequence

from .assembly import pieced_together
from .clause import Read
from .complaints import with_its_music, with_what_is_spared, without_complaints
from .put import (
    back_and_not_away,
    behind_that,
    fills_the_frame,
    in_turn,
    into_the_gap,
    led_by,
    on_the_photo,
    one_behind_the_other,
    passes_between,
    said_twice,
    take_and_put,
    the_copy_there,
    with_the_one_before,
)
from .resolve import Ground
from .shared import (
    a_look_for_all,
    also_but,
    fade_the_same,
    go_on,
    keep_of_the_same,
    keep_that,
    narrow_before,
    share_lengths,
    share_manner,
    share_owners,
    styled_alike,
    without_the_side,
)
from .songs import (
    at_each,
    but_not_under,
    fade_it_as_well,
    fade_the_sound,
    from_later_in_it,
    of_the_same_sound,
    over_the_voice,
    songs_in_turn,
    the_other_half,
    to_the_song,
    until_then,
)
from .sparing import with_time_spared
from .titled import (
    fade_the_title,
    held_words,
    one_on_each,
    placed_there,
    with_what_follows,
    without_what_follows,
)
from .told import (
    after_the_ramp,
    also_these_stretches,
    and_back_again,
    as_explained,
    asked_of,
    back_to_what_was_fine,
    but_for,
    cut_what_is_told,
    jump_cuts,
    of_the_stretch,
    of_what_was_said,
    only_one_of_both,
    taken_back_at_once,
    under_a_condition,
    undone_as_told,
    wait_for_conditions,
    wait_for_exceptions,
    which_of_them,
)


def of_each_other(parts: Sequence[Read]) -> list[Read]:
    """The readings without complaints that a wish answers, and with what is spared or added already."""
    return with_its_music(with_time_spared(with_what_is_spared(without_complaints(parts))))


def settle_among(reads: list[Read], ground: Ground) -> None:
    """What needs the timeline, or the frame before: in place."""
    pieced_together(reads, ground)
    passes_between(reads)
    taken_back_at_once(reads)
    undone_as_told(reads)
    and_back_again(reads)
    back_to_what_was_fine(reads)
    jump_cuts(reads)
    of_what_was_said(reads)
    asked_of(reads)
    as_explained(reads)
    after_the_ramp(reads)
    which_of_them(reads)
    only_one_of_both(reads)
    the_other_half(reads)
    of_the_stretch(reads)
    cut_what_is_told(reads)
    also_these_stretches(reads)
    of_the_same_sound(reads)
    fade_the_sound(reads)
    one_on_each(reads)
    placed_there(reads)
    a_look_for_all(reads)
    without_what_follows(reads)
    with_what_follows(reads)
    at_each(reads)
    until_then(reads)
    but_not_under(reads)
    songs_in_turn(reads)
    to_the_song(reads, ground)
    over_the_voice(reads)
    from_later_in_it(reads)
    said_twice(reads)
    the_copy_there(reads)
    into_the_gap(reads)
    led_by(reads)
    fade_the_title(reads)
    on_the_photo(reads, ground)
    take_and_put(reads)
    back_and_not_away(reads)
    without_the_side(reads)
    also_but(reads)
    held_words(reads)
    keep_that(reads)
    keep_of_the_same(reads)
    but_for(reads)
    wait_for_exceptions(reads)
    wait_for_conditions(reads)
    under_a_condition(reads)
    with_the_one_before(reads, ground)
    fills_the_frame(reads)
    behind_that(reads)
    one_behind_the_other(reads, ground)
    in_turn(reads, ground)
    narrow_before(reads)
    go_on(reads)
    fade_the_same(reads)
    share_owners(reads)
    share_lengths(reads)
    styled_alike(reads)
    fade_it_as_well(reads)
    share_manner(reads)
