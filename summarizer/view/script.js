(() => {
  const root = document.querySelector(".sv");
  const { clear, tell } = svBar(root, ["sv-on"]);
  const items = [...root.querySelectorAll(".sv-item[data-s]")];
  const part = (n) => document.getElementById("s" + n);
  const cited = (item) => item.dataset.s.split(" ").filter(Boolean).map(part).filter(Boolean);
  const resting = (sentence) => items.filter((item) => cited(item).includes(sentence));

  const mark = (name, parts) => {
    clear(name);
    for (const marked of parts) marked.classList.add(name);
  };
  const show = (target) => {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  };
  const numbers = (sentences) => {
    const listed = sentences.map((s) => s.id.slice(1)).join(", ");
    return (sentences.length === 1 ? "Sentence " : "Sentences ") + listed;
  };

  const showSentences = (item, from, first) => {
    const sentences = cited(item);
    if (!sentences.length) return;
    mark("sv-on", [item, ...sentences]);
    tell(numbers(sentences) + " highlighted", from);
    show(first || sentences[0]);
  };
  const showItems = (sentence, from, first) => {
    const found = resting(sentence);
    if (!found.length) return;
    mark("sv-on", [sentence, ...found]);
    const count = found.length === 1 ? "1 item rests" : found.length + " items rest";
    tell(count + " on sentence " + sentence.id.slice(1), from);
    show(first || found[0]);
  };

  root.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[href]");
    const item = event.target.closest(".sv-item[data-s]");
    const sentence = event.target.closest(".sv-s");
    if (link) {
      const href = link.getAttribute("href");
      const target = href.startsWith("#") ? document.getElementById(href.slice(1)) : null;
      if (!target) return;
      if (item && target.matches(".sv-s")) {
        event.preventDefault();
        showSentences(item, link, target);
      } else if (sentence && target.matches(".sv-item")) {
        event.preventDefault();
        showItems(sentence, link, target);
      } else if (target.matches(".sv-item")) {
        event.preventDefault();
        mark("sv-on", [target, ...cited(target)]);
        tell(numbers(cited(target)) + " highlighted", link);
        show(target);
      }
      return;
    }
    if (event.target.closest("button, summary, details")) return;
    if (!getSelection().isCollapsed) return;
    if (item) showSentences(item, item.querySelector("a.sv-no, a.sv-chip"));
    else if (sentence) showItems(sentence, sentence.querySelector("a.sv-back"));
  });

  root.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const item = event.target.closest(".sv-item[data-s]");
    const sentence = event.target.closest(".sv-s");
    mark("sv-near", item ? cited(item) : sentence ? resting(sentence) : []);
  });

  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.matches(".sv-item")) mark("sv-on", [target, ...cited(target)]);
    else if (target.matches(".sv-s")) mark("sv-on", [target, ...resting(target)]);
  };
  addEventListener("hashchange", follow);
  root.classList.add("sv-live");
  follow();
})();
