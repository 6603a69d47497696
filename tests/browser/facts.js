// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// What a browser made of the page it stands in, told to the page around it.
addEventListener('load', () => {
  const all = [...document.querySelectorAll('*')];
  // A box that scrolls by itself (a wide table's) does not make the page scroll.
  parent.postMessage(JSON.stringify({
    width: innerWidth,
    content: document.documentElement.scrollWidth,
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    back: getComputedStyle(document.body).backgroundColor,
    text: getComputedStyle(document.body).color,
    tables: document.querySelectorAll('table').length,
    charts: document.querySelectorAll('.stack, .bar').length,
    headings: [...document.querySelectorAll('h1, h2')].map((heading) => heading.textContent),
    unnamed: [...document.querySelectorAll('table')].filter((table) => !table.caption && !table.ariaLabel &&
      !table.getAttribute('aria-labelledby')).length,
    unfocusable: all.filter((box) => box.scrollWidth > box.clientWidth + 1 && box.tabIndex < 0 &&
      ['auto', 'scroll'].includes(getComputedStyle(box).overflowX)).length,
    requests: performance.getEntriesByType('resource').length,
  }), '*');
});
