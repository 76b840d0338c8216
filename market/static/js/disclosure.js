// The draft's form: each question is saved as it is left; what could not be saved is tried again.
(function () {
  "use strict";

  const unsaved = new Set(); // ids of questions whose typed text the server does not have yet

  function questionOf(element) {
    return element.closest ? element.closest("[data-datapoint]") : null;
  }

  function mark(question, waiting) {
    const note = question.querySelector(".dp-note");
    if (waiting) {
      unsaved.add(question.id);
      let line = note.querySelector(".waiting-note");
      if (!line) {
        line = document.createElement("p");
        line.className = "waiting-note";
        note.appendChild(line);
      }
      line.textContent = question.closest("[data-draft]").dataset.unsaved;
    } else {
      unsaved.delete(question.id);
    }
  }

  function retry() {
    unsaved.forEach(function (id) {
      const question = document.getElementById(id);
      if (question) { window.htmx.trigger(question, "change"); }
    });
  }

  // A login that expired and came back has a new token: take it from the page the server sent.
  function takeToken(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const headers = fresh.body.getAttribute("hx-headers");
    if (!headers || !fresh.querySelector("[data-draft]")) { return false; }
    document.body.setAttribute("hx-headers", headers);
    const token = JSON.parse(headers)["X-CSRFToken"];
    document.querySelectorAll("input[name=csrf_token]").forEach(function (box) { box.value = token; });
    return true;
  }

  // Send the boxes of this question only, not the whole page's.
  document.addEventListener("htmx:configRequest", function (event) {
    const question = questionOf(event.detail.elt);
    if (!question) { return; }
    const own = question.dataset.datapoint + ".";
    Array.from(event.detail.formData.keys()).forEach(function (name) {
      if (!name.startsWith(own)) { event.detail.formData.delete(name); }
    });
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    const question = questionOf(event.detail.requestConfig.elt);
    if (!question) { return; }
    const xhr = event.detail.xhr;
    const moved = xhr.responseURL && !xhr.responseURL.endsWith(event.detail.pathInfo.requestPath);
    if (xhr.status === 401 || moved) {
      event.detail.shouldSwap = false;
      mark(question, true);
      if (moved && takeToken(xhr.responseText)) { window.setTimeout(retry, 50); }
    } else if (xhr.status < 400) {
      mark(question, false);
      document.querySelectorAll("#main > .alert-warning[role=alert]").forEach(function (old) { old.remove(); });
    }
  });
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      const question = questionOf(event.detail.elt);
      const status = event.detail.xhr ? event.detail.xhr.status : 0;
      if (question && (status === 0 || status === 401 || status >= 500)) { mark(question, true); }
    });
  });
  window.addEventListener("online", retry);
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) { retry(); }
  });
  window.addEventListener("beforeunload", function (event) {
    if (unsaved.size) { event.preventDefault(); }
  });
  document.addEventListener("submit", function (event) {
    if (event.target.matches("[data-draft]")) { unsaved.clear(); }
  });

  function addRow(question) {
    const body = question.querySelector("[data-rows]");
    const number = body.children.length;
    const row = question.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
    [row].concat(Array.from(row.querySelectorAll("*"))).forEach(function (element) {
      ["name", "id", "for"].forEach(function (key) {
        const text = element.getAttribute(key);
        if (text) { element.setAttribute(key, text.replace(/([.-])ROW([.-])/, "$1" + number + "$2")); }
      });
      const label = element.getAttribute("aria-label");
      if (label) { element.setAttribute("aria-label", label.replace("#", String(number + 1))); }
    });
    body.appendChild(row);
    row.querySelector("input, select, textarea").focus();
  }

  function removeRow(button) {
    const question = questionOf(button);
    const row = button.closest(".dp-row");
    row.querySelectorAll("input:not([type=checkbox]), textarea").forEach(function (box) { box.value = ""; });
    row.querySelectorAll("select:not(.unit)").forEach(function (box) { box.selectedIndex = -1; });
    row.querySelectorAll("input[type=checkbox]").forEach(function (box) { box.checked = false; });
    row.hidden = true;
    window.htmx.trigger(question, "change");
    question.querySelector("[data-add-row]").focus();
  }

  document.addEventListener("click", function (event) {
    const add = event.target.closest("[data-add-row]");
    const remove = event.target.closest("[data-remove-row]");
    if (add) { event.preventDefault(); addRow(questionOf(add)); }
    if (remove) { removeRow(remove); }
    const theirs = event.target.closest("[data-take-theirs]");
    if (theirs) { event.preventDefault(); unsaved.clear(); window.location.assign(theirs.href); window.location.reload(); }
  });

  // What Enter goes through: every box that must be filled, the first of a group of ticks.
  function stops() {
    const all = "[data-draft] :is(input, select, textarea):not([type=hidden], [type=file], .unit, [data-state], [data-optional])";
    return Array.from(document.querySelectorAll(all)).filter(function (each) {
      const group = each.closest(".choices");
      return each.checkVisibility() && !each.closest(".dp-more") && (!group || group.querySelector("input") === each);
    });
  }

  function goOn(box) {
    const boxes = stops();
    const group = box.closest(".choices, .dp-more");
    const here = group && !boxes.includes(box) ? group : box;
    const next = boxes.find(function (each) {
      return here.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING && !here.contains(each);
    });
    const button = box.closest("form").querySelector("button[name=next]");
    if (next || button) { (next || button).focus(); }
  }

  // Enter goes on to the next box that must be filled; Alt+Enter begins another row of a table.
  document.addEventListener("keydown", function (event) {
    const box = event.target;
    if (event.key !== "Enter") { return; }
    const form = box.closest("[data-submit-keys]");
    if (form && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[name=next]") || form.querySelector("button.btn-primary"));
      return;
    }
    if (!box.matches("[data-draft] :is(input:not([type=file]), select)")) { return; }
    event.preventDefault();
    const row = box.closest("[data-rows] > .dp-row");
    if (row && event.altKey) { addRow(questionOf(box)); return; }
    goOn(box);
  });

  // Stored uploads are listed above the box; sending them again with the next change is no use.
  document.addEventListener("htmx:afterRequest", function (event) {
    const question = event.detail.elt;
    if (!event.detail.successful || !question.matches || !question.matches("[data-datapoint]")) { return; }
    question.querySelectorAll("input[type=file]").forEach(function (box) { box.value = ""; });
  });

  document.addEventListener("DOMContentLoaded", function () {
    if (window.location.hash || document.querySelector("[data-focus]")) { return; }
    const first = document.querySelector("[data-draft] fieldset[data-open]");
    const box = first && stops().find(function (each) { return first.contains(each); });
    if (box) { box.focus(); }
  });
})();
