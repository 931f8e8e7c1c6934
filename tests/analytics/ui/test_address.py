"""Choices and the address: what stands in one is what the other shows."""

from streamlit.testing.v1 import AppTest

from tests.support.address import a_page, first_page, second_page


def opened(page=first_page, **asked: str | list[str]) -> AppTest:
    """A page as a link opens it."""
    app = AppTest.from_function(page)
    for key, value in asked.items():
        app.query_params[key] = value
    return app.run()


def address(app: AppTest) -> dict[str, list[str]]:
    """What stands in the address."""
    return {
        key: [value] if isinstance(value, str) else list(value)
        for key, value in app.query_params.items()
    }


def test_nothing_chosen_is_nothing_in_the_address():
    app = opened()
    assert address(app) == {}
    assert app.multiselect("region").value == []
    assert app.toggle("marked").value is True


def test_what_is_chosen_stands_in_the_address():
    app = opened()
    app.multiselect("region").set_value(["London", "North East"]).run()
    app.toggle("marked").set_value(False).run()
    assert address(app) == {"region": ["London", "North East"], "marked": ["false"]}


def test_a_default_chosen_again_leaves_the_address():
    app = opened(marked="false", size="Large")
    app.toggle("marked").set_value(True).run()
    assert address(app) == {"size": ["Large"]}
    app.selectbox("size").set_value("Small").run()
    assert address(app) == {}


def test_a_link_restores_what_was_chosen():
    app = opened(region=["London"], size="Large", marked="false", since="2024-05-01")
    assert app.multiselect("region").value == ["London"]
    assert app.selectbox("size").value == "Large"
    assert app.toggle("marked").value is False
    assert app.date_input("since").value.isoformat() == "2024-05-01"


def test_what_nobody_knows_is_forgotten_and_the_rest_is_kept():
    app = opened(region=["Mars", "London"], size="Huge", since="2099-01-01", other="1")
    assert app.multiselect("region").value == ["London"]
    assert app.selectbox("size").value == "Small"
    assert app.date_input("since").value.isoformat() == "2024-01-01"
    assert address(app) == {"other": ["1"], "region": ["London"]}


def test_going_back_shows_what_the_address_says_again():
    app = opened()
    app.selectbox("size").set_value("Large").run()
    app.query_params.clear()
    assert app.run().selectbox("size").value == "Small"
    app.query_params["size"] = "Large"
    assert app.run().selectbox("size").value == "Large"


def test_a_choice_made_before_the_browser_heard_of_the_last_keeps_both():
    app = opened()
    app.selectbox("size").set_value("Large").run()
    app.query_params.clear()
    app.toggle("marked").set_value(False).run()
    assert address(app) == {"size": ["Large"], "marked": ["false"]}
    assert app.selectbox("size").value == "Large"


def test_a_click_chooses_as_the_widget_would():
    app = opened()
    app.button("click").click().run()
    assert app.multiselect("region").value == ["London"]
    assert app.selectbox("size").value == "Large"
    assert address(app) == {"region": ["London"], "size": ["Large"]}


def test_a_choice_comes_along_to_another_page_and_into_its_address():
    app = opened(page=a_page)
    app.selectbox("size").set_value("Large").run()
    app.session_state["which"] = "second"
    app.query_params.clear()
    app.run()
    assert app.selectbox("size").value == "Large"
    assert address(app) == {"size": ["Large"]}


def test_a_page_opened_by_a_link_shows_what_the_link_says():
    app = opened(page=a_page)
    app.selectbox("size").set_value("Large").run()
    app.session_state["which"] = "second"
    app.query_params.clear()
    app.query_params["size"] = "Small"
    assert app.run().selectbox("size").value == "Small"


def test_pages_differ():
    assert opened(page=second_page).title[0].value == "Second"
