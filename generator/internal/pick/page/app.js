"use strict";
// The page of gen pick: a tree of what there is, a search, and what the ticked operations cost. All that a document says comes into the
// page as text, or as a part that the server has escaped.

const el = (id) => document.getElementById(id);
const state = {
  total: 0, ticked: new Uint8Array(0), sums: new Int32Array(1), kept: new Set(), had: new Set(), used: null, follow: [], first: "",
  nodes: new Map(), sequence: 0, chosen: -1, lines: null, file: 0,
};

// ask asks the server; what is asked anew under a name is no longer wanted as it was asked before.
const asked = new Map();
async function ask(path, options = {}, name = "") {
  if (name) {
    asked.get(name)?.abort();
    const abort = new AbortController();
    asked.set(name, abort);
    options.signal = abort.signal;
  }
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}
const post = (path, body, name) => ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }, name);

// attempt runs something that may fail, and says so.
async function attempt(work) {
  try {
    await work();
    el("fault").hidden = true;
  } catch (fault) {
    if (fault.name === "AbortError") return;
    el("fault").textContent = fault.message;
    el("fault").hidden = false;
  }
}

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

const plural = (n, noun) => n === 1 ? `1 ${noun}` : `${n.toLocaleString("en")} ${noun}s`;

// --- what is ticked

function grow(total) {
  const bigger = new Uint8Array(total);
  bigger.set(state.ticked.subarray(0, Math.min(total, state.total)));
  state.ticked = bigger;
  state.total = total;
  sum();
}

// sum adds up what is ticked, so that the number in a range is a difference.
function sum() {
  const sums = new Int32Array(state.total + 1);
  for (let i = 0; i < state.total; i++) sums[i + 1] = sums[i] + state.ticked[i];
  state.sums = sums;
}

const inRanges = (ranges) => ranges.reduce((n, [lo, hi]) => n + state.sums[hi] - state.sums[lo], 0);
const size = (ranges) => ranges.reduce((n, [lo, hi]) => n + hi - lo, 0);

function tickedRanges() {
  const ranges = [];
  for (let i = 0; i < state.total; i++) {
    if (!state.ticked[i]) continue;
    const last = ranges[ranges.length - 1];
    if (last && last[1] === i) last[1]++;
    else ranges.push([i, i + 1]);
  }
  return ranges;
}

// tick ticks all of some ranges, or, if all are ticked, none.
function tick(ranges) {
  const on = inRanges(ranges) < size(ranges);
  for (const [lo, hi] of ranges) for (let i = lo; i < hi; i++) state.ticked[i] = on || state.kept.has(i) ? 1 : 0;
  changed();
}

const snapshot = () => JSON.stringify([tickedRanges(), state.follow]);

function changed() {
  sum();
  showTicks();
  el("written").replaceChildren();
  el("reset").disabled = snapshot() === state.first;
  weigh();
}

// --- the tree

// item makes a row of the tree.
function item(level, kind) {
  const li = make("li", kind);
  li.setAttribute("role", "treeitem");
  li.tabIndex = -1;
  li.setAttribute("aria-level", level);
  const row = make("div", "row");
  row.style.setProperty("--level", level - 1);
  row.append(make("span", "twist"), make("span", "box"), make("span", "label"), make("span", "number"));
  li.append(row);
  return li;
}

// branchItem is the row of a path.
function branchItem(branch, level, text) {
  const li = item(level, "branch");
  li.branch = branch;
  state.nodes.set(branch.path, li);
  li.setAttribute("aria-expanded", "false");
  const label = li.querySelector(".label");
  label.append(make("span", "path", text ?? branch.segment));
  for (const own of branch.own) label.append(" ", make("span", "method " + own.method, own.method));
  return li;
}

// leafItem is the row of an operation.
function leafItem(leaf, level, whole) {
  const li = item(level, "leaf");
  li.leaf = leaf;
  const label = li.querySelector(".label");
  label.append(make("span", "method " + leaf.method, leaf.method), " ");
  if (whole) label.append(make("span", "path", leaf.path), " ");
  label.append(make("span", "what", leaf.summary));
  if (leaf.notIn) label.append(" ", make("span", "mark", "not in " + leaf.notIn.join(", ")));
  return li;
}

// behindItem is the row that lists what lies behind a path.
function behindItem(branch, level, text) {
  const li = item(level, "behind");
  li.behind = branch.path;
  li.querySelector(".box").remove();
  li.querySelector(".label").append(make("span", "what", text));
  li.setAttribute("aria-label", text);
  return li;
}

// place gives the rows of a group their places.
function place(group) {
  [...group.children].forEach((li, i, all) => {
    li.setAttribute("aria-setsize", all.length);
    li.setAttribute("aria-posinset", i + 1);
  });
}

function fill(group, node, below, level) {
  group.replaceChildren(
    ...node.own.map((leaf) => leafItem(leaf, level)),
    ...below.map((branch) => branchItem(branch, level)),
    ...(node.behind ? [behindItem(node, level, "More lies behind: list it")] : []));
  place(group);
  showTicks();
}

async function open(li) {
  if (!li.branch || li.getAttribute("aria-expanded") === "true") return;
  let group = li.querySelector(":scope > ul");
  if (!group) {
    const { node, below } = await (await ask("tree?at=" + encodeURIComponent(li.branch.path))).json();
    group = make("ul");
    group.setAttribute("role", "group");
    li.append(group);
    fill(group, node, below, Number(li.getAttribute("aria-level")) + 1);
  }
  group.hidden = false;
  li.setAttribute("aria-expanded", "true");
}

function close(li) {
  const group = li.querySelector(":scope > ul");
  if (group) group.hidden = true;
  if (li.branch) li.setAttribute("aria-expanded", "false");
}

// expand lists what lies behind a path, and shows it in the tree.
async function expand(path) {
  const { changed, total } = await (await post("expand", { at: path })).json();
  grow(total);
  for (const branch of changed) {
    const li = state.nodes.get(branch.path);
    if (li) li.branch = branch;
  }
  const li = await reveal(path);
  li.querySelector(":scope > ul")?.remove();
  li.setAttribute("aria-expanded", "false");
  await open(li);
  focus(li);
  showTicks();
}

// reveal opens the tree down to a path, and returns its row.
async function reveal(path) {
  showTree();
  for (;;) {
    let nearest = null;
    for (const [at, li] of state.nodes) {
      const above = path === at || path.startsWith(at) && "/(".includes(path[at.length]);
      if (above && li.isConnected && (!nearest || at.length > nearest.branch.path.length)) nearest = li;
    }
    if (!nearest) throw new Error(path + " is not in the tree");
    if (nearest.branch.path === path) {
      for (let li = nearest.parentElement.closest("[role=treeitem]"); li; li = li.parentElement.closest("[role=treeitem]")) await open(li);
      return nearest;
    }
    if (nearest.querySelector(":scope > ul")) throw new Error(path + " is not in the tree");
    await open(nearest);
  }
}

// showTicks shows on all rows that are there what is ticked.
function showTicks() {
  for (const li of document.querySelectorAll("[role=treeitem]")) {
    if (li.leaf) {
      const n = li.leaf.n;
      const number = li.querySelector(".number");
      li.setAttribute("aria-checked", state.ticked[n] ? "true" : "false");
      if (state.kept.has(n)) li.setAttribute("aria-disabled", "true");
      const marks = [state.kept.has(n) ? "keep" : "", use(n)].filter(Boolean).join(", ");
      number.textContent = marks;
      li.setAttribute("aria-label", [`${li.leaf.method} ${li.leaf.path}`, li.leaf.summary, marks].filter(Boolean).join(", "));
    } else if (li.branch) {
      const all = size(li.branch.ranges), n = inRanges(li.branch.ranges);
      li.setAttribute("aria-checked", n === 0 ? "false" : n === all ? "true" : "mixed");
      li.querySelector(":scope > .row > .number").textContent = n ? `${n} of ${all}` : String(all);
      li.setAttribute("aria-label", `${li.branch.segment || li.branch.path}, ${n} of ${plural(all, "operation")} ticked`);
    }
  }
  for (const box of document.querySelectorAll("[data-tick]")) {
    box.checked = Boolean(state.ticked[box.dataset.tick]);
    box.disabled = state.kept.has(Number(box.dataset.tick));
  }
}

// use is how the program's code uses an operation, as far as that is known.
function use(n) {
  if (state.used?.has(n)) return "in use";
  return state.used?.size && state.had.has(n) ? "not in use" : "";
}

const visibleTree = () => el("found").hidden ? el("tree") : el("found");
const rows = () => [...visibleTree().querySelectorAll("[role=treeitem]")].filter((li) => !li.parentElement.closest("[hidden]"));

// focus makes a row the one that Tab leads to.
function focus(li) {
  if (!li.matches("[role=treeitem]")) return li.focus();
  for (const other of visibleTree().querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
  li.tabIndex = 0;
  li.focus();
  li.firstElementChild.scrollIntoView({ block: "nearest" });
}

// first makes the first row the one that Tab leads to, if none is.
function firstStop(tree) {
  if (!tree.querySelector("[tabindex='0']") && tree.firstElementChild) tree.firstElementChild.tabIndex = 0;
}

function tickItem(li) {
  if (li.branch) tick(li.branch.ranges);
  else if (li.leaf && !state.kept.has(li.leaf.n)) tick([[li.leaf.n, li.leaf.n + 1]]);
}

function act(li) {
  if (li.leaf) return show(li.leaf.n);
  if (li.behind !== undefined) return expand(li.behind);
  if (li.getAttribute("aria-expanded") === "true") return close(li);
  return open(li);
}

function onKey(event) {
  const li = event.target.closest("[role=treeitem]");
  if (!li || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = rows(), at = all.indexOf(li);
  const go = (to) => to && focus(to);
  const keys = {
    ArrowDown: () => go(all[at + 1]),
    ArrowUp: () => at > 0 ? go(all[at - 1]) : el("search").focus(),
    Home: () => go(all[0]),
    End: () => go(all[all.length - 1]),
    PageDown: () => go(all[Math.min(at + 15, all.length - 1)]),
    PageUp: () => go(all[Math.max(at - 15, 0)]),
    ArrowRight: async () => {
      if (li.getAttribute("aria-expanded") === "false") await open(li);
      else if (li.branch) go(li.querySelector(":scope > ul > li"));
    },
    ArrowLeft: () => {
      if (li.getAttribute("aria-expanded") === "true") close(li);
      else go(li.parentElement.closest("[role=treeitem]"));
    },
    " ": () => tickItem(li),
    Enter: () => act(li),
    Escape: () => { el("search").focus(); },
  };
  const key = keys[event.key];
  if (!key) return;
  event.preventDefault();
  attempt(async () => key());
}

function onClick(event) {
  const li = event.target.closest("[role=treeitem]");
  if (!li) return;
  focus(li);
  if (event.target.closest(".box")) tickItem(li);
  else attempt(async () => act(li));
}

// --- the search

function showTree() {
  el("search").value = "";
  el("only").checked = false;
  el("found").hidden = true;
  el("tree").hidden = false;
  el("count").textContent = plural(state.total, "operation");
}

let typing = 0;
function onSearch() {
  clearTimeout(typing);
  typing = setTimeout(() => attempt(search), 30);
}

async function search() {
  const words = el("search").value.trim();
  el("only").checked = false;
  if (!words) {
    asked.get("search")?.abort();
    showTree();
    return;
  }
  list(await (await ask("search?q=" + encodeURIComponent(words), {}, "search")).json(), "Nothing has all these words.");
  el("found").dataset.words = words;
}

// only shows what is ticked, and nothing else.
async function only() {
  if (!el("only").checked) return showTree();
  el("search").value = "";
  list(await (await post("ticked", { ticked: tickedRanges() }, "search")).json(), "Nothing is ticked.");
}

// list shows operations in the place of the tree.
function list({ found, total, behind }, nothing) {
  const focused = el("found").contains(document.activeElement);
  el("found").replaceChildren(
    ...found.map((leaf) => leafItem(leaf, 1, true)),
    ...behind.map((branch) => behindItem(branch, 1, "Perhaps behind " + branch.path + ": list it")));
  place(el("found"));
  firstStop(el("found"));
  el("found").hidden = false;
  el("found").scrollTop = 0;
  el("tree").hidden = true;
  if (focused) focus(rows()[0] ?? el("search"));
  el("count").textContent = total === 0 ? nothing :
    total > found.length ? `${plural(total, "operation")}, of which the best ${found.length} are shown` : plural(total, "operation");
  showTicks();
}

// --- an operation

async function show(number) {
  state.chosen = number;
  const html = await (await ask("operation?n=" + number, {}, "operation")).text();
  el("detail").innerHTML = html; // made by html/template
  el("detail").scrollTop = 0;
  for (const li of document.querySelectorAll("[role=treeitem]")) li.classList.toggle("chosen", li.leaf?.n === number);
  showTicks();
}

async function unfold(details) {
  const inside = details.querySelector(":scope > .inside");
  if (!details.open || !inside || inside.childNodes.length) return;
  inside.textContent = "…";
  const query = new URLSearchParams({ n: details.dataset.number, name: details.dataset.type });
  inside.innerHTML = await (await ask("type?" + query)).text(); // made by html/template
}

// --- what it costs

const plan = () => ({ ticked: tickedRanges(), follow: state.follow, file: state.file });

let weighing = 0;
function weigh() {
  clearTimeout(weighing);
  weighing = setTimeout(() => attempt(cost), 20);
}

async function cost() {
  const sequence = ++state.sequence;
  const html = await (await post("cost?sequence=" + sequence, plan(), "cost")).text();
  if (sequence !== state.sequence) return;
  const cost = el("cost");
  const focused = cost.contains(document.activeElement) ? document.activeElement.id : "";
  const opened = [...cost.querySelectorAll("details[open]")].map((d) => d.id);
  cost.innerHTML = html; // made by html/template
  for (const id of opened) if (id && el(id)) el(id).open = true;
  if (focused) (el(focused) ?? el("slice").querySelector("input"))?.focus();
  const told = el("changed").dataset;
  el("write").disabled = !state.config || told.changed !== "true" || told.faults !== "0";
  el("copy-command").hidden = !el("command");
  el("status").textContent = el("cost").querySelector("[data-summary]").dataset.summary;
  cost.dataset.sequence = sequence;
  showLines();
}

// showLines shows how many lines were counted, if they are of what is shown.
function showLines() {
  const l = state.lines;
  if (!l || l.sequence !== el("cost").dataset.sequence || !el("lines")) return;
  el("lines").textContent = l.fault ? "none" : l.lines.toLocaleString("en");
  el("lines-fault").textContent = l.fault;
  el("lines-fault").hidden = !l.fault;
}

function onFollow(box) {
  const name = box.dataset.follow;
  state.follow = box.checked ? [...state.follow, name] : state.follow.filter((other) => other !== name);
  changed();
}

async function write() {
  el("write").disabled = true;
  el("status").textContent = "Writing…";
  try {
    const answer = await (await post("write", plan())).json();
    take(answer);
    el("written").innerHTML = answer.html; // made by html/template
    el("status").textContent = answer.done ? "Written" : "Nothing was written";
    el("written").scrollIntoView({ block: "nearest" });
  } finally {
    el("write").disabled = false;
  }
}

async function copy(from, button) {
  await navigator.clipboard.writeText(el(from).textContent);
  const text = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = text; }, 1500);
}

// --- the beginning

// take takes over what the configuration says.
function take(answer) {
  if (answer.fault) throw new Error(answer.fault);
  grow(answer.total);
  if (answer.done !== false) { // else what is ticked stays
    state.ticked.fill(0);
    for (const [lo, hi] of answer.ticked) state.ticked.fill(1, lo, hi);
    state.had = numbers(answer.ticked);
    state.kept = numbers(answer.kept);
    state.follow = answer.follow;
    state.first = snapshot();
  }
  state.config = answer.config;
  if (answer.used) uses(answer.used);
  changed();
}

// uses takes over what the code uses.
function uses(used) {
  state.used = new Set(used.numbers);
  el("used-fault").textContent = used.fault && "What the code uses is not known: " + used.fault;
  el("used-fault").hidden = !used.fault;
  showTicks();
}

function numbers(ranges) {
  const all = new Set();
  for (const [lo, hi] of ranges) for (let i = lo; i < hi; i++) all.add(i);
  return all;
}

async function begin() {
  const answer = await (await ask("state")).json();
  el("source").textContent = [answer.sources.join(" "), answer.out && "→ " + answer.out].filter(Boolean).join(" ");
  el("write").textContent = answer.config ? "Write to " + answer.config : "Write";
  el("write").hidden = !answer.config;
  el("target").hidden = answer.files.length < 2;
  el("file").replaceChildren(...answer.files.map((name) => make("option", "", name)));
  document.title = "gen pick: " + (answer.out || "a source");
  take(answer);
  fill(el("tree"), answer.root, answer.below, 1);
  firstStop(el("tree"));
  showTree();
  document.body.dataset.ready = "true";
}

function listen() {
  const events = new EventSource("events");
  events.addEventListener("open", () => { el("gone").hidden = true; });
  events.addEventListener("error", () => { el("gone").hidden = false; });
  events.addEventListener("lines", (event) => { state.lines = JSON.parse(event.data); showLines(); });
  events.addEventListener("used", (event) => { uses(JSON.parse(event.data)); weigh(); });
}

for (const tree of [el("tree"), el("found")]) {
  tree.addEventListener("keydown", onKey);
  tree.addEventListener("click", onClick);
}
el("search").addEventListener("input", onSearch);
el("only").addEventListener("change", () => attempt(only));
el("search").addEventListener("keydown", (event) => {
  if (event.key === "Escape") showTree();
  if (event.key === "ArrowDown" || event.key === "Enter") {
    event.preventDefault();
    const li = visibleTree().querySelector("[tabindex='0']") ?? rows()[0];
    if (li) focus(li);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    el("search").focus();
    el("search").select();
  }
});
document.addEventListener("toggle", (event) => { if (event.target.matches?.("details[data-type]")) attempt(() => unfold(event.target)); }, true);
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-follow]")) onFollow(event.target);
  if (event.target.matches("[data-tick]")) tick([[Number(event.target.dataset.tick), Number(event.target.dataset.tick) + 1]]);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-show]");
  if (link) attempt(() => show(Number(link.dataset.show)));
});
el("file").addEventListener("change", () => { state.file = el("file").selectedIndex; weigh(); });
el("write").addEventListener("click", () => attempt(write));
el("copy-yaml").addEventListener("click", () => attempt(() => copy("yaml", el("copy-yaml"))));
el("copy-command").addEventListener("click", () => attempt(() => copy("command", el("copy-command"))));
el("reset").addEventListener("click", () => {
  const [ranges, follow] = JSON.parse(state.first);
  state.ticked.fill(0);
  for (const [lo, hi] of ranges) state.ticked.fill(1, lo, hi);
  state.follow = follow;
  changed();
});
listen();
attempt(begin);
