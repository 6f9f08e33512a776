/**
 * The bridge: two functions over two fixed channels, and nothing else, for ever.
 *
 * Imports types only (a sandboxed preload is one CommonJS file without npm modules). Must not hand the page
 * an event object, a channel name or a raw listener. What may be called is decided in main, the side that can
 * be trusted.
 */
import { contextBridge, ipcRenderer } from "electron";
import type { IpcRendererEvent } from "electron";
import type { Bridge } from "../shared/ipc.ts";

const bridge: Bridge = {
  invoke: (name, ...args) => ipcRenderer.invoke("threadkeep:invoke", name, args[0]),
  subscribe(name, listener) {
    const hear = (_event: IpcRendererEvent, pushed: string, payload: Parameters<typeof listener>[0]) => {
      if (pushed === name) listener(payload);
    };
    ipcRenderer.on("threadkeep:push", hear);
    return () => void ipcRenderer.removeListener("threadkeep:push", hear);
  },
};

contextBridge.exposeInMainWorld("threadkeep", bridge);
