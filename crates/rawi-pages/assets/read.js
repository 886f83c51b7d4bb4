// A file that is dropped anywhere on the page is read as if it had been chosen.
(() => {
  const form = document.querySelector("form.reader");
  const file = document.getElementById("file");
  if (!form || !file) return;
  // A file that is too long is told before it is sent.
  const LONGEST = 1 << 20;
  file.addEventListener("change", () => {
    const long = [...file.files].some((chosen) => chosen.size > LONGEST);
    file.setCustomValidity(long ? form.dataset.long : "");
  });
  const carries = (event) => event.dataTransfer && event.dataTransfer.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!carries(event) || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    form.classList.remove("over");
    file.files = event.dataTransfer.files;
    file.dispatchEvent(new Event("change"));
    form.requestSubmit();
  });
})();
