/** Says that the disk refuses and what to do; there whatever is on the screen, and gone by itself when it is over. */
import { useApp } from "../stores/context.tsx";
import { storageStrings } from "../storage-strings.ts";
import { Notice } from "./ui.tsx";

export function DiskNotice() {
  const disk = useApp((state) => state.app?.disk ?? null);
  return (
    <div role="status">
      {disk !== null && <Notice title={storageStrings.disk[disk].title} body={storageStrings.disk[disk].body} />}
    </div>
  );
}
