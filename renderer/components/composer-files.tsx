/** The files of a draft above its text, where they can be dropped, and what was not taken. Storing is the store's business. */
import { CircleAlert, FileText, Film, ImageIcon, Music, Paperclip, X } from "lucide-react";
import type { DragEvent, ReactNode } from "react";
import { useRef, useState } from "react";
import type { AttachmentItem } from "../../shared/attachments.ts";
import type { Conversation } from "../../shared/domain.ts";
import { t } from "../i18n.ts";
import { cleanLine } from "../lib/bidi.ts";
import { byteSize } from "../lib/byte-size.ts";
import { errorSentence } from "../lib/error-words.ts";
import { fileName, problemSentence } from "../lib/file-words.ts";
import { pictureUrl } from "../lib/pictures.ts";
import { useStores } from "../stores/context.tsx";
import { FileName } from "./file-name.tsx";
import { Spinner, IconButton } from "./ui.tsx";
import type { Files } from "./use-files.ts";
import { useFileRules } from "./use-files.ts";
import "./composer-files.css";

const ICONS = { picture: ImageIcon, video: Film, audio: Music, file: FileText } as const;

export function FileChips({ files, onRemoved }: { files: Files; onRemoved: () => void }) {
  const { format } = useStores();
  const { files: held, adding } = files;
  return (
    <>
      {held.length + adding.length > 0 && (
        <ul className="file-chips" aria-label={t("attachments.list")}>
          {held.map((file) => (
            <li key={file.id} className="file-chip" aria-label={fileName(file, format)}>
              <FileFace file={file} />
              <IconButton
                className="file-chip-remove"
                label={t("attachments.remove", { name: cleanLine(file.name) })}
                icon={X}
                onPress={() => {
                  files.remove(file);
                  onRemoved();
                }}
              />
            </li>
          ))}
          {adding.map((name, index) => (
            <li key={`${index} ${name}`} className="file-chip" aria-busy>
              <span className="file-icon">
                <Spinner />
              </span>
              <span className="file-words">{t("attachments.adding", { name: cleanLine(name) })}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="visually-hidden" role="status">
        {held.length > 0 ? t("attachments.added", { count: held.length }) : ""}
      </p>
    </>
  );
}

/** A small picture or a sign for what it is, its name and its size. */
export function FileFace({ file }: { file: AttachmentItem }) {
  const { format } = useStores();
  const [isBroken, setBroken] = useState(false);
  const Icon = ICONS[file.kind];
  return (
    <>
      {file.kind === "picture" && !isBroken ? (
        <img
          className="file-thumb"
          src={pictureUrl(file.id)}
          alt=""
          draggable={false}
          onError={() => setBroken(true)}
        />
      ) : (
        <span className="file-icon">
          <Icon aria-hidden size="1.231rem" strokeWidth={1.75} />
        </span>
      )}
      <span className="file-words">
        <FileName name={file.name} />
        <span className="file-size">{byteSize(file.sizeBytes, format.count)}</span>
      </span>
    </>
  );
}

/** What was not attached, each with what to do about it. */
export function FileTroubles({ files }: { files: Files }) {
  const { format } = useStores();
  const { troubles, rules } = files;
  if (troubles.length === 0) return null;
  return (
    <div role="alert">
      <ul className="file-troubles">
        {troubles.map((trouble) => {
          const name = "name" in trouble ? cleanLine(trouble.name) : t("common.notifications");
          const text =
            "failure" in trouble
              ? errorSentence(trouble.failure)
              : rules === null
                ? name
                : problemSentence(trouble.name, trouble.problem, rules, format);
          return (
            <li key={trouble.key} className="file-trouble">
              <CircleAlert aria-hidden size="1.231rem" strokeWidth={1.75} />
              <p>{text}</p>
              <IconButton
                label={t("attachments.dismiss", { name })}
                icon={X}
                onPress={() => files.dismiss(trouble.key)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface DropProps {
  readonly conversation: Conversation;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** The thread as a place to drop files on, where its provider takes any. */
export function FileDrop({ conversation, onFiles, children }: DropProps) {
  const rules = useFileRules(conversation);
  const depth = useRef(0);
  const [isOver, setOver] = useState(false);
  const leave = () => {
    depth.current = 0;
    setOver(false);
  };
  return (
    <div
      className="thread-main"
      onDragEnter={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(rules !== null);
      }}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = rules === null ? "none" : "copy";
      }}
      onDragLeave={() => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        leave();
        if (rules !== null) onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {isOver && (
        <div className="file-drop" aria-hidden>
          <Paperclip size="1.846rem" strokeWidth={1.5} />
          <p>{t("attachments.drop")}</p>
        </div>
      )}
    </div>
  );
}

/** Files of a reply that is not a message yet. */
export function ReplyFiles({ files }: { files: readonly AttachmentItem[] | undefined }) {
  const { format } = useStores();
  if (files === undefined || files.length === 0) return null;
  return (
    <ul className="reply-files">
      {files.map((file) => (
        <li key={file.id} className="file-chip" aria-label={fileName(file, format)}>
          <FileFace file={file} />
        </li>
      ))}
    </ul>
  );
}
