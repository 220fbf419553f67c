"use strict";
// Nothing here is needed to read the page: it filters, sorts, and shows what belongs together.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const form = document.querySelector("form.filters");
  const own = (one) => one.closest(".report") || document;
  const numbers = (one) => (one.dataset.of || "").split(" ");

  const filter = () => {
    const chosen = new Set(all("input:checked", form).map((box) => box.value));
    const rule = form.elements.rule.value;
    const cards = all(".card");
    for (const card of cards) {
      const fits = !rule || card.dataset.rules.split(" ").includes(rule);
      card.hidden = !(fits && chosen.has(card.dataset.severity));
    }
    for (const report of all(".report")) {
      const shown = new Set(all(".card:not([hidden])", report).map((card) => card.dataset.of));
      for (const one of all("mark, td[data-of]", report)) {
        one.classList.toggle("off", !numbers(one).some((number) => shown.has(number)));
      }
      for (const one of all(".ref, nav li[data-of]", report)) one.hidden = !shown.has(one.dataset.of);
    }
    const status = form.querySelector("[role=status]");
    const findings = (some) => some.reduce((sum, card) => sum + Number(card.dataset.count), 0);
    const shown = findings(cards.filter((card) => !card.hidden));
    status.textContent = status.dataset.text.replace("{shown}", shown).replace("{count}", findings(cards));
  };

  if (form) {
    form.hidden = false;
    form.addEventListener("change", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    filter();
  }

  // A card and its places light up together.
  const light = (event) => {
    for (const one of all(".lit")) one.classList.remove("lit");
    const at = event.target.closest && event.target.closest("[data-of]");
    if (!at || event.type === "mouseout") return;
    const wanted = new Set(numbers(at));
    for (const one of all("[data-of]", own(at))) {
      if (numbers(one).some((number) => wanted.has(number))) one.classList.add("lit");
    }
  };
  for (const kind of ["mouseover", "mouseout", "focusin"]) document.addEventListener(kind, light);

  // A click on marked words leads to their card, as their number does.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark, td.wrong, td.aside");
    if (!mark || event.target.closest("a") || String(getSelection())) return;
    const card = all(".card:not([hidden])", own(mark)).find((one) => numbers(mark).includes(one.dataset.of));
    if (card) card.focus();
  });

  const value = (row, column) => {
    const said = row.cells[column].textContent.trim();
    return said === "—" ? -1 : said !== "" && !isNaN(said) ? Number(said) : said;
  };
  const compare = (one, other) =>
    typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "zh");
  for (const table of all("table.sortable")) {
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.title = table.dataset.sort.replace("{column}", head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const counts = table.tBodies[0].rows[0]?.cells[column].classList.contains("count");
        const first = counts ? "descending" : "ascending";
        const other = counts ? "ascending" : "descending";
        const order = head.getAttribute("aria-sort") === first ? other : first;
        for (const one of heads) one.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const rows = [...table.tBodies[0].rows];
        rows.sort((one, another) => sign * compare(value(one, column), value(another, column)));
        table.tBodies[0].append(...rows);
      });
    });
  }

  // Paper has nothing to unfold.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all(".card details:not([open])");
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
})();
