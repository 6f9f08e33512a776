/** The system's own dialog for files to send: the port behind `createAttachmentFiles`. No rules. */
import { dialog } from "electron";
import type { BrowserWindow } from "electron";
import { FILE_TYPES } from "../../../shared/file-types.ts";
import type { ChoosePaths } from "../attachment-files.ts";

export const chooseAttachments =
  (getWindow: () => BrowserWindow | null): ChoosePaths =>
  async (types) => {
    const options = {
      properties: ["openFile" as const, "multiSelections" as const],
      filters: [
        {
          name: types.map((type) => FILE_TYPES[type].label).join(", "),
          extensions: types.flatMap((type) => FILE_TYPES[type].endings),
        },
        { name: "*", extensions: ["*"] },
      ],
    };
    const window = getWindow();
    const chosen = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
    return chosen.canceled ? [] : chosen.filePaths;
  };
