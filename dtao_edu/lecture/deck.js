"use strict";
// Moves through the slides of one file: keys, buttons, overview; opens the window with the notes.
(() => {
  const root = document.documentElement;
  const leaves = [...document.querySelectorAll(".leaf")];
  const byId = (name) => document.getElementById(name);
  const keep = { at: 0, step: 0, talk: null, typed: "", asleep: 0 };

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
      history.replaceState(null, "", `#${keep.at + 1}${keep.step ? `.${keep.step}` : ""}`);
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
    black() { root.classList.toggle("black"); tell(); },
    up() { row(-1); },
    down() { row(1); },
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
    notes: openTalk,
  };
  const keys = {
    ArrowRight: "next", ArrowDown: "down", PageDown: "next", " ": "next", n: "next",
    ArrowLeft: "previous", ArrowUp: "up", PageUp: "previous", Backspace: "previous",
    p: "previous", Home: "first", End: "last", Enter: "choose", Escape: "leave", o: "overview",
    s: "notes", z: "enlarge", b: "black", ".": "black", d: "theme", f: "full", "?": "help",
  };

  // In the overview the arrows up and down go by rows.
  function row(by) {
    if (!root.classList.contains("overview")) return (by > 0 ? move.next : move.previous)();
    const first = leaves.filter((leaf) => leaf.offsetTop === leaves[0].offsetTop).length;
    const to = keep.at + by * first;
    if (to >= 0 && to < leaves.length) show(to);
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    if (event.target.closest && event.target.closest("input, select, textarea")) return;
    const onButton = event.target.closest && event.target.closest("button, a, summary");
    if (onButton && [" ", "Enter"].includes(event.key)) return;
    if (pressed(event.key, event.shiftKey)) event.preventDefault();
  }

  // One key, from this window or from the notes window; true if it means something.
  function pressed(name, shift) {
    if (/^[0-9]$/.test(name)) {
      keep.typed = (keep.typed + name).slice(-3);
      say(`Slide ${keep.typed}: press Enter.`, true);
      return true;
    }
    const typed = keep.typed;
    keep.typed = "";
    if (name === "Enter" && typed) {
      root.classList.remove("overview");
      byId("say").classList.remove("shown");
      show(Number(typed) - 1);
      return true;
    }
    const key = name.length === 1 ? name.toLowerCase() : name;
    const does = key === " " && shift ? "previous" : keys[key];
    if (does) move[does]();
    return Boolean(does);
  }

  // The notes window has a script of its own (talk.js), and both speak by messages alone: so it
  // goes on when this page is loaded again, though a browser then takes the two for strangers.
  function openTalk() {
    if (open()) {
      keep.talk.focus();
      return;
    }
    const talk = window.open("", `dtao-notes-${Date.now()}`, "popup,width=1100,height=760");
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
    const script = page.createElement("script");
    script.textContent = byId("talk-script").textContent;
    page.body.append(script);
    keep.talk = talk;
    tell();
  }

  const open = () => keep.talk && !keep.talk.closed;

  function heard(event) {
    const said = event.data || {};
    if (event.source === window || typeof said.dtao !== "string") return;
    if (said.dtao === "hello" && keep.talk !== event.source) {
      keep.talk = event.source;
      tell();
    }
    if (said.dtao === "key") pressed(String(said.key), said.shift === true);
    if (said.dtao === "move" && ["next", "previous"].includes(said.move)) move[said.move]();
  }

  // A slide as it is at a step, as text.
  function copy(at, step) {
    if (!leaves[at]) return "";
    const slide = leaves[at].querySelector(".slide").cloneNode(true);
    fragments(slide).forEach((one, n) => one.classList.toggle("shown", n < step));
    slide.querySelectorAll(".dtao-flip").forEach((one) => one.replaceWith("The live playground."));
    return slide.outerHTML;
  }

  function tell() {
    if (!open()) return;
    const leaf = leaves[keep.at];
    const notes = leaf.querySelector(".notes");
    const inside = keep.step < all(keep.at);
    const sum = (some) => some.reduce((total, one) => total + minutes(one), 0);
    keep.talk.postMessage({
      dtao: "state",
      now: copy(keep.at, keep.step),
      then: inside ? copy(keep.at, keep.step + 1) : copy(keep.at + 1, 0),
      next: inside ? "Next step" : "Next slide",
      where: `Slide ${keep.at + 1} of ${leaves.length}`
        + (all(keep.at) ? `, step ${keep.step} of ${all(keep.at)}` : ""),
      notes: notes ? notes.innerHTML : "No notes on this slide.",
      minutes: minutes(leaf),
      until: sum(leaves.slice(0, keep.at + 1)),
      total: sum(leaves),
      dark: root.classList.contains("black"),
      scheme: root.style.colorScheme,
    }, "*");
  }

  // Letters as large as the slide allows, so that code and tables keep their lines; where there is too much,
  // steps of a derivation go into two columns, and then the letters become smaller.
  function fit() {
    leaves.forEach((leaf) => {
      const body = leaf.querySelector(".body"); // a live playground fits itself
      leaf.dataset.fit = (body.querySelector(".dtao-flip") ? 1 : fitted(body)).toFixed(2);
    });
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

  // "#7.2" is the second step of the seventh slide.
  function asked() {
    const [at, step] = location.hash.slice(1).split(".").map((part) => Number.parseInt(part, 10));
    return [(at || 1) - 1, step || 0];
  }

  // The buttons can be seen for a while after each move of a pointer, and always under a finger.
  function wake() {
    root.classList.add("awake");
    clearTimeout(keep.asleep);
    keep.asleep = setTimeout(() => root.classList.remove("awake"), 5000);
  }

  document.addEventListener("keydown", press);
  window.addEventListener("message", heard);
  window.addEventListener("hashchange", () => {
    const [at, step] = asked();
    if (at !== keep.at || step !== keep.step) show(at, step);
  });
  ["pointermove", "pointerdown"].forEach((name) => document.addEventListener(name, wake));
  document.querySelectorAll(".bar button").forEach((button) => {
    button.onclick = (event) => {
      move[button.value]();
      if (event.detail) button.blur(); // after the mouse, the space bar belongs to the slides again
    };
  });
  leaves.forEach((leaf, n) => leaf.addEventListener("click", () => {
    if (!root.classList.contains("overview")) return;
    root.classList.remove("overview");
    show(n);
  }));
  let from = null; // where one finger came down; two fingers enlarge, and turn no page
  document.addEventListener("touchstart", (event) => {
    from = event.touches.length === 1 ? event.touches[0].clientX : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (from === null || root.classList.contains("overview")) return;
    const far = event.changedTouches[0].clientX - from;
    if (Math.abs(far) > 60) (far < 0 ? move.next : move.previous)();
  }, { passive: true });
  root.classList.add("live");
  show(...asked());
  wake();
  window.addEventListener("load", () => document.fonts.ready.then(fit));
})();
