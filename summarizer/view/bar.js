"use strict";
/* The bar of a page: it tells what is lit up, and leads back to what was clicked. `names` are the
   classes of what is lit up. */
const svBar = (root, names) => {
  const bar = root.querySelector(".sv-bar");
  const [status, back] = bar.children;
  let origin = null;

  const clear = (name) => {
    for (const marked of root.querySelectorAll("." + name)) marked.classList.remove(name);
  };
  const darken = () => names.forEach(clear);
  const tell = (text, from) => {
    bar.classList.add("sv-shown");
    status.textContent = text;
    back.hidden = false;
    origin = from;
  };
  const release = () => {
    darken();
    bar.classList.remove("sv-shown");
    status.textContent = "";
    back.hidden = true;
    if (origin) {
      origin.focus({ preventScroll: true });
      origin.scrollIntoView({ block: "center" });
    }
    origin = null;
  };
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.querySelector("." + names[0])) release();
  });
  back.addEventListener("click", release);
  return { clear, darken, tell };
};
