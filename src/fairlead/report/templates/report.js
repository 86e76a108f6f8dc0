"use strict";
(() => {
  const table = document.querySelector("table.work");
  const tools = document.querySelector(".tools");
  if (!table || !tools) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const search = tools.querySelector("input");
  const filters = Array.from(tools.querySelectorAll("select[name=band], select[name=signs]"));
  const order = tools.querySelector("select[name=order]");
  const count = tools.querySelector("output");
  const none = document.querySelector(".none-found");
  tools.hidden = false;

  const show = () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = words.every((word) => row.dataset.search.includes(word)) && filters.every((one) => !one.value || row.dataset[one.name] === one.value);
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} / ${rows.length} ${count.dataset.shown}`;
    none.hidden = shown > 0;
  };
  search.addEventListener("input", show);
  for (const one of filters) one.addEventListener("input", show);
  tools.querySelector("button").addEventListener("click", () => {
    search.value = "";
    for (const one of filters) one.value = "";
    show();
    search.focus();
  });

  // Rows without a value stand last, whichever way the others go.
  const sort = (key, down) => {
    for (const head of table.querySelectorAll("th[data-sort]")) {
      if (head.dataset.sort === key) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    const compare = key === "name" ? (a, b) => a.localeCompare(b, document.documentElement.lang) : (a, b) => a - b;
    rows.sort((a, b) => {
      const [one, other] = [a.dataset[key], b.dataset[key]];
      return one === "" || other === "" ? (one === "") - (other === "") : compare(one, other) * (down ? -1 : 1);
    });
    body.append(...rows);
    if (order) order.value = key;
  };
  for (const head of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const state = head.getAttribute("aria-sort");
      sort(head.dataset.sort, head.dataset.sort === "exposed" ? state !== "descending" : state === "ascending");
    });
  }
  if (order) order.addEventListener("input", () => sort(order.value, order.value === "exposed"));

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, select, textarea")) {
      event.preventDefault();
      search.focus();
    }
  });
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  show();
})();
