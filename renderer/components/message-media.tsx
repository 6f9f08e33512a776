/** The pictures and files of one message: each a row that says what it is and what can be done, or the picture itself. */
import { CircleAlert, FileText, Film, ImageIcon, Music } from "lucide-react";
import { useState } from "react";
import { Button, ProgressBar } from "react-aria-components";
import { useStore } from "zustand";
import type { Message } from "../../shared/domain.ts";
import type { Failure } from "../../shared/errors.ts";
import { failureOf } from "../../shared/errors.ts";
import type { MediaItem } from "../../shared/media.ts";
import { t } from "../i18n.ts";
import { byteSize } from "../lib/byte-size.ts";
import { errorSentence } from "../lib/error-words.ts";
import type { Format } from "../lib/format.ts";
import { isDrawn, mediaName, pictureAlt, pictureUrl } from "../lib/pictures.ts";
import { useStores } from "../stores/context.tsx";
import type { MediaWork } from "../stores/media-store.ts";
import { TextButton } from "./ui.tsx";
import "./message-media.css";

const ICONS = { picture: ImageIcon, video: Film, audio: Music, file: FileText } as const;
/** As main bounds it; said to people in round figures. */
const MAX_BYTES = 25 * 1024 * 1024;

interface Props {
  readonly message: Message;
  readonly contact: string;
  readonly format: Format;
}

export function MessageMedia({ message, contact, format }: Props) {
  return (
    <ul className="media">
      {(message.media ?? []).map((item) => (
        <li key={item.id}>
          {isDrawn(item) ? (
            <Thumbnail item={item} alt={pictureAlt(message, contact, format)} format={format} />
          ) : (
            <MediaRow item={item} format={format} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Thumbnail({ item, alt, format }: { item: MediaItem; alt: string; format: Format }) {
  const { media } = useStores();
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <MediaRow item={item} format={format} note={t("media.broken")} />;
  return (
    <Button className="media-thumb" aria-label={t("media.view", { name: alt })} onPress={() => media.view(item.id)}>
      <img src={pictureUrl(item.id)} alt={alt} draggable={false} onError={() => setBroken(true)} />
    </Button>
  );
}

function MediaRow({ item, format, note }: { item: MediaItem; format: Format; note?: string }) {
  const { media } = useStores();
  const work = useStore(media, (state) => state.work[item.id]);
  const Icon = ICONS[item.kind];
  const name = mediaName(item);
  const problem = note ?? problemOf(item, work, format);
  return (
    <div className="media-row" data-problem={problem !== null}>
      {problem === null ? (
        <Icon aria-hidden size="1.385rem" strokeWidth={1.75} />
      ) : (
        <CircleAlert aria-hidden size="1.385rem" strokeWidth={1.75} />
      )}
      <div className="media-words">
        <span className="media-name" dir="auto">
          {name}
        </span>
        {work?.kind === "loading" ? (
          <Progress work={work} name={name} format={format} />
        ) : (
          <span className="media-note" role={work?.kind === "failed" ? "alert" : undefined}>
            {problem ?? (item.sizeBytes === null ? t("media.notLoaded") : byteSize(item.sizeBytes, format.count))}
          </span>
        )}
      </div>
      <Action item={item} name={name} work={work} />
    </div>
  );
}

function Action({ item, name, work }: { item: MediaItem; name: string; work: MediaWork | undefined }) {
  const { media, toasts } = useStores();
  const load = () => void media.load(item.id);
  const save = async () => {
    try {
      if (await media.save(item.id)) toasts.add({ text: t("media.saved"), tone: "plain" }, { timeout: 4000 });
    } catch (error) {
      toasts.add({ text: errorSentence(failureOf(error)), tone: "alert" }, { timeout: 8000 });
    }
  };
  if (work?.kind === "loading")
    return <TextButton onPress={() => media.cancel(item.id)}>{t("media.cancel")}</TextButton>;
  if (item.state === "held") {
    return (
      <TextButton aria-label={t("media.saveNamed", { name })} onPress={() => void save()}>
        {t("media.save")}
      </TextButton>
    );
  }
  if (item.state === "too_large") return null;
  if (item.state === "gone" || work?.kind === "failed") {
    return (
      <TextButton aria-label={t("media.retryNamed", { name })} onPress={load}>
        {t("media.retry")}
      </TextButton>
    );
  }
  const isPicture = item.kind === "picture";
  return (
    <TextButton aria-label={t(isPicture ? "media.showNamed" : "media.downloadNamed", { name })} onPress={load}>
      {t(isPicture ? "media.show" : "media.download")}
    </TextButton>
  );
}

function Progress({ work, name, format }: { work: MediaWork & { kind: "loading" }; name: string; format: Format }) {
  const { receivedBytes, totalBytes } = work;
  const size = (bytes: number) => byteSize(bytes, format.count);
  const words =
    totalBytes === null
      ? receivedBytes === 0
        ? t("media.loading")
        : t("media.received", { received: size(receivedBytes) })
      : t("media.progress", { received: size(receivedBytes), total: size(totalBytes) });
  return (
    <ProgressBar
      className="media-progress"
      aria-label={`${t("media.loading")}: ${name}`}
      isIndeterminate={totalBytes === null}
      value={receivedBytes}
      maxValue={totalBytes ?? 100}
      valueLabel={words}
    >
      {({ percentage }) => (
        <>
          <span className="media-note">{words}</span>
          <span className="media-track">
            <span className="media-fill" style={{ inlineSize: `${percentage ?? 30}%` }} />
          </span>
        </>
      )}
    </ProgressBar>
  );
}

/** Why it is not here; null: nothing is wrong. */
function problemOf(item: MediaItem, work: MediaWork | undefined, format: Format): string | null {
  if (work?.kind === "loading") return null;
  if (item.state === "too_large") return t("media.tooLarge", { max: `${format.count(MAX_BYTES / 1024 / 1024)} MB` });
  if (work?.kind === "failed") return failureWords(work.failure);
  return item.state === "gone" ? t("media.gone") : null;
}

function failureWords(failure: Failure): string {
  switch (failure.code) {
    case "not_found":
      return t("media.gone");
    case "offline":
      return t("media.offline");
    case "rejected":
      return t("media.refused");
    case "unreachable":
    case "timeout":
    case "server_error":
    case "invalid_response":
    case "redirected":
      return t("media.failed");
    default:
      return errorSentence(failure);
  }
}
