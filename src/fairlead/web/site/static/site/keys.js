// Keyboard: / search, g and a letter to go, ? help, arrows in tables. Menus close on Escape and when left.
"use strict";
(() => {
  let going = 0;
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (search) { search.focus(); search.select(); event.preventDefault(); }
    } else if (event.key === "?") {
      document.getElementById("help").showModal();
      event.preventDefault();
    } else if (event.key === "g") {
      going = Date.now();
    } else if (Date.now() - going < 1500) {
      const link = document.querySelector(`a[data-go="${CSS.escape(event.key)}"]`);
      going = 0;
      if (link) link.click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const links = [...document.querySelectorAll("table.list tbody tr a.row")];
      const at = links.indexOf(document.activeElement);
      const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next && (at >= 0 || event.target === document.body || event.target.id === "main")) { next.focus(); event.preventDefault(); }
    }
  });

  // Where a row of sections or tabs is wider than the page, the one that is open is brought into view.
  document.querySelectorAll("nav a[aria-current]").forEach((link) => {
    const row = link.closest("ul");
    if (row && row.scrollWidth > row.clientWidth) row.scrollLeft += link.getBoundingClientRect().right - row.getBoundingClientRect().right + 32;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help]")) document.getElementById("help").showModal();
    const opens = event.target.closest("[data-open]");
    if (opens) document.getElementById(opens.dataset.open).showModal();
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    if (event.target.matches("[data-select-all]")) {
      document.querySelectorAll(`input[name="${event.target.dataset.selectAll}"]`).forEach((box) => { box.checked = event.target.checked; });
    }
    document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  // A form that is sent twice in a row by an impatient click is sent once.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "yes";
    setTimeout(() => { delete event.target.dataset.sent; }, 4000);
  });
})();
