/** Says that the disk refuses and what to do; there whatever is on the screen, and gone by itself when it is over. */
import { useApp } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { Notice } from "./ui.tsx";

export function DiskNotice() {
  const disk = useApp((state) => state.app?.disk ?? null);
  return (
    <div role="status">
      {disk !== null && <Notice title={t(`storage.disk.${disk}.title`)} body={t(`storage.disk.${disk}.body`)} />}
    </div>
  );
}
