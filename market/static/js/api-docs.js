// Starts Swagger UI on our own document; the validator badge would call a foreign host.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  const place = document.getElementById("api-docs");
  window.SwaggerUIBundle({ url: place.dataset.document, domNode: place, validatorUrl: null, deepLinking: true });
});
