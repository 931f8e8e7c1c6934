"""What the shape of each chart is called, for those who do not see it.

A text alternative begins with it. A chart that is not named here, or that is drawn in
more than one shape, says its own (`kind=` of `View.figure`).
"""

SHAPES = {
    "accounts": "Range chart",
    "before_after": "Slope chart",
    "columns": "Column chart",
    "composition": "Bar chart",
    "control": "Line chart",
    "diverging": "Diverging bar chart",
    "event_study": "Range chart",
    "event_time": "Line chart",
    "forest": "Range chart",
    "funnel": "Scatter chart",
    "gantt": "Timeline",
    "hexmap": "Hexagon map",
    "lanes": "Timeline",
    "need_scatter": "Scatter chart",
    "plane": "Scatter chart",
    "ranges": "Range chart",
    "ranking": "Bar chart",
    "rated": "Range chart",
    "relationship": "Scatter chart",
    "spend_beside": "Column chart",
    "spine": "Spine chart",
    "spread": "Spread chart",
    "steps": "Step chart",
    "survival": "Line chart",
    "timeline": "Timeline",
    "tornado": "Bar chart",
    "trend": "Line chart",
    "waterfall": "Bar chart",
}


def shape_of(chart: object) -> str:
    """The shape of a chart function; KeyError with what to do for one that has no name."""
    name = getattr(chart, "__name__", "")
    if name not in SHAPES:
        raise KeyError(f"Chart {name!r} has no shape: add it to SHAPES or say kind=.")
    return SHAPES[name]
