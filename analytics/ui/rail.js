// Draws the list of pages. Only text is set, so that no name can become markup.
function linkTo(page, current, go) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.textContent = page.title;
  link.href = page.href;
  if (page.address === current) link.setAttribute("aria-current", "page");
  link.addEventListener("click", (event) => {
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (opensElsewhere || event.button !== 0) return;
    event.preventDefault();
    go(page.address);
    // On a phone the list lies over the page: close it.
    const close = document.querySelector("[data-testid=stSidebarCollapseButton] button");
    if (window.innerWidth < 768 && close) close.click();
  });
  item.append(link);
  return item;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const drawn = JSON.stringify(data);
  if (parentElement.dataset.drawn === drawn) return;
  parentElement.dataset.drawn = drawn;
  const nav = document.createElement("nav");
  nav.className = "rail";
  nav.setAttribute("aria-label", "Pages");
  const name = document.createElement("p");
  name.className = "rail-name";
  name.textContent = data.name;
  nav.append(name);
  for (const theme of data.themes) {
    const title = document.createElement("h2");
    title.textContent = theme.title;
    const list = document.createElement("ul");
    const go = (address) => setTriggerValue("go", address);
    list.append(...theme.pages.map((page) => linkTo(page, data.current, go)));
    nav.append(title, list);
  }
  parentElement.querySelector("nav.rail")?.remove();
  parentElement.append(nav);
}
