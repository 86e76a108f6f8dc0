// The chain: a click walks on without loading the whole page; arrow keys go from box to box.
"use strict";
(() => {
  const boxes = () => [...document.querySelectorAll("[data-drawn] a.node")];
  const middle = (box) => { const at = box.getBoundingClientRect(); return { x: at.left + at.width / 2, y: at.top + at.height / 2 }; };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#chain a[data-walk]");
    if (!link || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const kept = link.id;
    window.htmx.ajax("GET", link.getAttribute("href"), { target: "#chain", swap: "outerHTML" }).then(() => {
      const box = kept && document.getElementById(kept);
      const drawn = box && box.getClientRects().length;
      (drawn ? box : document.getElementById("chain-title")).focus({ preventScroll: Boolean(drawn) });
    });
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-chain-filters]");
    if (form) form.requestSubmit();
  });

  document.addEventListener("keydown", (event) => {
    const box = event.target.closest && event.target.closest("[data-drawn] a.node");
    if (!box || !event.key.startsWith("Arrow") || event.altKey || event.ctrlKey || event.metaKey) return;
    const from = middle(box), column = Number(box.dataset.column);
    const along = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    const wanted = along ? column : column + (event.key === "ArrowLeft" ? 1 : -1);
    const there = boxes().filter((other) => other !== box && Number(other.dataset.column) === wanted
      && (!along || (middle(other).y - from.y) * along > 0));
    there.sort((a, b) => Math.abs(middle(a).y - from.y) - Math.abs(middle(b).y - from.y));
    if (there.length) there[0].focus();
    event.preventDefault();
  });
})();
