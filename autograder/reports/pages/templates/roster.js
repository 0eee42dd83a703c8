"use strict";
// Finding and sorting among the submissions. Without it the list is whole, in the order of names.
(() => {
  const bodies = [...document.querySelectorAll("table.roster tbody[data-part]")];
  const form = document.getElementById("find");
  if (!bodies.length || !form) return;
  const LIMIT = 100;
  // Only when something is looked for: ten thousand rows take their time, and the page is to open at once.
  let facts, sizes;
  const gather = () => {
    if (facts) return;
    sizes = bodies.map((body) => body.rows.length);
    facts = bodies.flatMap((body) => [...body.rows]).map((row, index) =>
      ({ row, index, text: row.textContent.toLowerCase(), marks: parseFloat(row.dataset.marks) }));
  };
  const found = document.getElementById("found");
  const count = document.getElementById("count");
  const orders = {
    name: (a, b) => a.index - b.index,
    up: (a, b) => (isNaN(a.marks) - isNaN(b.marks)) || a.marks - b.marks || a.index - b.index,
    down: (a, b) => (isNaN(a.marks) - isNaN(b.marks)) || b.marks - a.marks || a.index - b.index,
  };
  const search = () => {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    found.hidden = !words.length;
    if (!words.length) { count.textContent = ""; return; }
    gather();
    const hits = facts.filter((one) => words.every((word) => one.text.includes(word)));
    count.textContent = `${hits.length} found` + (hits.length > LIMIT ? `, the first ${LIMIT} are shown` : "");
    found.tBodies[0].replaceChildren(...hits.slice(0, LIMIT).map((one) => one.row.cloneNode(true)));
  };
  const sort = () => {
    gather();
    facts.sort(orders[form.elements.order.value]);
    let at = 0;
    bodies.forEach((body, part) => {
      const next = facts.slice(at, at + sizes[part]).map((one) => one.row);
      body.replaceChildren(...next);
      at += sizes[part];
    });
    document.querySelectorAll(".range").forEach((range) => { range.hidden = form.elements.order.value !== "name"; });
    search();
  };
  let waiting;
  form.elements.words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 120); });
  form.elements.order.addEventListener("change", sort);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
})();
