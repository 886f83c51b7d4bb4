// Comfort for the keyboard. Everything works without it.
"use strict";
(() => {
  const dialog = document.getElementById("keys");
  const told = document.getElementById("told");
  const off = document.getElementById("keys-off");
  const KEPT = "rawi-keys-off";
  let now = null;

  // A browser may forbid storage: then the switch holds for one page.
  const storage = (use) => {
    try {
      return use(window.localStorage);
    } catch {
      return null;
    }
  };
  off.checked = storage((kept) => kept.getItem(KEPT)) === "1";
  off.addEventListener("change", () => {
    storage((kept) => (off.checked ? kept.setItem(KEPT, "1") : kept.removeItem(KEPT)));
  });

  const shown = (element) => element.getClientRects().length > 0;
  const items = () => [...document.querySelectorAll(".hit, .note")].filter(shown);

  /** What a note explains stands in the text, under its number. */
  const place = (item) => {
    const link = item.classList.contains("note") && item.querySelector('.k[href^="#"]');
    return link ? document.getElementById(link.getAttribute("href").slice(1)) : null;
  };

  function leave() {
    if (!now) return;
    now.classList.remove("now");
    now.removeAttribute("aria-current");
    place(now)?.classList.remove("pin");
    now = null;
  }

  function go(step) {
    const all = items();
    if (all.length === 0) return;
    let at = all.indexOf(now);
    if (at >= 0) at += step;
    else at = Math.max(0, all.findIndex((item) => item.getBoundingClientRect().bottom > 0));
    const next = all[Math.min(Math.max(at, 0), all.length - 1)];
    leave();
    now = next;
    now.classList.add("now");
    now.setAttribute("aria-current", "true");
    place(now)?.classList.add("pin");
    now.tabIndex = -1;
    now.focus({ preventScroll: true });
    now.scrollIntoView({ block: "nearest" });
  }

  function open() {
    if (!now) return;
    const details = now.querySelector("details:not(.cite)");
    const link = now.querySelector("a.open") ?? now.querySelector('a[href*="/article/"], a[href*="/quote/"]');
    if (now.classList.contains("note") && details) details.open = !details.open;
    else link?.click();
  }

  function cite() {
    const all = [...(now ?? document.querySelector("main")).querySelectorAll("details.cite")];
    if (all.length > 0) all[0].open = !all[0].open;
  }

  // A citation that opens is selected, and copied where the browser lets us.
  document.addEventListener("toggle", (event) => {
    const details = event.target;
    const block = details.open && details.matches("details.cite") && details.querySelector("blockquote");
    if (!block) return;
    window.getSelection().selectAllChildren(block);
    const copied = navigator.clipboard?.writeText(block.textContent.trim());
    copied?.then(() => { told.textContent = told.dataset.copied; }, () => { told.textContent = ""; });
  }, true);

  function find() {
    const fields = document.querySelectorAll('main form input:not([type="hidden"]), main form textarea');
    const field = document.getElementById("ask") ?? [...fields].find(shown);
    if (!field) window.location.assign(document.querySelector(".brand").href);
    else {
      field.focus();
      field.select();
    }
  }

  function close() {
    const cited = now?.querySelector("details.cite[open]");
    if (cited) cited.open = false;
    else leave();
  }

  const help = () => (dialog.open ? dialog.close() : dialog.showModal());
  const toggle = (id) => document.getElementById(id)?.click();
  const KEYS = {
    j: () => go(1), k: () => go(-1), o: open, c: cite, e: () => toggle("sw-events"), r: () => toggle("sw-raw"),
    "/": find, "?": help,
  };

  /** The key by its letter or, where the keyboard writes Arabic, by its place. */
  function letter(event) {
    if (event.key === "؟") return "?";
    if (/^[\x20-\x7e]$/.test(event.key)) return event.key.toLowerCase();
    if (event.code === "Slash") return event.shiftKey ? "?" : "/";
    return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : "";
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "Escape") {
      if (!dialog.open) close();
      return;
    }
    const what = letter(event);
    // The list itself can always be asked for: the switch stands in it.
    if (!Object.hasOwn(KEYS, what) || (what !== "?" && (off.checked || dialog.open))) return;
    event.preventDefault();
    KEYS[what]();
  });
})();
