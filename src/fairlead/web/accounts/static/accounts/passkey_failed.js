// A passkey that was not accepted is told on the page; the library would only write it to the console.
"use strict";
document.addEventListener("allauth.error", (event) => {
  const told = document.getElementById("passkey-failed");
  if (told) { told.hidden = false; event.preventDefault(); }
});
