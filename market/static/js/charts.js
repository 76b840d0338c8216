// Draws each figure when it comes into view; colours follow the page's theme.
(function () {
  "use strict";

  function themed(layout) {
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue("--bs-body-color").trim();
    const line = style.getPropertyValue("--bs-border-color").trim();
    const axis = { gridcolor: line, zerolinecolor: line, automargin: true };
    const merged = Object.assign({}, layout, {
      paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      font: Object.assign({}, layout.font, { color: ink, family: style.getPropertyValue("--bs-body-font-family") }),
    });
    Object.keys(layout).filter(function (key) { return /^[xy]axis/.test(key); })
      .concat(["xaxis", "yaxis"]).forEach(function (key) {
        merged[key] = Object.assign({}, axis, layout[key]);
      });
    return merged;
  }

  function draw(figure) {
    const spec = JSON.parse(figure.dataset.figure);
    const area = figure.querySelector(".chart-area");
    window.Plotly.react(area, spec.data, themed(spec.layout || {}), { displaylogo: false, responsive: true })
      .then(function () { figure.dataset.drawn = "yes"; });
  }

  document.addEventListener("DOMContentLoaded", function () {
    const figures = document.querySelectorAll("figure[data-figure]");
    const seen = new IntersectionObserver(function (entries) {
      entries.filter(function (entry) { return entry.isIntersecting; }).forEach(function (entry) {
        seen.unobserve(entry.target);
        draw(entry.target);
      });
    }, { rootMargin: "200px" });
    figures.forEach(function (figure) { seen.observe(figure); });
    document.addEventListener("theme-changed", function () {
      document.querySelectorAll("figure[data-drawn]").forEach(draw);
    });
  });
})();
