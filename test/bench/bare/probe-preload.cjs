/** "Painted": the line or row is in the document and the second animation frame after that has begun. */
const { ipcRenderer } = require("electron");

const WANTED = '[role="listbox"][aria-label="Conversations"] [role="option"], #bench-line';

function whenFound() {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      ipcRenderer.send("bench:painted", performance.timeOrigin + performance.now());
    }),
  );
}

const observer = new MutationObserver(() => {
  if (document.querySelector(WANTED) === null) return;
  observer.disconnect();
  whenFound();
});
observer.observe(document, { childList: true, subtree: true });
