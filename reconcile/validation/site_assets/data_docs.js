// What the Data Docs pages ask of jQuery, Bootstrap and bootstrap-table, and no more: fill a table, hide what succeeded,
// switch between tabs. The pages' own inline scripts call these names.
(function () {
  "use strict";

  function wrap(found) {
    return {
      each: (visit) => { found.forEach((one, i) => visit(i, one)); return wrap(found); },
      parent: () => wrap(found.map((one) => one.parentElement).filter(Boolean)),
      fadeIn: () => { found.forEach((one) => { one.style.display = ""; }); return wrap(found); },
      fadeOut: () => { found.forEach((one) => { one.style.display = "none"; }); return wrap(found); },
      prepend: (html) => { found.forEach((one) => one.insertAdjacentHTML("afterbegin", html)); return wrap(found); },
      bootstrapTable: (options) => { if (typeof options === "object") found.forEach((one) => fill(one, options)); return wrap(found); },
      ready: (act) => { document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", act) : act(); },
      on: () => wrap(found),
      modal: () => wrap(found),
      popover: () => wrap(found),
      tooltip: () => wrap(found),
      scrollspy: () => wrap(found),
      removeClass: (name) => { found.forEach((one) => one.classList.remove(name)); return wrap(found); },
    };
  }

  function cell(tag, html) {
    const made = document.createElement(tag);
    made.dir = "auto";
    made.innerHTML = html === undefined || html === null ? "" : String(html);
    return made;
  }

  function fill(table, options) {
    const columns = (Array.isArray(options.columns[0]) ? options.columns[0] : options.columns).filter((one) => one.visible !== false && one.visible !== "false");
    const head = document.createElement("thead");
    const titles = document.createElement("tr");
    columns.forEach((one) => titles.append(cell("th", one.title)));
    head.append(titles);
    const body = document.createElement("tbody");
    options.data.forEach((row) => {
      const line = document.createElement("tr");
      columns.forEach((one) => line.append(cell("td", row[one.field])));
      if (row._table_row_link_path) {
        line.className = "clickable-row";
        line.addEventListener("click", () => { window.location = row._table_row_link_path; });
      }
      body.append(line);
    });
    table.replaceChildren(head, body);
  }

  function select(what) {
    if (what === document) return wrap([document]);
    if (what instanceof Element) return wrap([what]);
    try {
      return wrap(Array.from(document.querySelectorAll(String(what).replace(/\[(\w+)\$=([^\]"']+)\]/g, '[$1$="$2"]'))));
    } catch (error) {
      return wrap([]);
    }
  }

  window.$ = window.jQuery = select;

  document.addEventListener("click", (event) => {
    const tab = event.target.closest('[data-toggle="tab"]');
    if (!tab) return;
    event.preventDefault();
    tab.closest(".nav").querySelectorAll(".nav-link").forEach((one) => one.classList.toggle("active", one === tab));
    const pane = document.querySelector(tab.getAttribute("href"));
    pane.parentElement.querySelectorAll(":scope > .tab-pane").forEach((one) => one.classList.toggle("active", one === pane));
  });
})();
