/* Progressive enhancement only: every page works without this file. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

  /* Pop-overs stand at what opened them; where the browser has none, they open by class. */
  const native = "popover" in HTMLElement.prototype;
  const place = (pop, opener) => {
    if (window.innerWidth <= 760) return;
    const at = opener.getBoundingClientRect();
    const left = Math.max(16, Math.min(at.left, window.innerWidth - pop.offsetWidth - 16));
    const below = at.bottom + 8;
    const top = below + pop.offsetHeight > window.innerHeight ? Math.max(16, at.top - pop.offsetHeight - 8) : below;
    pop.style.margin = "0";
    pop.style.left = left + "px";
    pop.style.top = top + "px";
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[popovertarget]");
    if (!opener) return;
    const pop = document.getElementById(opener.getAttribute("popovertarget"));
    if (!pop) return;
    if (native) {
      if (!pop.contains(opener)) requestAnimationFrame(() => pop.matches(":popover-open") && place(pop, opener));
    } else {
      pop.classList.toggle("shown");
    }
  });

  /* Keyboard: J and K walk the work queue, Enter opens, / finds. */
  let here = -1;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "/") {
      const find = document.querySelector("[data-search]");
      if (!find) return;
      event.preventDefault();
      if (find.matches("input")) find.focus(); else find.click();
      return;
    }
    const named = document.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (named) {
      event.preventDefault();
      named.click();
      return;
    }
    const rows = all("[data-queue] [data-open]");
    if (!rows.length || (key !== "j" && key !== "k")) return;
    event.preventDefault();
    here = Math.max(0, Math.min(rows.length - 1, here + (key === "j" ? 1 : -1)));
    rows.forEach((row, n) => row.closest("tr").classList.toggle("here", n === here));
    rows[here].focus();
  });

  /* Tables: filter and sort the rows that are all on the page; choose all; count what is chosen. */
  const text = (cell) => (cell ? cell.textContent.trim() : "");
  all("[data-filter]").forEach((box) => {
    const table = document.getElementById(box.dataset.filter);
    if (!table) return;
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase();
      all("tbody tr", table).forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
    });
  });
  all("table[data-local] thead th a").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const head = link.closest("th");
      const body = head.closest("table").tBodies[0];
      const up = head.getAttribute("aria-sort") !== "ascending";
      const order = (row) => text(row.cells[head.cellIndex]);
      const number = (words) => Number(words.replace(/[^\d.-]/g, ""));
      const numeric = head.classList.contains("n");
      const rows = Array.from(body.rows).sort((a, b) => numeric
        ? number(order(a)) - number(order(b)) : order(a).localeCompare(order(b), root.lang));
      if (!up) rows.reverse();
      all("th", head.parentElement).forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...rows);
    });
  });
  all("form[data-bulk]").forEach((form) => {
    const ticks = Array.from(form.elements).filter((element) => element.name === "chosen");
    const count = document.querySelector('[data-for="' + form.id + '"] [data-count]');
    const tell = () => { if (count) count.textContent = ticks.filter((tick) => tick.checked).length + " / " + ticks.length; };
    Array.from(form.elements).forEach((element) => element.addEventListener("change", () => {
      if (element.matches("[data-all]")) ticks.forEach((tick) => { tick.checked = element.checked; });
      tell();
    }));
    tell();
  });

  /* Uploads: drop a file on the frame; what was chosen is named, with its size and a picture's preview. */
  const size = (bytes) => (bytes < 1048576 ? Math.ceil(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB");
  all("[data-drop]").forEach((zone) => {
    const input = zone.querySelector('input[type="file"]');
    const chosen = zone.querySelector("[data-chosen]");
    if (!input) return;
    const show = () => {
      if (!chosen) return;
      chosen.replaceChildren();
      Array.from(input.files).forEach((file) => {
        const line = document.createElement("span");
        line.className = "para";
        line.textContent = file.name + " · " + size(file.size);
        chosen.append(line);
        if (!/^image\/(png|jpeg)$/.test(file.type)) return;
        const reader = new FileReader();
        reader.addEventListener("load", () => {
          const picture = document.createElement("img");
          picture.src = reader.result;
          picture.alt = "";
          picture.className = "preview";
          chosen.append(picture);
        });
        reader.readAsDataURL(file);
      });
    };
    input.addEventListener("change", show);
    ["dragenter", "dragover"].forEach((name) => zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    }));
    ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("over")));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      show();
      const form = zone.closest("form");
      if (form && form.matches("[data-submit]")) form.requestSubmit();
    });
  });
  /* A masked number is shown in its place once the purpose is given; anything else than the number is a page. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-reveal]")) return;
    event.preventDefault();
    fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then((told) => {
        const pop = form.closest(".pop");
        const opener = document.querySelector('[popovertarget="' + pop.id + '"]');
        const place = opener.previousElementSibling;
        place.textContent = told.value;
        place.setAttribute("role", "status");
        if (native) pop.hidePopover(); else pop.classList.remove("shown");
        opener.hidden = true;
      })
      .catch(() => form.submit());
  });

  /* Signing out leaves nothing of a sheet on the device. */
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches('form[action$="/logout/"]')) return;
    try {
      Object.keys(localStorage).filter((name) => name.startsWith("gongjiang.sheet."))
        .forEach((name) => localStorage.removeItem(name));
      indexedDB.deleteDatabase("gongjiang-sheets");
    } catch { /* the browser keeps nothing here */ }
  });

  all("form[data-poll-seconds]").forEach((form) => {
    setTimeout(() => form.requestSubmit(), Number(form.dataset.pollSeconds) * 1000);
  });
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
