"use strict";
// The notes window: the slide, the next step, the notes, and the time. It hears of the slides by
// messages, so that it stays when their page is loaded again.
(() => {
  const find = (name) => document.querySelector(name);
  const keep = { began: Date.now(), size: 1.5, chosen: false, state: null, heard: Date.now() };
  const send = (message) => {
    if (window.opener && !window.opener.closed) window.opener.postMessage(message, "*");
  };
  const two = (n) => String(n).padStart(2, "0");
  const clock = (time) => `${two(time.getHours())}:${two(time.getMinutes())}`;

  function put(state) {
    keep.state = state;
    document.documentElement.style.colorScheme = state.scheme;
    find(".now").innerHTML = state.now;
    find(".then").innerHTML = state.then;
    find(".next").textContent = state.then ? state.next : "The end";
    find(".where").textContent = state.where;
    find(".dark").hidden = !state.dark;
    find(".said").innerHTML = state.notes;
    letter();
    tick();
  }

  // Long notes get smaller letters, so that nobody has to scroll while speaking; not once the
  // speaker has chosen a size.
  function letter() {
    const page = document.documentElement;
    const set = (size) => page.style.setProperty("--said", `${size}rem`);
    let size = keep.size;
    for (set(size); !keep.chosen && size > 1 && page.scrollHeight > window.innerHeight; set(size)) {
      size -= 0.05;
    }
  }

  function resize(factor) {
    keep.size = Math.max(0.8, Math.min(keep.size * factor, 4));
    keep.chosen = true;
    letter();
  }

  function tick() {
    const now = new Date();
    const seconds = Math.floor((now - keep.began) / 1000);
    find(".wall").textContent = clock(now);
    find(".spent").textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
    const gone = !window.opener || window.opener.closed;
    find(".gone").hidden = !gone;
    if (!keep.state) return;
    const { minutes, until, total } = keep.state;
    const left = Math.round((total - until + minutes) * 10) / 10;
    const behind = Math.floor(seconds / 60 - until);
    find(".planned").textContent = `this slide ${minutes} min; when it ends, ${until} of ${total} min`;
    find(".left").textContent = behind >= 1
      ? `${behind} min late by the notes; they need ${left} min more, until ${ends(left, now)}`
      : `by the notes ${left} min left, until ${ends(left, now)}`;
    find(".left").classList.toggle("late", behind >= 1);
  }

  const ends = (left, now) => clock(new Date(now.getTime() + left * 60000));

  window.addEventListener("message", (event) => {
    if (event.source === window.opener && event.data && event.data.dtao === "state") put(event.data);
  });
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("button, summary") && [" ", "Enter"].includes(event.key)) return;
    if (event.key === "+") resize(1.15);
    else if (event.key === "-") resize(1 / 1.15);
    else send({ dtao: "key", key: event.key, shift: event.shiftKey });
    if (event.key !== "Tab") event.preventDefault();
  });
  window.addEventListener("resize", letter);
  document.querySelectorAll("button").forEach((button) => {
    button.onclick = (event) => {
      if (button.value === "again") { keep.began = Date.now(); tick(); }
      else if (button.value === "larger") resize(1.15);
      else if (button.value === "smaller") resize(1 / 1.15);
      else send({ dtao: "move", move: button.value });
      if (event.detail) button.blur();
    };
  });
  setInterval(() => { send({ dtao: "hello" }); tick(); }, 1000);
  send({ dtao: "hello" });
  tick();
})();
