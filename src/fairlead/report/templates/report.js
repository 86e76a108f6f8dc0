"use strict";
(() => {
  const table = document.querySelector("table.work");
  const tools = document.querySelector(".tools");
  if (!table || !tools) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const search = tools.querySelector("input");
  const band = tools.querySelector("select");
  const count = tools.querySelector("output");
  const none = document.querySelector(".none-found");
  tools.hidden = false;

  const show = () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = words.every((word) => row.dataset.search.includes(word)) && (!band.value || row.dataset.band === band.value);
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} / ${rows.length} ${count.dataset.shown}`;
    none.hidden = shown > 0;
  };
  search.addEventListener("input", show);
  band.addEventListener("input", show);
  tools.querySelector("button").addEventListener("click", () => {
    search.value = band.value = "";
    show();
    search.focus();
  });

  const sort = (head, key) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const compare = key === "name" ? (a, b) => a.localeCompare(b, document.documentElement.lang) : (a, b) => a - b;
    rows.sort((a, b) => compare(a.dataset[key], b.dataset[key]) * (down ? -1 : 1));
    body.append(...rows);
  };
  for (const head of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head, head.dataset.sort));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, select, textarea")) {
      event.preventDefault();
      search.focus();
    }
  });
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  show();
})();
