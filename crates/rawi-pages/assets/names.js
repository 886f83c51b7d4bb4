// Proposes names while one is written. Without it the names of the page are proposed.
"use strict";
(() => {
  const list = document.getElementById("names");
  if (!list) return;
  let asked = "";
  let wait = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.getAttribute?.("list") !== "names") return;
    const begun = field.value.trim();
    clearTimeout(wait);
    if (begun.length < 2 || begun === asked) return;
    wait = setTimeout(async () => {
      asked = begun;
      try {
        const answer = await fetch(`${list.dataset.ask}?q=${encodeURIComponent(begun)}`);
        if (!answer.ok || begun !== asked) return;
        const names = await answer.json();
        const option = (name) => Object.assign(document.createElement("option"), { value: name });
        list.replaceChildren(...names.map(option));
      } catch {
        // Who is offline still has the list of the page.
      }
    }, 150);
  });
})();
