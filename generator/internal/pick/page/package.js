"use strict";
// The page of a package: a filter of what is listed, and a picture that can be moved and made larger. Without it the page is the same,
// and only stands still.

const filter = document.getElementById("filter");
filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const li of document.querySelectorAll("nav li[data-words]")) {
    li.hidden = !words.every((word) => li.dataset.words.includes(word));
  }
  for (const group of document.querySelectorAll("nav details")) {
    const shown = group.querySelectorAll("li[data-words]:not([hidden])").length;
    group.hidden = shown === 0;
    if (words.length) group.open = true;
  }
});

const view = document.getElementById("view");
const svg = view.querySelector("svg");
const whole = svg.viewBox.baseVal;
const size = { width: whole.width, height: whole.height };
let box = { x: 0, y: 0, ...size };

function show() { svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`); }

// zoom makes the picture larger by a factor, around a point of it.
function zoom(factor, at = { x: box.x + box.width / 2, y: box.y + box.height / 2 }) {
  const width = Math.min(Math.max(box.width / factor, 50), size.width * 4);
  const by = width / box.width;
  box = { x: at.x - (at.x - box.x) * by, y: at.y - (at.y - box.y) * by, width, height: box.height * by };
  show();
}

function move(x, y) {
  box.x += x * box.width;
  box.y += y * box.height;
  show();
}

function fit() {
  box = { x: 0, y: 0, ...size };
  show();
}

// begin shows as much as can be read: the whole, or the upper left of a large picture.
function begin() {
  const width = Math.min(size.width, view.clientWidth / 0.7);
  if (width === size.width || !view.clientWidth) return;
  box = { x: 0, y: 0, width, height: width * view.clientHeight / view.clientWidth };
  show();
}

// point is the place of the picture that an event is at.
function point(event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

view.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, point(event));
}, { passive: false });

let held = null, moved = false;
view.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  held = point(event);
  moved = false;
});
view.addEventListener("pointermove", (event) => {
  if (!held) return;
  const now = point(event);
  if (!moved && Math.hypot(now.x - held.x, now.y - held.y) < 4) return;
  if (!moved) view.setPointerCapture(event.pointerId);
  moved = true;
  view.classList.add("held");
  box.x -= now.x - held.x;
  box.y -= now.y - held.y;
  show();
});
for (const end of ["pointerup", "pointercancel"]) {
  view.addEventListener(end, () => { held = null; view.classList.remove("held"); });
}
view.addEventListener("click", (event) => { if (moved) event.preventDefault(); }, true); // a link that was only held on to
view.addEventListener("dragstart", (event) => event.preventDefault());

view.addEventListener("keydown", (event) => {
  const keys = {
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), "0": fit,
    ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1), ArrowDown: () => move(0, 0.1),
  };
  if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  keys[event.key]();
});
document.getElementById("larger").addEventListener("click", () => zoom(1.25));
document.getElementById("smaller").addEventListener("click", () => zoom(0.8));
document.getElementById("fit").addEventListener("click", fit);
for (const button of document.querySelectorAll("#zoom button")) button.hidden = false;
begin();
