/* The sheet of an evaluation on a tablet: what is written is kept in the browser first, then sent; nothing twice.
   Without this file the sheet is a plain form. */
(() => {
  "use strict";
  const PREFIX = "gongjiang.sheet.";
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));

  /* What the browser keeps: drafts as text, photos as files in a small database. */
  const drafts = {
    read(name) { try { return JSON.parse(localStorage.getItem(PREFIX + name)); } catch { return null; } },
    write(name, draft) { try { localStorage.setItem(PREFIX + name, JSON.stringify(draft)); return true; } catch { return false; } },
    forget(name) { try { localStorage.removeItem(PREFIX + name); } catch { /* nothing was kept */ } },
  };
  const base = () => new Promise((done, failed) => {
    const asked = indexedDB.open("gongjiang-sheets", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const shots = (mode, act) => base().then((db) => new Promise((done, failed) => {
    const work = db.transaction("photos", mode);
    const asked = act(work.objectStore("photos"));
    work.oncomplete = () => { db.close(); done(asked.result); };
    work.onerror = () => { db.close(); failed(work.error); };
  }));
  const shotsOf = (name) => shots("readonly", (photos) => photos.getAll())
    .then((found) => found.filter((shot) => shot.sheet === name)).catch(() => []);
  const forget = (name) => {
    drafts.forget(name);
    return shotsOf(name).then((found) => Promise.all(found.map((shot) => shots("readwrite", (photos) => photos.delete(shot.key)))));
  };

  const where = () => new Promise((done) => {
    if (!navigator.geolocation) { done(null); return; }
    navigator.geolocation.getCurrentPosition((found) => done(found.coords), () => done(null), { timeout: 5000, maximumAge: 60000 });
  });
  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  all("[data-forget]").forEach((mark) => forget(mark.dataset.forget));
  all("form[data-place]").forEach((form) => form.addEventListener("submit", (event) => {
    if (form.dataset.asked) return;
    event.preventDefault();
    form.dataset.asked = "1";
    where().then((coords) => {
      if (coords) {
        form.elements.latitude.value = coords.latitude.toFixed(6);
        form.elements.longitude.value = coords.longitude.toFixed(6);
      }
      form.requestSubmit();
    });
  }));

  const form = document.querySelector("form[data-sheet]");
  if (!form) return;
  const name = form.dataset.sheet;
  const words = JSON.parse(document.getElementById("sheet-words").textContent);
  const say = (key, value = "") => words[key].replace("%s", value);
  const bar = form.querySelector("[data-bar]");
  const line = form.querySelector("[data-state]");
  const movedBox = form.querySelector("[data-moved]");
  const HIDDEN = new Set(["csrfmiddlewaretoken", "version", "key", "photo"]);
  const fields = Array.from(new Set(Array.from(form.elements).map((field) => field.name)))
    .filter((field) => field && !HIDDEN.has(field));
  const read = () => Object.fromEntries(fields.map((field) => {
    const held = form.elements[field];
    return [field, (held.value || "").trim()];
  }));
  const fill = (values) => fields.forEach((field) => {
    if (!(field in values)) return;
    const held = form.elements[field];
    if (held instanceof RadioNodeList) Array.from(held).forEach((one) => { one.checked = one.value === values[field]; });
    else held.value = values[field];
  });
  const differing = (one, other) => fields.filter((field) => (one[field] || "") !== (other[field] || ""));

  /* version: what the server is known to hold; acked: its values; outbox: what was sent without an answer yet. */
  const state = { version: Number(form.elements.version.value), acked: read(), outbox: null, clock: form.dataset.clock || "" };
  let busy = false, stopped = false, problem = "", waiting = [], timer = 0;

  const keep = () => {
    const now = read();
    if (!state.outbox && !differing(now, state.acked).length) drafts.forget(name);
    else drafts.write(name, { version: state.version, acked: state.acked, outbox: state.outbox, now });
    form.elements.version.value = state.version;
  };
  const unsent = () => differing(read(), state.acked).length + waiting.length;
  const show = () => {
    const left = unsent();
    bar.classList.toggle("kept", left > 0 && !problem);
    bar.classList.toggle("bad", Boolean(problem));
    let text = state.clock ? say("saved", state.clock) : line.textContent;
    if (problem) text = problem.includes("%s") ? problem.replace("%s", left) : problem;
    else if (left && !navigator.onLine) text = say("offline", left);
    else if (left) text = say("kept", left);
    if (line.textContent !== text) line.textContent = text;
    line.dataset.unsent = left;
  };
  const tidy = () => {
    let total = 0;
    all("[data-item]", form).forEach((item) => {
      const points = item.querySelector('input[type="number"]');
      const reason = form.elements["reason-" + item.dataset.item];
      let given = false, full = false;
      if (points) {
        given = points.value !== "";
        full = Number(points.value) >= Number(points.max);
        total += Number(points.value) || 0;
      } else {
        const judge = item.querySelector("[data-judge]");
        const chosen = judge.querySelector("input:checked");
        given = Boolean(chosen);
        full = given && chosen.value === (judge.dataset.judge === "veto" ? "no" : "yes");
      }
      item.classList.toggle("ok", given && full);
      item.classList.toggle("less", given && !full && reason.value.trim() !== "");
      item.classList.toggle("need", given && !full && reason.value.trim() === "");
    });
    const sum = form.querySelector("[data-total]");
    if (sum) sum.textContent = String(Math.round(total * 10) / 10);
  };

  /* Sending. The token is read anew, because signing in again in another tab gives another one. */
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || form.elements.csrfmiddlewaretoken.value;
  const post = (url, values) => {
    const body = new FormData();
    Object.entries(values).forEach(([field, value]) => { if (value !== null && value !== undefined) body.append(field, value); });
    return fetch(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token() } })
      .then((answer) => {
        const told = (answer.headers.get("Content-Type") || "").includes("json") && !answer.redirected;
        if (!told) return { ok: false, signIn: answer.redirected || answer.status === 403, status: answer.status, told: {} };
        return answer.json().then((json) => ({ ok: answer.ok, status: answer.status, told: json }));
      });
  };
  const reasons = (told) => (told.grounds || []).map((ground) => ground.why).join(" ");
  const later = (seconds) => { clearTimeout(timer); timer = setTimeout(send, seconds * 1000); };

  function send() {
    if (busy || stopped) return Promise.resolve(false);
    if (!state.outbox) {
      if (!differing(read(), state.acked).length) return sendShots();
      state.outbox = { key: newKey(), version: state.version, values: read() };
      keep();
    }
    busy = true;
    const sent = state.outbox;
    return post(form.action, { ...sent.values, version: sent.version, key: sent.key }).then((answer) => {
      busy = false;
      if (answer.ok) {
        state.outbox = null;
        state.version = answer.told.version;
        state.acked = sent.values;
        state.clock = answer.told.clock;
        problem = "";
        keep(); show();
        return send();
      }
      if (answer.told.moved) { state.outbox = null; keep(); conflict(answer.told); return false; }
      if (answer.signIn) { problem = words.signIn; later(30); } else if (answer.told.refused) {
        state.outbox = null;
        problem = say("refused", reasons(answer.told));
      } else later(10);
      keep(); show();
      return false;
    }, () => { busy = false; later(10); show(); return false; });
  }
  const sendShots = () => shotsOf(name).then((found) => {
    waiting = found;
    show();
    const next = found.find((shot) => !shot.refused);
    if (!next || !form.dataset.photos) return found.length === 0;
    busy = true;
    const told = { criterion: next.criterion, key: next.key, taken_at: next.taken_at, latitude: next.latitude, longitude: next.longitude };
    return post(form.dataset.photos, { ...told, photo: next.file }).then((answer) => {
      busy = false;
      if (answer.ok) return shots("readwrite", (photos) => photos.delete(next.key)).then(() => { hang(next, answer.told.url); return send(); });
      if (answer.signIn) { problem = words.signIn; later(30); show(); return false; }
      if (!answer.told.refused) { later(10); return false; }
      next.refused = reasons(answer.told);
      return shots("readwrite", (photos) => photos.put(next)).then(() => { draw(next); return send(); });
    }, () => { busy = false; later(10); show(); return false; });
  });

  /* Photos: shown at once, marked while they wait. */
  const place = (shot) => form.querySelector('[data-shots="' + CSS.escape(shot.criterion) + '"]');
  const draw = (shot) => {
    const box = place(shot);
    if (!box) return;
    let frame = document.getElementById("shot-" + shot.key);
    if (!frame) {
      frame = document.createElement("figure");
      frame.id = "shot-" + shot.key;
      box.prepend(frame);
    }
    frame.className = "wait1";
    frame.replaceChildren(document.createTextNode(words.photo + " " + shot.taken_at.slice(11, 16) + ": " + (shot.refused || words.waiting) + " "));
    if (shot.refused) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.textContent = words.remove;
      button.addEventListener("click", () => shots("readwrite", (photos) => photos.delete(shot.key)).then(() => { frame.remove(); send(); }));
      frame.append(button);
    }
  };
  const hang = (shot, url) => {
    const frame = document.getElementById("shot-" + shot.key);
    if (!frame) return;
    const picture = document.createElement("img");
    picture.src = url;
    picture.alt = words.photo;
    frame.className = "";
    frame.replaceChildren(picture);
  };
  const localTime = (ms) => {
    const at = new Date(ms), two = (number) => String(number).padStart(2, "0");
    const zone = -at.getTimezoneOffset();
    const shift = (zone < 0 ? "-" : "+") + two(Math.floor(Math.abs(zone) / 60)) + ":" + two(Math.abs(zone) % 60);
    return at.getFullYear() + "-" + two(at.getMonth() + 1) + "-" + two(at.getDate()) + "T" + two(at.getHours()) + ":" + two(at.getMinutes()) + ":" + two(at.getSeconds()) + shift;
  };
  /* A tablet's photo has many megabytes; 2048 pixels on the long edge show what is to be seen. Its time and place go
     beside it as fields of their own. What can't be made smaller is kept as it is. */
  const EDGE = 2048;
  const smaller = (file) => createImageBitmap(file, { imageOrientation: "from-image" }).then((whole) => {
    const scale = EDGE / Math.max(whole.width, whole.height);
    if (scale >= 1) { whole.close(); return file; }
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(whole.width * scale);
    canvas.height = Math.round(whole.height * scale);
    canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
    whole.close();
    return new Promise((done) => canvas.toBlob((made) => {
      const title = file.name.replace(/\.[^.]*$/, "") + ".jpg";
      done(made && made.size < file.size ? new File([made], title, { type: made.type, lastModified: file.lastModified }) : file);
    }, "image/jpeg", 0.85));
  }).catch(() => file);
  all("[data-photo]", form).forEach((input) => input.addEventListener("change", () => {
    const chosen = Array.from(input.files);
    Promise.all([where(), ...chosen.map(smaller)]).then(([coords, ...files]) => Promise.all(files.map((file) => {
      const shot = {
        key: newKey(), sheet: name, criterion: input.dataset.photo, file, taken_at: localTime(file.lastModified || Date.now()),
        latitude: coords ? coords.latitude.toFixed(6) : null, longitude: coords ? coords.longitude.toFixed(6) : null,
      };
      return shots("readwrite", (photos) => photos.put(shot)).then(() => { waiting = waiting.concat(shot); draw(shot); });
    }))).then(() => { input.value = ""; return send(); });
  }));

  /* Two devices: both are shown, one is kept. */
  const conflict = (there) => {
    stopped = true;
    const here = read();
    const shown = (value) => (value === "" || value === undefined ? words.nothing : value === "yes" ? words.yes : value === "no" ? words.no : value);
    const label = (field) => {
      const held = form.elements[field];
      const one = held instanceof RadioNodeList ? held[0].closest("fieldset").querySelector("legend") : document.querySelector('label[for="' + CSS.escape(field) + '"]');
      return one ? one.textContent : field;
    };
    const row = (cells, tag) => {
      const made = document.createElement("tr");
      cells.forEach((text) => { const cell = document.createElement(tag); cell.textContent = text; made.append(cell); });
      return made;
    };
    const table = document.createElement("table");
    table.className = "t";
    const head = document.createElement("thead"), body = document.createElement("tbody");
    head.append(row(["", words.here, words.there], "th"));
    differing(here, there.values).forEach((field) => body.append(row([label(field), shown(here[field]), shown(there.values[field])], "td")));
    table.append(head, body);
    const title = document.createElement("h2");
    title.textContent = say("moved", there.clock);
    const settle = (values) => {
      fill(values);
      state.version = there.version;
      state.acked = there.values;
      stopped = false;
      movedBox.hidden = true;
      keep(); tidy(); show(); send();
    };
    const button = (text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn";
      made.textContent = text;
      made.addEventListener("click", act);
      return made;
    };
    const acts = document.createElement("div");
    acts.className = "row";
    acts.append(button(words.keepHere, () => settle(read())), button(words.takeThere, () => settle(there.values)));
    movedBox.replaceChildren(title, table, acts);
    movedBox.hidden = false;
    movedBox.scrollIntoView({ block: "start" });
  };

  /* Writing, saving by hand, sealing, signing out. */
  form.addEventListener("input", (event) => {
    if (event.target.matches('[type="file"]')) return;
    problem = "";
    keep(); tidy(); show(); later(1.2);
  });
  all("[data-full]", form).forEach((button) => button.addEventListener("click", () => {
    const points = button.closest("[data-item]").querySelector('input[type="number"]');
    points.value = points.max;
    points.dispatchEvent(new Event("input", { bubbles: true }));
  }));
  /* Wait for what is on its way, at most some seconds, then send the rest. */
  const quiet = (tries) => (busy && tries ? new Promise((done) => setTimeout(done, 200)).then(() => quiet(tries - 1)) : send());
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  form.querySelector("[data-seal]").addEventListener("click", (event) => {
    event.preventDefault();
    const goal = event.currentTarget.href;
    quiet(40).then((done) => {
      if (done && !unsent()) { window.location.assign(goal); return; }
      if (!problem) problem = say("sendFirst", "%s");
      show();
    });
  });
  all('form[action$="/logout/"]').forEach((out) => out.addEventListener("submit", (event) => {
    if (unsent() && !window.confirm(say("leave", unsent()))) event.preventDefault();
  }));
  window.addEventListener("online", () => { problem = ""; send(); });
  window.addEventListener("offline", show);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });

  const kept = drafts.read(name);
  if (kept) {
    state.version = kept.version;
    state.acked = kept.acked;
    state.outbox = kept.outbox;
    fill(kept.now);
    line.textContent = words.restored;
  }
  tidy();
  shotsOf(name).then((found) => { waiting = found; found.forEach(draw); show(); send(); });
})();
