/* A flip-book: a playground worked out beforehand. It asks nobody and needs no kernel.

   Words and pictures lie in deflated chunks, one page of choices each; a page is unfolded when it
   is turned to. Chunks that are not on the page are script files, added when they are wanted. */
(() => {
  "use strict";
  if (window.dtaoFlip) return;

  const chunks = new Map();
  const scripts = new Map();
  window.dtaoFlip = {
    add(more) { for (const [key, text] of Object.entries(more)) chunks.set(key, text); },
    books: [],
    open,
  };

  /* Texts ------------------------------------------------------------------------------------ */

  async function unfold(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
  }

  function asText(digits, decimals, apart) {
    const text = String(digits).padStart(decimals + 1, "0");
    let whole = decimals ? text.slice(0, -decimals) : text;
    if (apart) whole = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return decimals ? `${whole}.${text.slice(-decimals)}` : whole;
  }

  /** Texts that differ in their numbers: `texts(packed)(7)` is the eighth. */
  function texts(packed) {
    if (packed.p) return (place) => packed.p[packed.w[place]];
    const seen = packed.s.map(() => 0);
    const rows = packed.w.map((kind) => seen[kind]++);
    for (const columns of packed.c)
      for (const column of columns) {
        let sum = 0;
        column[2] = column[2].map((step) => (sum += step));
      }
    return (place) => {
      const kind = packed.w[place], row = rows[place], pieces = packed.s[kind];
      let text = pieces[0];
      packed.c[kind].forEach(([decimals, apart, digits], number) => {
        const one = (value) => (Array.isArray(value) ? value[row] : value);
        text += asText(digits[row], one(decimals), one(apart)) + pieces[number + 1];
      });
      return text;
    };
  }

  function named(stored) {
    const found = {};
    for (const [name, value] of Object.entries(stored))
      found[name] = value && value.w ? texts(value) : value;
    return found;
  }

  /* What is said of a guess; the same rules as in guess.py ----------------------------------- */

  function show(value, digits) {
    if (value === 0) return "0";
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString("en-US");
    const places = Math.min(Math.max(digits - 1 - Math.floor(Math.log10(Math.abs(value))), 0), 20);
    const form = { minimumFractionDigits: places, maximumFractionDigits: places };
    const text = value.toLocaleString("en-US", form);
    return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  }

  const many = (number, unit) => (number === "1" ? unit.replace(/s$/, "") : unit);

  function difference(guess, answer, unit) {
    const [asked, right] = [show(guess, 4), show(answer, 4)];
    const told = `You predicted ${asked} ${many(asked, unit)}`.trimEnd();
    const is = `; it is ${right} ${many(right, unit)}`.trimEnd();
    const away = guess - answer, off = answer ? away / Math.abs(answer) : away ? null : 0;
    const side = off > 0 ? "above" : "below", points = show(Math.abs(away), 2);
    let tail = "";
    if (off === null) tail = "";
    else if (["%", "percent"].includes(unit.trim()) && Math.abs(off) >= 0.005)
      tail = ` You were ${points} ${many(points, "points")} ${side}.`;
    else if (Math.abs(off) < 0.005) tail = " You were there.";
    else if (Math.abs(off) < 10) tail = ` You were ${show(Math.abs(100 * off), 2)} % ${side}.`;
    else tail = " That is another order of magnitude: is it the unit that is asked for?";
    return `${told}${is}.${tail}`;
  }

  function recognise(guess, answer, slips) {
    if (guess === 0 || Math.abs(guess - answer) <= 0.0002 * Math.abs(answer)) return "";
    let digits = 2;
    while (digits < 17 && Number(guess.toPrecision(digits)) !== guess) digits += 1;
    const half = 10 ** (Math.floor(Math.log10(Math.abs(guess))) - digits + 1) / 2;
    let best = Infinity, said = "";
    for (const [value, sentence] of slips) {
      const away = Math.abs(guess - value);
      if (away <= Math.max(half, 0.002 * Math.abs(value)) * (1 + 1e-9) && away < best)
        [best, said] = [away, sentence];
    }
    return best < Math.abs(guess - answer) ? said : "";
  }

  function reply(guess, asked) {
    if (typeof guess === "string") {
      const slip = asked.slips.find(([option]) => option === guess);
      const tail = guess === asked.answer ? "Just so." : `It is: ${asked.answer}.`;
      return [`You predicted: ${guess}. ${tail}`, (slip && slip[1]) || asked.why];
    }
    const slips = asked.slips.map(([value, sentence]) => [Number(value), sentence]);
    const said = recognise(guess, asked.answer, slips);
    return [difference(guess, asked.answer, asked.unit), said || asked.why];
  }

  function readNumber(text, unit) {
    let plain = text.trim().replace(/\u2212/g, "-");
    if (unit && plain.toLowerCase().endsWith(unit.toLowerCase()))
      plain = plain.slice(0, -unit.length).trim();
    if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replace(/,/g, "");
    return /^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  }

  /* Elements --------------------------------------------------------------------------------- */

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== undefined) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function script(source) {
    if (!scripts.has(source))
      scripts.set(source, new Promise((done, failed) => {
        document.head.append(make("script", {
          src: source,
          onload: done,
          onerror: () => { scripts.delete(source); failed(new Error(source)); },
        }));
      }));
    return scripts.get(source);
  }

  let count = 0;

  class Flip {
    constructor(section) {
      this.section = section;
      this.book = JSON.parse(section.querySelector(".dtao-book").textContent);
      this.id = `dtaoF${count++}_`;
      this.pages = new Map();
      this.past = [];
      this.future = [];
      this.asking = this.book.predict;
      this.meanings = false;
      this.playing = 0;
      this.build();
      const { preset, chosen, place } = this.book.start;
      this.ready = this.turn({ preset, chosen, place });
      new ResizeObserver(() => this.resized()).observe(section);
    }

    get size() {
      const sizes = this.book.sizes, width = this.section.clientWidth;
      const phone = sizes.includes("phone") && width > 0 && width < 560;
      return phone ? "phone" : sizes.find((size) => size !== "phone") || sizes[0];
    }

    key(state) {
      return `${state.preset}.${this.pageOf(state).place}`;
    }

    pageOf(state) {
      const preset = this.book.presets[state.preset];
      const place = preset.offers.reduce(
        (sum, offer, n) => sum * offer.options.length + state.chosen[n], 0);
      return { ...preset.pages[place], place };
    }

    frameOf(state) {
      const sliders = this.pageOf(state).sliders;
      return sliders.reduce((sum, slider, n) => sum * slider.values.length + state.place[n], 0);
    }

    async chunk(key, kind) {
      const name = `${this.book.name}.${key}.${kind}`;
      if (!chunks.has(name)) await script(this.book.files[`${key}.${kind}`]);
      const text = chunks.get(name); // without a picture where the model refuses a whole page
      return text ? named(await unfold(text)) : {};
    }

    async pageData(state, size) {
      const key = this.key(state), name = `${key}.${size}`;
      if (!this.pages.has(name)) {
        const words = this.pages.get(`${key}.words`) || this.chunk(key, "words");
        this.pages.set(`${key}.words`, words);
        const picture = this.chunk(key, size);
        this.pages.set(name, Promise.all([words, picture]));
      }
      return this.pages.get(name);
    }

    /* Moves ---------------------------------------------------------------------------------- */

    async turn(state) {
      const page = this.pageOf(state);
      state.place = page.sliders.map((slider, n) =>
        Math.min(state.place[n] ?? slider.start, slider.values.length - 1));
      const wanted = (this.wanted = {}), size = this.size;
      let data;
      try {
        data = await this.pageData(state, size);
      } catch (fault) {
        this.say("This part could not be loaded: is its folder beside the page?");
        this.follow();
        return;
      }
      if (wanted !== this.wanted) return; // another page was turned to meanwhile
      const problem = data[0].problem(this.frameOf(state));
      if (problem) {
        this.say(problem);
        this.follow();
        return;
      }
      [this.words, this.picture] = data;
      this.state = state;
      this.shownSize = size;
      this.say("");
      this.controls();
      this.show();
      this.resized(); // the page may have become narrow or wide while it came
    }

    resized() {
      if (this.state && this.size !== this.shownSize) this.turn({ ...this.state });
    }

    move(place) {
      const next = { ...this.state, place };
      const problem = this.words.problem(this.frameOf(next));
      this.say(problem);
      if (!problem) this.state = next;
      this.show();
      return !problem;
    }

    remember() {
      this.past.push(this.state);
      this.future = [];
      if (this.past.length > 200) this.past.shift();
    }

    undo(from = this.past, to = this.future) {
      if (!from.length) return;
      this.remembered = 0; // the next move is a step of its own
      to.push(this.state);
      this.turn({ ...from.pop() });
    }

    redo() {
      this.undo(this.future, this.past);
    }

    /** Ctrl or Cmd and Z, with Shift to do it again; a text entry keeps these keys for itself. */
    typed(event) {
      const letter = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || !["z", "y"].includes(letter)) return;
      if (event.target.matches("input[type=text], input[type=number], textarea")) return;
      event.preventDefault();
      if (letter === "y" || event.shiftKey) this.redo();
      else this.undo();
    }

    reset() {
      this.remember();
      this.turn({ ...this.book.start, chosen: [...this.book.start.chosen] });
    }

    choosePreset(preset) {
      const offers = this.book.presets[preset].offers;
      const old = this.book.presets[this.state.preset].offers;
      const chosen = offers.map((offer) => {
        const n = old.findIndex((one) => one.name === offer.name);
        const kept = n < 0 ? -1 : offer.options.indexOf(old[n].options[this.state.chosen[n]]);
        return Math.max(kept, 0);
      });
      this.remember();
      const place = this.keptPlaces({ preset, chosen }, true);
      const said = this.kept(this.pageOf({ preset, chosen }).sliders, place);
      this.turn({ preset, chosen, place })
        .then(() => this.problem.textContent || this.say(said, true));
    }

    /** Say of the amounts that a preset leaves to the reader which were cut, or what stays. */
    kept(sliders, place) {
      const now = this.pageOf(this.state).sliders;
      let stays = "";
      const cut = sliders.flatMap((slider, n) => {
        const m = now.findIndex((one) => one.name && one.name === slider.name);
        if (m < 0 || slider.set) return [];
        const [old, here] = [amount(now[m], this.state.place[m]), amount(slider, place[n])];
        stays = stays || `${slider.label} stays ${here}.`;
        return old === here ? [] : [`${slider.label} was ${old}; here it is ${here}.`];
      });
      return cut.join(" ") || stays;
    }

    /** The call that opens the live playground with what is set here. */
    code() {
      const { presets, clock } = this.book, { preset, chosen, place } = this.state;
      const { offers, acts } = presets[preset], { sliders } = this.pageOf(this.state);
      const set = [
        presets[preset].code,
        ...offers.map((offer, n) => offer.code[chosen[n]]),
        ...sliders.map((one, n) => one.name && `${one.name}=${one.values[place[n]]}`),
      ];
      const call = `playground.${this.book.call}(${set.filter(Boolean).join(", ")})`;
      const acted = clock ? acts[chosen[0]].slice(0, place[0]) : [];
      const ticks = clock ? place[0] - acted.length : 0;
      const pressed = [...acted, ticks && `${clock} ${ticks} times`].filter(Boolean);
      const then = pressed.length ? `  # then press ${pressed.join(", ")}` : "";
      const names = call.includes("=Pool(") ? "Pool, playground" : "playground";
      return `from dtao_edu import ${names}\n${call}${then}`;
    }

    choose(n, option) {
      const chosen = this.state.chosen.with ? this.state.chosen.with(n, option)
        : this.state.chosen.map((old, m) => (m === n ? option : old));
      this.remember();
      const next = { preset: this.state.preset, chosen };
      this.turn({ ...next, place: this.keptPlaces(next) });
    }

    /** Keep an amount on another page, as far as its slider reaches. */
    keptPlaces(next, another = false) {
      const now = this.pageOf(this.state).sliders;
      return this.pageOf(next).sliders.map((slider) => {
        const n = now.findIndex((one) => one.name === slider.name);
        if (n < 0 || (another && slider.set)) return slider.start;
        return nearest(slider.values, now[n].values[this.state.place[n]]);
      });
    }

    /** Drag an amount along its axis, on the scale of the beginning, as in a live playground. */
    grab(event) {
      const rect = this.stack.querySelector(".dtao-drag");
      if (!rect) return;
      const box = rect.getBoundingClientRect(), [name, axis, ...ends] = rect.dataset.drag.split(" ");
      const n = this.pageOf(this.state).sliders.findIndex((one) => one.name === name);
      const within = event.clientX >= box.left && event.clientX <= box.right
        && event.clientY >= box.top && event.clientY <= box.bottom;
      if (n < 0 || !within) return;
      event.preventDefault();
      this.stack.setPointerCapture(event.pointerId);
      this.remember();
      const [from, least, to, most] = ends.map(Number);
      const back = rect.ownerSVGElement.getScreenCTM().inverse();
      const { values } = this.pageOf(this.state).sliders[n];
      const move = (moved) => {
        const at = new DOMPoint(moved.clientX, moved.clientY).matrixTransform(back)[axis];
        const place = nearest(values, least + (at - from) * (most - least) / (to - from));
        if (place !== this.state.place[n])
          this.move(this.state.place.map((old, m) => (m === n ? place : old)));
      };
      const end = () => {
        for (const kind of ["pointermove", "pointerup", "pointercancel"])
          this.stack.removeEventListener(kind, kind === "pointermove" ? move : end);
      };
      this.stack.addEventListener("pointermove", move);
      this.stack.addEventListener("pointerup", end);
      this.stack.addEventListener("pointercancel", end);
      move(event);
    }

    play() {
      clearInterval(this.playing);
      this.playing = this.playing ? 0 : setInterval(() => {
        const slider = this.pageOf(this.state).sliders[0];
        if (this.state.place[0] + 1 < slider.values.length) this.move([this.state.place[0] + 1]);
        else this.play();
      }, 1000 / this.pageOf(this.state).sliders[0].plays);
      this.show();
    }

    /* What is shown -------------------------------------------------------------------------- */

    show() {
      const frame = this.frameOf(this.state), picture = this.picture;
      const own = (svg) => svg.replaceAll("dtaoFLIP", this.id);
      const backdrop = picture.backdrops(picture.back[frame]);
      if (this.backdrop !== backdrop) this.back.innerHTML = own((this.backdrop = backdrop));
      let front = picture.front(frame);
      if (this.asking) front = withoutAnswer(front);
      this.front.innerHTML = own(front);
      this.mark.innerHTML = own(this.marked(frame));
      const now = performance.now();
      if (this.playing && now - (this.spoken || 0) < 250) { this.follow(); return; }
      this.spoken = now;
      if (this.asking)
        this.sentence.textContent =
          "First make your guess; then the picture and the receipt show the answer.";
      else this.sentence.replaceChildren(...withParts(
        this.words.sentence(frame), this.words.parts(frame).split("\n").filter(Boolean)));
      this.receiptOf(frame);
      this.question(frame);
      this.follow();
    }

    marked(frame) {
      const { scale, low, high, guessLow, guessHigh } = this.picture;
      if (!scale || this.guess === undefined || this.asking || this.elsewhere()) return "";
      const along = scale === "log" ? Math.log : (value) => value;
      if (scale === "log" && this.guess <= 0) return "";
      const from = along(guessLow[frame]), to = along(guessHigh[frame]);
      const part = (along(this.guess) - from) / (to - from);
      const other = high(frame).match(/-?\d+\.\d/g) || [];
      let n = 0;
      return low(frame).replace(/-?\d+\.\d/g, (number) =>
        (Number(number) + part * (Number(other[n++]) - Number(number))).toFixed(1));
    }

    receiptOf(frame) {
      const rows = this.words.receipt(frame).split("\n").map((line) => line.split("\t"));
      this.table.replaceChildren(...rows.map(([label, value, meaning, strong]) => {
        const head = make("th", { scope: "row" }, label);
        if (this.meanings && meaning) head.append(make("div", { class: "dtao-meaning" }, meaning));
        return make("tr", { class: strong ? "dtao-strong" : "" }, head,
          make("td", {}, this.asking ? "?" : value));
      }));
    }

    askedAt(frame) {
      const [words, unit, why] = this.words.question(frame).split("\n");
      const numbers = this.words.numbers(frame);
      const slips = this.words.slips(frame).split("\n").filter(Boolean);
      const choices = this.book.choices;
      const [answer, low, high] = choices.length ? [numbers] : numbers.split(" ").map(Number);
      return { words, unit, why, answer, low, high, slips: slips.map((line) => line.split("\t")) };
    }

    elsewhere() {
      return JSON.stringify(this.state) !== this.askedOf;
    }

    question(frame) {
      if (!this.panel) return;
      if (this.asking) {
        this.asked = this.askedAt(frame);
        this.askedOf = JSON.stringify(this.state);
      }
      const other = !this.asking && this.elsewhere();
      const label = this.asking ? "Predict first." : other
        ? "Asked before:" : "You were asked:";
      this.ask.replaceChildren(make("b", { class: "dtao-label" }, label), ` ${this.asked.words}`);
      const unit = this.asked.unit;
      this.entryLabel.textContent = unit ? `Your guess, ${unit}` : "Your guess";
      this.form.hidden = !this.asking;
      this.again.hidden = this.asking;
    }

    give(event) {
      event.preventDefault();
      const choices = this.book.choices;
      const picked = choices.length && this.form.querySelector("input:checked");
      const guess = choices.length ? picked && picked.value
        : readNumber(this.entry.value, this.asked.unit);
      if (choices.length ? !guess : Number.isNaN(guess)) {
        this.said.textContent = choices.length ? "Choose one first, or skip."
          : this.entry.value.trim() ? "Write a number, such as 12.5." : "Write a number first.";
        return;
      }
      this.guess = typeof guess === "number" ? guess : undefined;
      this.answered(reply(guess, this.asked));
      const { name } = this.book, { answer } = this.asked;
      document.dispatchEvent(new CustomEvent("dtao:predicted", { detail: { name, guess, answer } }));
    }

    skip() {
      this.guess = undefined;
      const { answer, unit, why } = this.asked;
      const shown = typeof answer === "string" ? answer : `${show(answer, 4)} ${unit}`.trim();
      this.answered([`No guess this time. It is: ${shown}.`, why]);
    }

    answered(sentences) {
      this.asking = false;
      this.said.replaceChildren(
        ...sentences.filter(Boolean).flatMap((one) => [one, make("br")]).slice(0, -1));
      this.show();
      this.again.focus(); // the entry is closed: without this a keyboard would be lost
    }

    askAgain() {
      this.asking = true;
      this.guess = undefined;
      this.said.textContent = "";
      if (this.entry) this.entry.value = "";
      this.show();
      (this.entry || this.form.querySelector("input")).focus();
    }

    say(sentence, kept = false) {
      this.problem.classList.toggle("dtao-kept", kept);
      this.problem.textContent = sentence;
    }

    /* What it is made of --------------------------------------------------------------------- */

    build() {
      const { title, presets, predict, room } = this.book;
      this.presets = make("select", {
        id: `${this.id}preset`,
        onchange: () => this.choosePreset(this.presets.selectedIndex),
      }, ...presets.map((preset) => make("option", {}, preset.label)));
      const start = presets.length > 1 ? [make("div", { class: "dtao-start" },
        make("label", { for: `${this.id}preset` }, "Start with"), this.presets)] : [];
      this.box = make("div", { class: "dtao-moving" });
      const layer = () => make("div", { class: "dtao-layer" });
      [this.back, this.front, this.mark] = [layer(), layer(), layer()];
      const note = `${title}. The sentence below says what the picture shows.`;
      this.stack = make("div", { class: "dtao-stack", role: "img", "aria-label": note },
        this.back, this.front, this.mark);
      this.sentence = make("p", { class: "dtao-sentence", role: "status", "aria-live": "polite" });
      this.problem = make("p", { class: "dtao-problem", role: "alert" });
      this.table = make("table", { class: "dtao-receipt", "aria-label": "Receipt" });
      this.fixed = make("p", { class: "dtao-fixed" });
      const button = (label, press) => make("button", { type: "button", onclick: press }, label);
      this.undoing = button("Undo", () => this.undo());
      this.redoing = button("Redo", () => this.redo());
      this.listing = make("textarea", {
        class: "dtao-code", readonly: true, hidden: true, rows: 3, "aria-label": "The same in Python",
        onfocus: () => this.listing.select(),
      });
      this.coding = button("Code", () => {
        this.listing.hidden = !this.listing.hidden;
        this.follow();
        if (!this.listing.hidden) this.listing.focus();
      });
      this.coding.className = "dtao-coding"; // no use on a slide
      this.definitions = button("Definitions", () => {
        this.meanings = !this.meanings;
        this.show();
      });
      const grid = make("div", { class: "dtao-grid" },
        make("div", { class: "dtao-controls" }, this.box, make("div", { class: "dtao-buttons" },
          this.undoing, this.redoing, button("Reset", () => this.reset()), this.definitions,
          this.coding), this.listing),
        make("div", { class: "dtao-picture" }, this.stack,
          make("div", { class: "dtao-room" }, this.sentence), this.problem),
        make("div", { class: "dtao-receipts" }, this.table, this.fixed));
      const parts = [make("div", { class: "dtao-head" }, make("h3", {}, title), ...start)];
      if (predict) parts.push(this.buildPanel());
      this.section.querySelector(".dtao-static").replaceWith(...parts, grid);
      this.section.style.setProperty("--dtao-room", `"${room}"`);
      for (const kind of ["keydown", "keyup", "touchstart", "touchmove", "touchend"])
        this.section.addEventListener(kind, (event) => event.stopPropagation(), { passive: true });
      this.section.addEventListener("keydown", (event) => this.typed(event));
      this.stack.addEventListener("pointerdown", (event) => this.grab(event));
    }

    buildPanel() {
      const { choices } = this.book;
      this.ask = make("p", { class: "dtao-question" });
      this.entryLabel = make(choices.length ? "legend" : "label", { for: `${this.id}guess` });
      const send = make("button", { type: "submit", class: "dtao-primary" }, "Show the answer");
      const skip = make("button", { type: "button", onclick: () => this.skip() }, "Skip");
      let entry;
      if (choices.length)
        entry = make("fieldset", {}, this.entryLabel, ...choices.map((choice) =>
          make("label", { class: "dtao-option" }, make("input",
            { type: "radio", name: `${this.id}guess`, value: choice }), choice)));
      else {
        this.entry = make("input",
          { id: `${this.id}guess`, type: "text", inputmode: "decimal", autocomplete: "off" });
        entry = make("span", {}, this.entryLabel, this.entry);
      }
      this.form = make("form", { class: "dtao-buttons", onsubmit: (event) => this.give(event) },
        entry, send, skip);
      this.again = make("button", { type: "button", onclick: () => this.askAgain() },
        "Predict again");
      this.said = make("p", { class: "dtao-said", role: "status", "aria-live": "polite" });
      this.panel = make("div", { class: "dtao-panel" }, this.ask, this.form,
        make("div", { class: "dtao-buttons" }, this.again), this.said);
      return this.panel;
    }

    /** Build the controls of the page that is turned to; keep them while it is the same. */
    controls() {
      const preset = this.book.presets[this.state.preset], page = this.pageOf(this.state);
      const shape = `${this.state.preset}/${page.sliders.map((one) => one.name + one.label)}`;
      this.entries = shape === this.shape ? this.entries : undefined;
      if (this.entries) {
        this.entries.forEach((entry, n) => entry.renew(page.sliders[n]));
        return;
      }
      this.shape = shape;
      const held = document.activeElement && document.activeElement.dataset.keep;
      this.offers = preset.offers.map((offer, n) => choice(this, offer, n));
      this.entries = page.sliders.map((slider, n) => slide(this, slider, n));
      this.box.replaceChildren(...[...this.offers, ...this.entries].map((one) => one.element));
      const fixed = preset.fixed.length ? `Fixed here: ${preset.fixed.join("; ")}.` : "";
      this.fixed.textContent = [fixed, preset.source && `Source: ${preset.source}.`]
        .filter(Boolean).join(" ");
      if (held) this.box.querySelector(`[data-keep="${held}"]`)?.focus();
    }

    /** Let every control say what is set. */
    follow() {
      if (!this.state) return;
      this.presets.selectedIndex = this.state.preset;
      this.offers.forEach((offer, n) => offer.follow(this.state.chosen[n]));
      this.entries.forEach((entry, n) => entry.follow(this.state.place[n]));
      this.undoing.disabled = !this.past.length;
      this.redoing.disabled = !this.future.length;
      this.coding.setAttribute("aria-pressed", !this.listing.hidden);
      this.listing.value = this.code();
      this.definitions.setAttribute("aria-pressed", this.meanings);
    }
  }

  function nearest(values, value) {
    let best = 0;
    values.forEach((one, n) => {
      if (Math.abs(one - value) < Math.abs(values[best] - value)) best = n;
    });
    return best;
  }

  function amount(slider, place) {
    return `${show(slider.values[place], 8)} ${slider.unit}`.trim();
  }

  /** Let words of a sentence know for which part of the picture they stand. */
  function withParts(sentence, words) {
    const parts = [];
    words.forEach((one, n) => {
      const place = sentence.indexOf(one);
      if (place < 0) return;
      parts.push(sentence.slice(0, place), make("span", { "data-part": n + 1 }, one));
      sentence = sentence.slice(place + one.length);
    });
    return [...parts, sentence];
  }

  function withoutAnswer(svg) {
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    for (const part of parsed.querySelectorAll(".dtao-answer")) part.remove();
    return new XMLSerializer().serializeToString(parsed);
  }

  function choice(flip, offer, n) {
    const few = offer.options.length <= 4 && offer.options.join("").length <= 44;
    if (!few) {
      const id = `${flip.id}offer${n}`;
      const select = make("select", {
        id, title: offer.help, "data-keep": `offer${n}`,
        onchange: () => flip.choose(n, select.selectedIndex),
      }, ...offer.options.map((option) => make("option", {}, option)));
      const element = make("div", { class: "dtao-choice" },
        make("label", { for: id }, offer.label), select);
      return { element, follow: (place) => (select.selectedIndex = place) };
    }
    const inputs = offer.options.map((option, place) => make("input", {
      type: "radio", name: `${flip.id}offer${n}`, "data-keep": `offer${n}-${place}`,
      onchange: () => flip.choose(n, place),
    }));
    const element = make("fieldset", { class: "dtao-choice", title: offer.help },
      make("legend", {}, offer.label), ...offer.options.map((option, place) =>
        make("label", { class: "dtao-option" }, inputs[place], option)));
    return { element, follow: (place) => (inputs[place].checked = true) };
  }

  function slide(flip, slider, n) {
    const id = `${flip.id}slider${n}`;
    const to = (place) => {
      if (!(Date.now() - flip.remembered <= 1000)) flip.remember();
      flip.remembered = Date.now();
      flip.move(flip.state.place.map((old, m) => (m === n ? place : old)));
    };
    const label = make("label", { for: `${id}n` },
      slider.unit ? `${slider.label}, ${slider.unit}` : slider.label);
    const note = make("span", { class: "dtao-note", role: "status" });
    const number = make("input", {
      id: `${id}n`, type: "number", step: "any", title: slider.help, "data-keep": `number${n}`,
      onchange: () => {
        const wish = Number(number.value);
        if (number.value.trim() === "" || Number.isNaN(wish)) { flip.follow(); return; }
        const place = nearest(slider.values, wish), value = slider.values[place];
        note.textContent = value === wish ? ""
          : `Nearest of what was worked out: ${amount(slider, place)}.`;
        to(place);
      },
    });
    const range = make("input", {
      type: "range", min: 0, step: 1, "aria-label": label.textContent, "data-keep": `range${n}`,
      oninput: () => { note.textContent = ""; to(Number(range.value)); },
    });
    const play = slider.plays ? [make("button",
      { type: "button", title: slider.help, onclick: () => flip.play() }, "Play")] : [];
    const element = make("div", { class: "dtao-number" }, label, number, range, ...play, note);
    const renew = (other) => {
      slider = other;
      range.max = slider.values.length - 1;
    };
    renew(slider);
    return {
      element, renew,
      follow: (place) => {
        range.value = place;
        number.value = slider.values[place];
        range.setAttribute("aria-valuetext", amount(slider, place));
        if (play.length) play[0].textContent = flip.playing ? "Pause" : "Play";
      },
    };
  }

  function open(root = document) {
    for (const data of root.querySelectorAll("script.dtao-chunks")) {
      window.dtaoFlip.add(JSON.parse(data.textContent));
      data.remove();
    }
    for (const section of root.querySelectorAll(".dtao-flip:not([data-open])")) {
      section.dataset.open = "";
      window.dtaoFlip.books.push(new Flip(section));
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => open());
  else open();
})();
