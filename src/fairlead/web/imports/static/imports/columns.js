// Shows beside each column only what its field needs.
"use strict";
document.addEventListener("change", (event) => {
  if (!event.target.matches("select[data-field]")) return;
  const row = event.target.closest("tr");
  row.classList.toggle("unused", event.target.value === "ignored");
  row.querySelectorAll("[data-needs]").forEach((label) => { label.hidden = label.dataset.needs !== event.target.value; });
});
