(() => {
  const root = document.querySelector(".sv");
  const { darken, tell } = svBar(root, ["sv-on", "rp-lit"]);
  const SIDES = ["g", "a", "b"];

  const numbers = (item, side) => (item.dataset[side] || "").split(" ").filter(Boolean);
  const mark = (name, parts) => {
    for (const marked of parts) marked.classList.add(name);
  };
  const unfold = (target) => {
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) {
      at.open = true;
    }
  };
  const show = (target) => {
    unfold(target);
    if (!target.matches("a, summary")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: target.matches("details") ? "start" : "center" });
  };
  /* What an item rests on: its sentences, and in them the marks of the sides that cite them. */
  const light = (item) => {
    const prefix = item.closest(".rp-document").dataset.prefix;
    const found = [];
    for (const side of SIDES) {
      for (const n of numbers(item, side)) {
        const own = document.getElementById(`${prefix}${side}-s${n}`);
        if (!own) continue;
        own.classList.add("rp-lit");
        found.push(own.closest(".sv-s"));
      }
    }
    mark("sv-on", [item, ...found]);
    return [...new Set(found)].sort((a, b) =>
      a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
  };
  const listed = (item) =>
    SIDES.filter((side) => numbers(item, side).length)
      .map((side) => {
        const name = item.closest(".rp-document").querySelector(".rp-article .rp-k" + side);
        return (name ? name.textContent : side) + " " + numbers(item, side).join(", ");
      })
      .join(" · ");
  const showSentences = (item, from, first) => {
    darken();
    const sentences = light(item);
    if (!sentences.length) return;
    tell("Sentences cited: " + listed(item), from);
    show(first || sentences[0]);
  };
  const showItems = (sentence, from, first) => {
    const links = [...sentence.querySelectorAll("a.sv-back")];
    const found = links.map((link) => cardOf(link)).filter(Boolean);
    if (!found.length) return;
    darken();
    mark("sv-on", [sentence, ...found]);
    mark("rp-lit", sentence.querySelectorAll(".sv-n .rp-k"));
    const n = sentence.id.replace(/.*-s/, "");
    tell(found.length + (found.length === 1 ? " item rests" : " items rest") + " on sentence " + n, from);
    show(first || found[0]);
  };
  const targetOf = (link) => {
    const href = link.getAttribute("href");
    return href.startsWith("#") ? document.getElementById(href.slice(1)) : null;
  };
  const cardOf = (link) => {
    const target = targetOf(link);
    return target && target.closest(".rp-item");
  };
  const follow = (target, from) => {
    const card = target.closest(".rp-item");
    if (card) {
      darken();
      light(card);
      tell("Sentences cited: " + listed(card), from);
      show(card);
    } else {
      show(target.matches("details") ? target.querySelector("summary") : target);
    }
  };

  root.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[href]");
    const item = event.target.closest(".rp-item");
    const sentence = event.target.closest(".sv-s");
    if (link) {
      const target = targetOf(link);
      if (!target) return;
      const cited = target.closest(".sv-s");
      if (link.matches(".sv-skip, .rp-jump a")) return;
      event.preventDefault();
      if (item && cited) showSentences(item, link, cited);
      else if (sentence) showItems(sentence, link, cardOf(link));
      else {
        history.pushState(null, "", link.getAttribute("href"));
        follow(target, link);
      }
      return;
    }
    if (event.target.closest("button, summary")) return;
    if (!getSelection().isCollapsed) return;
    if (item) showSentences(item, item.querySelector("a.sv-no, a.sv-chip"));
    else if (sentence) showItems(sentence, sentence.querySelector("a.sv-back"));
  });
  const sortable = (table) => {
    const body = table.tBodies[0];
    if (body.rows.length < 2) return;
    const valued = (row, column) => {
      const cell = row.cells[column];
      if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
      const text = cell.textContent.trim();
      return /^\d[\d,]*$/.test(text) ? Number(text.replaceAll(",", "")) : text;
    };
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const number = head.classList.contains("rp-number");
        const was = head.getAttribute("aria-sort");
        const down = was ? was === "ascending" : number;
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].map((row) => [valued(row, column), row]);
        rows.sort(([a], [b]) => {
          if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
          const order = typeof a === "number" ? a - b : a.localeCompare(b);
          return down ? -order : order;
        });
        body.append(...rows.map(([, row]) => row));
      });
    });
  };
  root.querySelectorAll("table.rp-table").forEach(sortable);

  const all = document.createElement("button");
  all.type = "button";
  all.className = "rp-all";
  all.textContent = "Unfold all";
  all.addEventListener("click", () => {
    const open = all.textContent === "Unfold all";
    for (const each of root.querySelectorAll(".rp-document")) each.open = open;
    all.textContent = open ? "Fold all" : "Unfold all";
  });
  root.querySelector("#documents > h2").after(all);

  const arrive = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target) follow(target, null);
  };
  addEventListener("hashchange", arrive);
  addEventListener("popstate", arrive);
  root.classList.add("sv-live");
  arrive();
})();
