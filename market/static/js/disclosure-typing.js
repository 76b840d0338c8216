// Keeps what is being typed in this tab until the server has it: a reload loses nothing.
(function () {
  "use strict";

  const form = document.querySelector("[data-draft]");
  if (!form) { return; }
  let typed = 0; // counts keystrokes, to know which of them a request carried
  const place = "typing:" + window.location.pathname.split("/").slice(0, 4).join("/");

  function kept() {
    try { return JSON.parse(sessionStorage.getItem(place)) || {}; } catch (error) { return {}; }
  }

  function keep(all) {
    try {
      if (Object.keys(all).length) { sessionStorage.setItem(place, JSON.stringify(all)); }
      else { sessionStorage.removeItem(place); }
    } catch (error) { /* private mode: the page itself still warns before it is left */ }
  }

  function boxesOf(question) {
    return Array.from(question.querySelectorAll(":is(input, select, textarea)[name]:not([type=file], [type=hidden])"));
  }

  form.addEventListener("input", function (event) {
    const question = event.target.closest("[data-datapoint]");
    if (!question || event.target.type === "file") { return; }
    const all = kept();
    const edit = question.querySelector("[name$='.edit']");
    all[question.dataset.datapoint] = {
      at: (typed += 1),
      edit: edit ? edit.value : "",
      boxes: boxesOf(question).map(function (box) {
        return [box.name, box.type === "checkbox" ? box.value : "", box.type === "checkbox" ? box.checked : box.value];
      }),
    };
    keep(all);
  });

  function savedQuestion(event) {
    const element = event.detail.elt;
    return element.matches && element.matches("[data-datapoint], [name=keep]") ? element.closest("[data-datapoint]") : null;
  }

  document.addEventListener("htmx:configRequest", function (event) {
    const question = savedQuestion(event);
    if (question) { question.dataset.sentAt = String(typed); }
  });

  // What was typed while the answer was on its way is not saved yet.
  document.addEventListener("htmx:afterRequest", function (event) {
    const question = savedQuestion(event);
    if (!question || !event.detail.successful) { return; }
    const all = kept();
    const entry = all[question.dataset.datapoint];
    if (entry && entry.at <= Number(question.dataset.sentAt)) {
      delete all[question.dataset.datapoint];
      keep(all);
    }
  });

  // The whole page goes to the server now; what it answers with holds every word.
  form.addEventListener("submit", function () {
    const all = kept();
    Object.keys(all).forEach(function (key) { all[key].sent = true; });
    keep(all);
  });

  function putBack(question, told) {
    let added = 0;
    told.boxes.forEach(function (entry) {
      const find = function () {
        return boxesOf(question).find(function (box) {
          return box.name === entry[0] && (box.type !== "checkbox" || box.value === entry[1]);
        });
      };
      let box = find();
      const add = question.querySelector("[data-add-row]");
      while (!box && add && added < 60) { add.click(); added += 1; box = find(); }
      if (!box) { return; }
      if (box.type === "checkbox") { box.checked = entry[2]; } else { box.value = entry[2]; }
    });
    // The edit these words were typed against, so that a colleague's newer answer is noticed.
    const edit = question.querySelector("[name$='.edit']");
    if (edit && told.edit) { edit.value = told.edit; }
  }

  const spot = "focus:" + window.location.pathname;
  let left = ""; // the box one was in when the page was left
  try { left = sessionStorage.getItem(spot) || ""; } catch (error) { /* private mode */ }
  form.addEventListener("focusin", function (event) {
    try { sessionStorage.setItem(spot, event.target.id); } catch (error) { /* private mode */ }
  });

  // After a reload one goes on typing where one was.
  function backToFocus() {
    const arrival = performance.getEntriesByType("navigation")[0];
    if (!arrival || arrival.type !== "reload") { return; }
    const box = left && document.getElementById(left);
    if (box) { box.focus(); }
  }

  window.addEventListener("load", function () {
    const all = kept();
    Object.keys(all).forEach(function (key) {
      if (all[key].sent) { delete all[key]; } else { all[key].at = 0; }
    });
    keep(all);
    Object.keys(all).forEach(function (key) {
      const question = document.getElementById("dp-" + key);
      if (!question) { return; }
      putBack(question, all[key]);
      window.htmx.trigger(question, "change");
    });
    backToFocus();
  });
})();
