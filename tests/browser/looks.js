// Run inside a page; returns what is wrong with it. 48 px for buttons and fields, 24 for links in text (WCAG 2.2, 2.5.8);
// contrast 4.5 for text and 3 for borders (1.4.3, 1.4.11); fields under 16 px make iOS zoom in.
() => {
  const found = [];
  const visible = e => { const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0 && getComputedStyle(e).visibility === "visible"; };
  const name = e => `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""} ${(e.innerText || "").trim().slice(0, 30)}`;
  if (document.documentElement.scrollWidth > innerWidth) found.push(`scrolls sideways: ${document.documentElement.scrollWidth} > ${innerWidth}`);
  for (const e of document.querySelectorAll("a, button, input:not([type=hidden]):not([type=checkbox]):not(.quiet), label.tick")) {
    const b = e.getBoundingClientRect();
    if (visible(e) && b.height < (e.matches("a:not(.button)") ? 24 : 48)) found.push(`too low to be pressed: ${name(e)} ${b.height}`);
  }
  for (const e of document.querySelectorAll("input:not([type=hidden])")) {
    if (!e.labels.length) found.push(`no label: ${name(e)}`);
    for (const id of (e.getAttribute("aria-describedby") || "").split(" ").filter(Boolean))
      if (!document.getElementById(id)) found.push(`described by nothing: ${name(e)} ${id}`);
    if (e.matches(":not([type=checkbox]):not(.quiet)") && parseFloat(getComputedStyle(e).fontSize) < 16) found.push(`iOS will zoom: ${name(e)}`);
  }
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  if (!document.documentElement.lang || !document.title.trim() || !document.querySelector("main")) found.push("no language, title or main");
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  if (new Set(ids).size !== ids.length) found.push(`an id twice: ${ids}`);
  const rgb = c => { const m = c.match(/[\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
  const light = ([r, g, b]) => { const f = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const e = node.parentElement;
    if (!node.data.trim() || !visible(e)) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(2)}: ${name(e)}`);
  }
  for (const e of document.querySelectorAll("input:not([type=checkbox]):not(.quiet)")) {
    const s = getComputedStyle(e); if (!visible(e)) continue;
    const [a, b] = [light(rgb(s.borderTopColor)), light(behind(e.parentElement))];
    if ((Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 3) found.push(`border is hardly seen: ${name(e)}`);
  }
  return found;
}
