// Writing in a field means that the answer is what is written; choosing "we do not know" empties the field.
"use strict";
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-answer]") || !event.target.value) return;
  const answer = event.target.closest("fieldset").querySelector('input[type=radio][value=answer]');
  if (answer) answer.checked = true;
});
document.addEventListener("change", (event) => {
  if (!event.target.matches('.offered input[type=radio]') || event.target.value === "answer") return;
  const field = event.target.closest("fieldset").querySelector("[data-answer]");
  if (field) field.value = "";
});
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
});
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    const saved = document.getElementById("saved");
    if (saved) saved.textContent = saved.dataset.failed;
  });
}
