/* Some pages need scripts that other documents do without: a link to one of them loads its document. */
(function () {
  "use strict";
  const own = document.currentScript;
  const pages = new Set(((own && own.dataset.documents) || "").split(" "));
  const pageOf = (address) => address.split(/[/?#]/)[2];

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='/']");
    if (!link || pages.has(pageOf(window.location.pathname))) return;
    if (pages.has(pageOf(link.getAttribute("href")))) event.stopPropagation();
  }, true);
})();
