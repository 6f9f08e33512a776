/** One call, as an app with a sandboxed page would have it. */
const { contextBridge, ipcRenderer } = require("electron");

contextBridge.exposeInMainWorld("bench", { echo: (payload) => ipcRenderer.invoke("bench:echo", payload) });
