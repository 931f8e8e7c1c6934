"""Funding impact: what does funding change, and how sure can one be?"""

from analytics.funding.effect import view as effect
from analytics.funding.money import view as money
from analytics.funding.reach import view as reach
from analytics.funding.scenario import view as scenario
from analytics.funding.thread import view as thread
from analytics.record import themes as record
from analytics.ui.pages import Page, Theme


THEME = Theme(
    "Funding impact",
    (
        Page("the_money", "The money", "Where has the money gone?", money.draw),
        Page("who_got_what", "Who got what", "Did money go where the need is?", reach.draw),
        Page(
            "did_it_help",
            "Did it help?",
            "What did funding change, and how sure can one be?",
            effect.draw,
            prepare=effect.estimate_ahead,
        ),
        Page(
            "the_thread",
            "The thread",
            "Can an award be followed from the incident before it to what changed after?",
            thread.draw,
        ),
        Page("scenario", "Scenario", "What might more funding be worth?", scenario.draw),
    ),
    "What does funding change, and how sure can one be?",
    record.funding,
)
