"""Benchmark: how does one council compare with councils like it?"""

from analytics.council.view import main_figures
from analytics.record import view as public_pages
from analytics.ui import layout, parts
from analytics.ui.view import view


see = view("Benchmark", "How does one council compare with councils like it, on every measure?")
if not see.gss_code:
    parts.note(
        "Choose a council above, under “Council to pick out”. Its figures then stand "
        "beside its ONS statistical nearest neighbours, its type or its region."
    )
elif see.is_public:
    public_pages.benchmark(see)
else:
    main_figures(see)
layout.footer()
