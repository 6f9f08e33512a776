/** The system's own dialog for a file of contacts: the port behind `createContactFile`. No rules. */
import { dialog } from "electron";
import type { BrowserWindow } from "electron";
import type { ChoosePath } from "../pick-contact-file.ts";

export const chooseContactFile =
  (getWindow: () => BrowserWindow | null): ChoosePath =>
  async () => {
    const options = {
      properties: ["openFile" as const],
      filters: [
        { name: "vCard, CSV", extensions: ["vcf", "vcard", "csv", "tsv", "txt"] },
        { name: "*", extensions: ["*"] },
      ],
    };
    const window = getWindow();
    const chosen = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  };
