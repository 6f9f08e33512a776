/**
 * The picture viewer: one picture large, with its neighbours in the thread a key away.
 *
 * Arrow keys change the picture, + and - zoom, 0 fits, Escape closes. Invariant: a picture that is removed while it is
 * looked at closes the viewer: nothing of it stays on the screen.
 */
import { ChevronLeft, ChevronRight, Download, Maximize, X, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useStore } from "zustand";
import { failureOf } from "../../shared/errors.ts";
import { t } from "../i18n.ts";
import { errorSentence } from "../lib/error-words.ts";
import type { Picture } from "../lib/pictures.ts";
import { pictureUrl } from "../lib/pictures.ts";
import { useStores } from "../stores/context.tsx";
import { IconButton } from "./ui.tsx";
import "./picture-viewer.css";

const STEPS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;
type Zoom = "fit" | (typeof STEPS)[number];

export function PictureViewer({ pictures }: { pictures: readonly Picture[] }) {
  const { media } = useStores();
  const viewing = useStore(media, (state) => state.viewing);
  const at = pictures.findIndex(({ id }) => id === viewing);
  const isGone = viewing !== null && at === -1;
  useEffect(() => {
    if (isGone) media.view(null);
  }, [isGone, media]);
  useEffect(() => () => media.view(null), [media]);
  const picture = pictures[at];
  if (picture === undefined) return null;
  return (
    <ModalOverlay
      className="viewer-overlay"
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && media.view(null)}
    >
      <Modal className="viewer-modal">
        <Dialog className="viewer" aria-label={t("media.viewer")}>
          <Viewer picture={picture} at={at} pictures={pictures} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Viewer({ picture, at, pictures }: { picture: Picture; at: number; pictures: readonly Picture[] }) {
  const { media, toasts } = useStores();
  const [chosen, setChosen] = useState<{ readonly id: Picture["id"]; readonly zoom: Zoom } | null>(null);
  // Each picture begins as a whole.
  const zoom = chosen?.id === picture.id ? chosen.zoom : "fit";
  const setZoom = (next: Zoom) => setChosen({ id: picture.id, zoom: next });
  const header = useRef<HTMLElement>(null);
  // A button that can do no more is disabled under the focus, which would fall out of the dialog, and Escape with it.
  useLayoutEffect(() => {
    if (document.activeElement?.matches(":disabled, body") !== false) {
      header.current?.closest<HTMLElement>('[role="dialog"]')?.focus();
    }
  }, [at, zoom]);
  const [naturalWidth, setNaturalWidth] = useState<number | null>(null);
  const go = (step: number) => {
    const next = pictures[at + step];
    if (next !== undefined) media.view(next.id);
  };
  const magnify = (direction: 1 | -1) => {
    const now = zoom === "fit" ? 1 : zoom;
    const wanted = direction === 1 ? STEPS.find((step) => step > now) : STEPS.findLast((step) => step < now);
    if (wanted !== undefined) setZoom(wanted);
  };
  const save = async () => {
    try {
      if (await media.save(picture.id)) toasts.add({ text: t("media.saved"), tone: "plain" }, { timeout: 4000 });
    } catch (error) {
      toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: 8000 });
    }
  };

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
      const keys: Readonly<Record<string, () => void>> = {
        ArrowLeft: () => go(forward === "ArrowLeft" ? 1 : -1),
        ArrowRight: () => go(forward === "ArrowRight" ? 1 : -1),
        "+": () => magnify(1),
        "=": () => magnify(1),
        "-": () => magnify(-1),
        "0": () => setZoom("fit"),
      };
      const act = keys[event.key];
      if (act === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  });

  return (
    <>
      <header ref={header} className="viewer-bar">
        <Heading slot="title" className="viewer-title" dir="auto">
          {picture.alt}
        </Heading>
        <span className="viewer-position" aria-live="polite">
          {pictures.length > 1 && t("media.position", { at: at + 1, count: pictures.length })}
        </span>
        <div className="viewer-tools">
          <IconButton
            label={t("media.zoomOut")}
            icon={ZoomOut}
            isDisabled={zoom === STEPS[0]}
            onPress={() => magnify(-1)}
          />
          <IconButton
            label={t("media.zoomIn")}
            icon={ZoomIn}
            isDisabled={zoom === STEPS.at(-1)}
            onPress={() => magnify(1)}
          />
          <IconButton
            label={t("media.fit")}
            icon={Maximize}
            isDisabled={zoom === "fit"}
            onPress={() => setZoom("fit")}
          />
          <IconButton label={t("media.save")} icon={Download} onPress={() => void save()} />
          <IconButton label={t("common.close")} icon={X} onPress={() => media.view(null)} />
        </div>
      </header>
      <div
        className="viewer-stage"
        data-fit={zoom === "fit"}
        tabIndex={zoom === "fit" ? -1 : 0}
        role="group"
        aria-label={picture.alt}
      >
        <img
          key={picture.id}
          src={pictureUrl(picture.id)}
          alt={picture.alt}
          draggable={false}
          onLoad={(event) => setNaturalWidth(event.currentTarget.naturalWidth)}
          style={zoom === "fit" || naturalWidth === null ? undefined : { inlineSize: `${naturalWidth * zoom}px` }}
        />
      </div>
      {pictures.length > 1 && (
        <>
          <IconButton
            className="viewer-previous"
            label={t("media.previous")}
            icon={ChevronLeft}
            isDisabled={at === 0}
            onPress={() => go(-1)}
          />
          <IconButton
            className="viewer-next"
            label={t("media.next")}
            icon={ChevronRight}
            isDisabled={at === pictures.length - 1}
            onPress={() => go(1)}
          />
        </>
      )}
    </>
  );
}
