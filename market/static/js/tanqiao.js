// Small behaviours every page shares. No framework, nothing inline.
(function () {
  "use strict";

  function switchTheme() {
    const root = document.documentElement;
    const next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    root.setAttribute("data-bs-theme", next);
    try { localStorage.setItem("theme", next); } catch (error) { /* private mode: this page only */ }
    document.dispatchEvent(new CustomEvent("theme-changed"));
  }

  // 5000000 -> "= 500 万元", so that a slip of four zeros is seen while typing.
  function echoAmount(input) {
    const text = input.value.replace(/[,，\s]/g, "");
    const match = /^(\d+(?:\.\d+)?)(亿元?|万元?|元)?$/.exec(text);
    let note = input.parentElement.querySelector(".amount-echo");
    if (!note) {
      note = document.createElement("span");
      note.className = "amount-echo input-group-text";
      input.parentElement.appendChild(note);
    }
    if (!match) { note.textContent = ""; note.hidden = true; return; }
    const unit = match[2] || "元";
    const factor = unit.startsWith("亿") ? 1e8 : unit.startsWith("万") ? 1e4 : 1;
    const wan = Number(match[1]) * factor / 1e4;
    note.hidden = false;
    note.textContent = "= " + wan.toLocaleString("en-US", { maximumFractionDigits: 4 }) + " 万";
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest("[data-theme-switch]");
    if (target) { switchTheme(); return; }
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.removeAttribute("open"); }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-amount]")) { echoAmount(event.target); }
    const form = event.target.closest("form[data-auto-submit]");
    if (form && event.target.matches("select")) { form.requestSubmit(); }
  });
  // A page part answered 401: show its notice, keep the page and what was typed.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const status = event.detail.xhr.status;
    if (status === 401) {
      document.getElementById("main").insertAdjacentHTML("afterbegin", event.detail.xhr.responseText);
    } else if (status === 409 || status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-amount]").forEach(echoAmount);
    const first = document.querySelector("[data-focus]");
    if (first) { first.focus(); }
  });
})();
