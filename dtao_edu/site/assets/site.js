// What the pages do: theme, menu, words, search, predictions, exercises, progress. No request goes
// anywhere; what is kept is kept in this browser.
"use strict";
(() => {
  const judge = window.dtaoJudge, up = document.body.dataset.up, path = document.body.dataset.path;
  const $ = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const made = (name, properties = {}, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };

  // What is kept: {guesses: {place: guess, or null if skipped}, exercises: {id: {outcome, tries}}, read: {path: day}}.
  const KEY = "dtao-progress";
  const empty = () => ({ format: 1, guesses: {}, exercises: {}, read: {} });
  let kept = empty();
  try { kept = { ...empty(), ...JSON.parse(localStorage.getItem(KEY)) }; } catch { /* nothing kept */ }
  let tell = () => {}; // where the page says what is kept
  const keep = () => {
    try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* this browser keeps nothing */ }
    tell();
  };

  // Theme and menu.
  const root = document.documentElement;
  $("#theme").addEventListener("click", () => {
    const dark = getComputedStyle(root).colorScheme.trim() === "dark"
      || (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("dtao-theme", root.dataset.theme); } catch { /* not kept */ }
  });
  const menu = $("#menu"), navigation = $("#navigation");
  menu.addEventListener("click", () => {
    menu.setAttribute("aria-expanded", String(navigation.classList.toggle("open")));
  });
  all("a[href]", navigation).forEach((link) => {
    const name = link.getAttribute("href").replace(/^(\.\.\/)+/, "");
    if (name === path) link.setAttribute("aria-current", "page");
    if (kept.read[name]) link.classList.add("done");
  });

  // A page from a disk may start no kernel: the browser forbids it.
  if (location.protocol === "file:") all(".own-kernel").forEach((box) => box.replaceChildren(made("p", {
    textContent: "There is a Python kernel for this browser, but it needs the pages from a web server: run python -m http.server in the folder of the site and open the address that it prints." })));

  // A formula wider than its place scrolls, by keyboard too.
  const reach = () => all('math[display="block"]').forEach((one) => {
    if (one.scrollWidth > one.clientWidth) one.setAttribute("tabindex", "0"); else one.removeAttribute("tabindex");
  });
  reach();
  addEventListener("resize", reach);
  document.addEventListener("toggle", reach, true);

  // Words of the glossary, explained on hover and focus.
  const words = JSON.parse($("#words").textContent), told = $("#explained");
  const hide = () => {
    told.hidden = true;
    all("[aria-describedby=explained]").forEach((one) => one.removeAttribute("aria-describedby"));
  };
  const explain = (word) => {
    told.textContent = words[word.dataset.word];
    told.hidden = false;
    word.setAttribute("aria-describedby", "explained");
    const place = word.getBoundingClientRect(), width = told.offsetWidth;
    const left = Math.min(place.left, root.clientWidth - width - 8);
    told.style.left = `${Math.max(4, left) + scrollX}px`;
    told.style.top = `${place.bottom + scrollY + 6}px`;
  };
  all(".word").forEach((word) => {
    for (const event of ["mouseenter", "focus"]) word.addEventListener(event, () => explain(word));
    for (const event of ["mouseleave", "blur"]) word.addEventListener(event, hide);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") { hide(); found.hidden = true; } });

  // Search: the index is a script that comes with the first key.
  const query = $("#query"), found = $("#found");
  let index = null;
  const load = () => {
    if (index) return;
    index = [];
    const script = made("script", { src: `${up}assets/index.js` });
    script.onload = () => { index = window.dtaoIndex; look(); };
    document.head.append(script);
  };
  const look = () => {
    const asked = query.value.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
    if (!asked.length || !index) { found.hidden = true; return; }
    const hits = [];
    for (const [page, anchor, title, heading, text] of index) {
      const head = `${title} ${heading}`.toLowerCase(), body = text.toLowerCase();
      let points = 0;
      for (const word of asked) {
        const here = (head.includes(word) ? 5 : 0) + (body.includes(word) ? 1 + Math.min(3, body.split(word).length / 4) : 0);
        if (!here) { points = 0; break; }
        points += here;
      }
      if (points) hits.push([points, page, anchor, title, heading, text, body]);
    }
    hits.sort((a, b) => b[0] - a[0]);
    const rows = hits.slice(0, 20).map(([, page, anchor, title, heading, text, body]) => {
      const place = Math.max(0, body.indexOf(asked[0]) - 60);
      const name = heading && heading !== title ? `${title}: ${heading}` : title;
      return made("li", {}, made("a", { href: `${up}${page}${anchor ? `#${anchor}` : ""}`, textContent: name }),
        made("small", { textContent: `${place ? "… " : ""}${text.slice(place, place + 160)} …` }));
    });
    const count = made("p", { textContent: hits.length ? `${hits.length} places` : `Nothing found for “${query.value}”.` });
    found.replaceChildren(count, made("ol", {}, ...rows));
    found.hidden = false;
  };
  query.addEventListener("focus", load);
  query.addEventListener("input", () => { load(); look(); });
  $("#search").addEventListener("submit", (event) => {
    event.preventDefault();
    const first = $("a", found);
    if (first) location.href = first.href;
  });

  // Predictions: the answer stays closed until a guess is made or skipped.
  const opened = (place) => place in kept.guesses;
  all("details.answer").forEach((answer) => {
    const place = answer.dataset.after, question = place && document.getElementById(place);
    if (!question) return;
    $("summary", answer).addEventListener("click", (event) => {
      if (opened(place) || answer.open) return;
      event.preventDefault();
      $(".reply", question).textContent = "Guess first, or skip the guess.";
      question.scrollIntoView({ block: "center" });
      $("input", question).focus({ preventScroll: true });
    });
  });
  const openAnswers = (place) => {
    const first = all("details.answer").find((one) => one.dataset.after === place);
    if (first) first.open = true;
  };
  all(".question").forEach((question) => {
    const asked = JSON.parse(question.dataset.question), place = question.id;
    const reply = made("div", { className: "reply" });
    reply.setAttribute("role", "status");
    const form = made("form", { autocomplete: "off" });
    const say = (lines) => reply.replaceChildren(...lines.filter(Boolean).map((line) => made("p", { textContent: line })));
    const answer = (guess, focus) => {
      say(guess === null
        ? [`It is: ${asked.choices.length || typeof asked.answer === "string" ? asked.answer : `${judge.show(asked.answer, 4)} ${asked.unit}`.trim()}.`, asked.why]
        : judge.judgeGuess(asked, guess));
      kept.guesses[place] = guess;
      keep();
      openAnswers(place);
      if (focus) reply.scrollIntoView({ block: "nearest" });
    };
    if (asked.choices.length) {
      const options = asked.choices.map((choice) => made("label", {},
        made("input", { type: "radio", name: place, value: choice }), ` ${choice}`));
      form.append(made("fieldset", {}, made("legend", { textContent: "Your guess" }), ...options));
    } else {
      form.append(made("p", {}, made("label", {}, `Your guess${asked.unit ? `, ${asked.unit}` : ""} `,
        made("input", { type: "text", inputMode: "decimal", size: 12 }))));
    }
    const skip = made("button", { type: "button", textContent: "Skip the guess" });
    skip.addEventListener("click", () => answer(null, true));
    form.append(made("p", {}, made("button", { type: "submit", textContent: "Guess" }), " ", skip));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (asked.choices.length) {
        const chosen = $("input:checked", form);
        if (chosen) answer(chosen.value, true); else say(["Choose one first."]);
        return;
      }
      const typed = judge.read($("input", form).value, asked.unit);
      if (typed.refused) say([typed.refused]); else answer(typed.value, true);
    });
    question.append(form, reply);
    if (opened(place)) answer(kept.guesses[place], false);
  });

  // Exercises.
  all(".order").forEach((list) => list.addEventListener("click", (event) => {
    const button = event.target.closest("button"), row = button && button.closest("li");
    if (!row) return;
    const other = button.value === "1" ? row.nextElementSibling : row.previousElementSibling;
    if (other) other[button.value === "1" ? "after" : "before"](row);
    button.focus();
  }));
  all(".answer-form").forEach((form) => {
    const data = JSON.parse(form.dataset.judge), verdict = $(".verdict", form);
    const say = (one) => {
      verdict.className = `verdict ${one.outcome.replaceAll(" ", "-")}`;
      const head = one.misconception ? `${one.label}: ${one.misconception}` : one.label;
      verdict.replaceChildren(made("p", {}, made("code", { textContent: `[${one.mark}]` }), " ",
        made("strong", { textContent: `${data.id} ${head}` })));
      if (one.said) verdict.append(made("p", { textContent: one.said }));
      if (one.html) verdict.insertAdjacentHTML("beforeend", one.html);
      if (["wrong", "slip"].includes(one.outcome)) verdict.append(made("p", { textContent: "Next: the first hint below." }));
    };
    const values = () => {
      if (data.kind === "choice") {
        const chosen = $("input:checked", form);
        return chosen ? { values: [chosen.value] } : { refused: "Choose one first." };
      }
      if (data.kind === "order") return { values: all(".order li", form).map((row) => row.dataset.value) };
      const read = all("input", form).map((input, n) => judge.read(input.value, data.units[n]));
      const bad = read.findIndex((one) => one.refused);
      if (bad < 0) return { values: read.map((one) => one.value) };
      return { refused: data.names.length ? `${data.names[bad]}: ${read[bad].refused}` : read[bad].refused };
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = values();
      if (given.refused) {
        say({ outcome: "kind", mark: "?", misconception: "", label: "not what is asked for", said: given.refused });
        return;
      }
      const one = judge.judge(data, given.values), before = kept.exercises[data.id] || { tries: 0 };
      say(one);
      kept.exercises[data.id] = { outcome: before.outcome === "right" ? "right" : one.outcome, tries: before.tries + 1 };
      keep();
      mark();
    });
    const mark = () => {
      const head = $("h2", form.closest(".exercise"));
      const done = (kept.exercises[data.id] || {}).outcome === "right";
      if (done && !$(".tick", head)) head.append(made("span", { className: "tick", textContent: " ✓", title: "solved" }));
    };
    mark();
  });

  // What is guessed in a flip-book is kept as well.
  addEventListener("dtao:predicted", (event) => {
    kept.guesses[`flip-${event.detail.name}`] = event.detail.guess;
    keep();
  }, true);

  // A lesson that was read to its end counts as read.
  const end = $(".around");
  if (end && path.startsWith("lessons/") && "IntersectionObserver" in window) {
    new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting) || scrollY < 200) return;
      kept.read[path] = new Date().toISOString().slice(0, 10);
      keep();
    }).observe(end);
  }

  // Progress: said, saved, loaded, erased.
  const mine = $(".mine");
  if (mine) {
    const said = made("span");
    said.setAttribute("role", "status");
    const count = () => {
      const guesses = Object.keys(kept.guesses).length;
      const solved = Object.values(kept.exercises).filter((one) => one.outcome === "right").length;
      const many = (number, one, more) => `${number} ${number === 1 ? one : more}`;
      said.textContent = `Kept in this browser: ${many(guesses, "guess", "guesses")}, `
        + `${many(solved, "exercise", "exercises")} solved, `
        + `${many(Object.keys(kept.read).length, "lesson", "lessons")} read. `;
    };
    const save = made("button", { type: "button", textContent: "Save as a file" });
    save.addEventListener("click", () => {
      const file = new Blob([JSON.stringify(kept, null, 1)], { type: "application/json" });
      const link = made("a", { href: URL.createObjectURL(file), download: "dtao-progress.json" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    const input = made("input", { type: "file", accept: "application/json", className: "unseen" });
    input.setAttribute("aria-label", "A file of progress");
    input.tabIndex = -1;
    input.addEventListener("change", async () => {
      try {
        const read = JSON.parse(await input.files[0].text());
        if (read.format !== 1) throw new Error("format");
        kept = { ...empty(), ...read };
        keep();
        location.reload();
      } catch { said.textContent = "This file holds no progress of this course. "; }
    });
    const loadFile = made("button", { type: "button", textContent: "Load a file" });
    loadFile.addEventListener("click", () => input.click());
    const erase = made("button", { type: "button", textContent: "Erase" });
    erase.addEventListener("click", () => {
      if (!confirm("Erase all guesses and answers that this browser keeps for the course?")) return;
      kept = empty();
      keep();
      location.reload();
    });
    tell = count;
    count();
    mine.append(said, save, " ", loadFile, input, " ", erase);
  }

  // Printing opens what is closed.
  addEventListener("beforeprint", () => all("details:not(.source)").forEach((one) => { one.open = true; }));
  root.dataset.ready = "";
})();
