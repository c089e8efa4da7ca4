"use strict";
// Moves through the slides of one file: keys, buttons, overview, and a window with the notes.
(() => {
  const root = document.documentElement;
  const leaves = [...document.querySelectorAll(".leaf")];
  const byId = (name) => document.getElementById(name);
  const keep = { at: 0, step: 0, talk: null, began: 0, size: 1.5, chosen: false };

  // In the notebook's order: text at the left and code at the right come in turn.
  const fragments = (leaf) => [...leaf.querySelectorAll(".fragment")].sort(
    (one, other) => one.dataset.cell - other.dataset.cell);
  const title = (leaf) => leaf.querySelector("h1, h2").textContent;
  const minutes = (leaf) => Number(leaf.dataset.minutes || 0);

  function say(text, visibly = false) {
    const line = byId("say");
    line.textContent = text;
    line.classList.toggle("shown", visibly);
    if (visibly) setTimeout(() => line.classList.remove("shown"), 6000);
  }

  function show(at, step = 0) {
    keep.at = Math.max(0, Math.min(at, leaves.length - 1));
    const steps = fragments(leaves[keep.at]);
    keep.step = Math.max(0, Math.min(step, steps.length));
    leaves.forEach((leaf, n) => leaf.classList.toggle("current", n === keep.at));
    steps.forEach((one, n) => one.classList.toggle("shown", n < keep.step));
    root.classList.remove("enlarged", "black");
    if (root.classList.contains("overview")) {
      leaves[keep.at].scrollIntoView({ block: "nearest" });
    }
    try {
      history.replaceState(null, "", `#${keep.at + 1}`);
    } catch { /* a page without an address of its own */ }
    say(`Slide ${keep.at + 1} of ${leaves.length}: ${title(leaves[keep.at])}`);
    tell();
  }

  const all = (at) => fragments(leaves[at] || leaves[0]).length;
  const move = {
    next() {
      const inside = !root.classList.contains("overview") && keep.step < all(keep.at);
      if (inside) show(keep.at, keep.step + 1);
      else if (keep.at < leaves.length - 1) show(keep.at + 1);
    },
    previous() {
      const inside = !root.classList.contains("overview") && keep.step > 0;
      if (inside) show(keep.at, keep.step - 1);
      else if (keep.at > 0) show(keep.at - 1, all(keep.at - 1));
    },
    first() { show(0); },
    last() { show(leaves.length - 1, all(leaves.length - 1)); },
    overview() {
      root.classList.toggle("overview");
      show(keep.at, keep.step);
    },
    leave() {
      if (root.classList.contains("overview")) move.overview();
      else if (root.classList.contains("enlarged") || root.classList.contains("black")) {
        show(keep.at, keep.step);
      } else move.overview();
    },
    choose() { (root.classList.contains("overview") ? move.overview : move.next)(); },
    enlarge() {
      if (leaves[keep.at].querySelector("figure")) root.classList.toggle("enlarged");
    },
    black() { root.classList.toggle("black"); },
    theme() {
      const dark = getComputedStyle(root).colorScheme === "dark"
        || (root.style.colorScheme === "" && matchMedia("(prefers-color-scheme: dark)").matches);
      root.style.colorScheme = dark ? "light" : "dark";
      tell();
    },
    full() {
      if (document.fullscreenElement) document.exitFullscreen();
      else root.requestFullscreen().catch(() => say("The browser refuses the full screen.", true));
    },
    help() { byId("help").showModal(); },
    larger() { resize(1.15); },
    smaller() { resize(1 / 1.15); },
    notes: openTalk,
  };
  const keys = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", n: "next",
    ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous", Backspace: "previous",
    p: "previous", Home: "first", End: "last", Enter: "choose", Escape: "leave", o: "overview",
    s: "notes", z: "enlarge", b: "black", ".": "black", d: "theme", f: "full", "?": "help",
    "+": "larger", "-": "smaller",
  };

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    const onButton = event.target.closest && event.target.closest("button, a, summary");
    if (onButton && [" ", "Enter"].includes(event.key)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const does = key === " " && event.shiftKey ? "previous" : keys[key];
    if (!does) return;
    event.preventDefault();
    move[does]();
  }

  // The notes window: the slide, the next one, the notes, and the time.
  function openTalk() {
    const talk = window.open("", "dtao-notes", "popup,width=1100,height=760");
    if (!talk) {
      say("The browser has blocked the notes window. Allow pop-up windows for this file.", true);
      return;
    }
    const page = talk.document;
    page.documentElement.lang = "en";
    page.title = `Notes: ${document.title}`;
    page.head.replaceChildren(...[...document.querySelectorAll("style")].map(
      (style) => page.importNode(style, true)));
    page.body.className = "talk";
    page.body.replaceChildren(page.importNode(byId("talk").content, true));
    talk.onkeydown = press;
    talk.onresize = () => letter();
    page.querySelectorAll("button").forEach((button) => {
      button.onclick = (event) => act(event, button);
    });
    keep.talk = talk;
    keep.began = keep.began || Date.now();
    tell();
  }

  function act(event, button) {
    if (button.value === "again") { keep.began = Date.now(); tick(); }
    else move[button.value]();
    if (event.detail) button.blur(); // after the mouse, the space bar belongs to the slides again
  }

  const open = () => keep.talk && !keep.talk.closed;

  function tell() {
    if (!open()) return;
    const page = keep.talk.document;
    const put = (name, leaf) => {
      const copy = leaf ? page.importNode(leaf.querySelector(".slide"), true) : null;
      page.querySelector(name).replaceChildren(...(copy ? [copy] : []));
    };
    const leaf = leaves[keep.at];
    page.documentElement.style.colorScheme = root.style.colorScheme;
    put(".now", leaf);
    put(".then", leaves[keep.at + 1]);
    page.querySelector(".where").textContent = `Slide ${keep.at + 1} of ${leaves.length}`;
    const notes = leaf.querySelector(".notes");
    page.querySelector(".said").innerHTML = notes ? notes.innerHTML : "No notes on this slide.";
    letter();
    tick();
  }

  // Long notes get smaller letters, so that nobody has to scroll while speaking; not once the
  // speaker has chosen a size.
  function letter() {
    const { document: { documentElement: page }, innerHeight: room } = keep.talk;
    const put = (size) => page.style.setProperty("--said", `${size}rem`);
    let size = keep.size;
    for (put(size); !keep.chosen && size > 1 && page.scrollHeight > room; put(size)) {
      size -= 0.05;
    }
  }

  function tick() {
    if (!open()) return;
    const page = keep.talk.document;
    const sum = (some) => some.reduce((total, leaf) => total + minutes(leaf), 0);
    const seconds = Math.floor((Date.now() - keep.began) / 1000);
    const two = (n) => String(n).padStart(2, "0");
    page.querySelector(".spent").textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
    page.querySelector(".planned").textContent =
      `this slide ${minutes(leaves[keep.at])} min; when it ends, ${sum(leaves.slice(0, keep.at + 1))}`
      + ` of ${sum(leaves)} min`;
  }

  function resize(factor) {
    keep.size = Math.max(0.8, Math.min(keep.size * factor, 4));
    keep.chosen = true;
    if (open()) letter();
  }

  // Letters as large as the slide allows, so that code and tables keep their lines; where there is too much,
  // steps of a derivation go into two columns, and then the letters become smaller.
  function fit() {
    leaves.forEach((leaf) => { leaf.dataset.fit = fitted(leaf.querySelector(".body")).toFixed(2); });
    root.dataset.ready = "yes";
  }

  function fitted(body) {
    const lines = () => [...body.querySelectorAll("pre")].reduce((sum, pre) =>
      sum + Math.round(pre.scrollHeight / Number.parseFloat(getComputedStyle(pre).lineHeight)), 0);
    const fits = () => body.scrollHeight <= body.clientHeight + 1;
    const set = (size) => body.style.setProperty("--fit", size.toFixed(2));
    const shrunk = () => {
      let size = 1;
      for (set(size); size > 0.5 && !fits(); set(size)) size -= 0.04;
      return size;
    };
    body.classList.remove("two");
    body.style.setProperty("--told", 1);
    let size = shrunk();
    if (size < 0.88 && body.querySelector(".shown ol")) {
      body.classList.add("two");
      size = shrunk();
    }
    if (size < 1 || body.querySelector("figure")) return size;
    const few = lines();
    const grown = (put, from, most) => {
      let at = from;
      for (; at < most; at += 0.05) {
        put(at + 0.05);
        if (!fits() || lines() > few) break;
      }
      put(at);
      return at;
    };
    size = grown(set, size, 1.25);
    // What was printed is the point: it may be larger than the code above it.
    grown((told) => body.style.setProperty("--told", told.toFixed(2)), 1, 1.55 / size);
    return size;
  }

  const asked = () => (Number.parseInt(location.hash.slice(1), 10) || 1) - 1;
  document.addEventListener("keydown", press);
  window.addEventListener("hashchange", () => asked() !== keep.at && show(asked()));
  document.querySelectorAll(".bar button").forEach((button) => {
    button.onclick = (event) => act(event, button);
  });
  leaves.forEach((leaf, n) => leaf.addEventListener("click", () => {
    if (!root.classList.contains("overview")) return;
    root.classList.remove("overview");
    show(n);
  }));
  let from = 0;
  document.addEventListener("touchstart", (event) => { from = event.changedTouches[0].clientX; },
    { passive: true });
  document.addEventListener("touchend", (event) => {
    const far = event.changedTouches[0].clientX - from;
    if (Math.abs(far) > 60 && !root.classList.contains("overview")) {
      (far < 0 ? move.next : move.previous)();
    }
  }, { passive: true });
  setInterval(tick, 1000);
  root.classList.add("live");
  show(asked());
  window.addEventListener("load", () => document.fonts.ready.then(fit));
})();
