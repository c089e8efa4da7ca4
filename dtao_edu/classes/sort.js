// Sorts a table by a column; without a script the table stands as it is.
document.querySelectorAll("table.sorts").forEach(table => {
  table.querySelectorAll("thead button").forEach((button, column) => {
    button.addEventListener("click", () => {
      const head = button.closest("th"), body = table.tBodies[0];
      const up = head.getAttribute("aria-sort") !== "ascending";
      const key = row => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
      const rows = [...body.rows].sort((a, b) =>
        key(a).localeCompare(key(b), undefined, {numeric: true}) * (up ? 1 : -1));
      table.querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...rows);
    });
  });
});
