/**
 * A message's text: text nodes and checked links, nothing else from outside becomes markup.
 *
 * Links open through main; phone numbers and dates are buttons that copy what they show; the real host is shown on hover and focus. Long texts are folded.
 */
import { useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { headOf } from "../lib/bidi.ts";
import { copyableParts } from "../lib/copyables.ts";
import { isEmojiOnly } from "../lib/emoji-only.ts";
import { useStores } from "../stores/context.tsx";
import { t } from "../i18n.ts";
import { Hint } from "./ui.tsx";

const FOLD_AT = 1_500;
export function MessageText({ text, ownNumber }: { text: string; ownNumber?: string | undefined }) {
  const { splitLinks } = useStores();
  const [isOpen, setOpen] = useState(false);
  const isFolded = text.length > FOLD_AT && !isOpen;
  const parts = useMemo(() => splitLinks(isFolded ? cut(text) : text), [splitLinks, text, isFolded]);
  const isBig = isEmojiOnly(text);

  return (
    <>
      <p className="message-text" data-big={isBig} dir="auto">
        {parts.map((part, index) =>
          part.kind === "text" ? (
            <CopyableText key={index} text={part.text} ownNumber={ownNumber} />
          ) : (
            <MessageLink key={index} text={part.text} url={part.url} host={part.host} />
          ),
        )}
        {isFolded && "…"}
      </p>
      {text.length > FOLD_AT && (
        <Button className="link-button" onPress={() => setOpen(!isOpen)}>
          {isOpen ? t("thread.less") : t("thread.more")}
        </Button>
      )}
    </>
  );
}

/** Cuts at a word, never inside a character. */
const cut = (text: string): string =>
  headOf(text, Math.max(text.slice(0, FOLD_AT).lastIndexOf(" "), FOLD_AT - 200)).toWellFormed();

const COPIED_MS = 2_500;

function CopyableText({ text, ownNumber }: { text: string; ownNumber: string | undefined }) {
  const { toasts } = useStores();
  const parts = useMemo(() => copyableParts(text, ownNumber), [text, ownNumber]);
  async function copy(value: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(value);
      toasts.add({ text: t("timeline.copied", { text: value }), tone: "plain" }, { timeout: COPIED_MS });
    } catch {
      toasts.add({ text: t("timeline.copyFailed"), tone: "alert" }, { timeout: COPIED_MS });
    }
  }
  return parts.map(({ kind, text: part }, index) =>
    kind === "text" ? (
      part
    ) : (
      <Hint key={index} text={t("timeline.copyHint", { text: part })}>
        <Button
          className="message-copy"
          aria-label={t("timeline.copy", { text: part })}
          onPress={() => void copy(part)}
        >
          <bdi>{part}</bdi>
        </Button>
      </Hint>
    ),
  );
}

function MessageLink({ text, url, host }: { text: string; url: string; host: string }) {
  const { bridge } = useStores();
  const isMail = url.startsWith("mailto:");
  const open = () => {
    // Main checks the address again; when it refuses there is nothing to open.
    void bridge.call("app.openLink", { url }).catch(() => undefined);
  };
  return (
    <Hint
      text={isMail ? t("thread.mailHint", { address: url.slice("mailto:".length) }) : t("thread.linkHint", { host })}
    >
      <Button className="message-link" onPress={open}>
        <bdi>{text}</bdi>
      </Button>
    </Hint>
  );
}
