// Runs before the first paint: the stored choice, else what the system prefers.
(function () {
  "use strict";
  let stored = null;
  try { stored = localStorage.getItem("theme"); } catch (error) { stored = null; }
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.setAttribute("data-bs-theme", stored || (dark ? "dark" : "light"));
})();
