"use strict";
// Counts of both guesses as bars; at the answer, what to say to more than a third of the hall.
document.querySelectorAll("section").forEach((section) => {
  const rows = [...section.querySelectorAll("tbody tr")];
  const button = section.querySelector("button");
  const counts = (guess) => rows.map(
    (row) => Number(row.querySelectorAll("input")[guess].value) || 0);

  function draw() {
    [0, 1].forEach((guess) => {
      const all = counts(guess);
      const total = all.reduce((sum, one) => sum + one, 0);
      rows.forEach((row, n) => {
        row.querySelectorAll(".bar")[guess].style.width = total ? `${(100 * all[n]) / total}%` : 0;
      });
    });
    if (section.classList.contains("shown")) advise();
  }

  function advise() {
    const last = counts(1).some((one) => one) ? counts(1) : counts(0);
    const total = last.reduce((sum, one) => sum + one, 0);
    section.querySelector(".say").textContent = rows
      .filter((row, n) => total && last[n] > total / 3)
      .map((row) => JSON.parse(row.dataset.say)).filter(Boolean).join(" ");
  }

  section.addEventListener("input", draw);
  button.addEventListener("click", () => {
    const shown = section.classList.toggle("shown");
    button.textContent = shown ? "Hide the answer" : "Show the answer";
    section.querySelectorAll(".told, .why").forEach((one) => { one.hidden = !shown; });
    if (shown) advise();
    else section.querySelector(".say").textContent = "";
  });
});
