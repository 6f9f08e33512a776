/**
 * The app's own message bubbles over texts handed in from outside, and a judgement of what became of them. Not shipped.
 *
 * Served by the real main process in place of the app's page, so that window, preload and policy are the app's. With
 * `mutant` the texts are drawn by careless code instead, to show that the judgement would see it.
 */
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { ConversationId, Message, MessageId } from "../../shared/domain.ts";
import { createBridgeClient } from "../../renderer/bridge.ts";
import { MessageBubble } from "../../renderer/components/message-bubble.tsx";
import { StoresProvider } from "../../renderer/stores/context.tsx";
import { createStores } from "../../renderer/stores/stores.ts";
import { createFakeBridge } from "../fakes/fake-bridge.ts";

export interface Judgement {
  readonly articles: number;
  /** Elements that no message of ours has, and attributes that none of ours has. */
  readonly foreign: readonly string[];
  /** Schemes of every address in an attribute, and of every link as it would be opened. */
  readonly schemes: readonly string[];
  readonly links: number;
}

declare global {
  interface Window {
    judge: (texts: readonly string[], mutant: boolean) => Judgement;
  }
}

const OURS = new Set([
  "article",
  "div",
  "p",
  "span",
  "button",
  "bdi",
  "svg",
  "path",
  "circle",
  "line",
  "rect",
  "time",
  "br",
]);
const fake = createFakeBridge({ conversations: 1 });
const stores = createStores(createBridgeClient(fake.bridge));
const root = createRoot(document.getElementById("root")!);

function toMessage(text: string, index: number): Message {
  return {
    id: (index + 1) as MessageId,
    conversationId: 1 as ConversationId,
    direction: index % 2 === 0 ? "inbound" : "outbound",
    body: { kind: "text", text },
    mediaCount: 0,
    status: "received",
    createdAt: 1_777_000_000_000,
  };
}

/** What nobody should write: markup and addresses taken from a text. */
function Careless({ text }: { text: string }) {
  const source = /src=["']?([^"'>\s]+)/.exec(text)?.[1];
  const address = /(?:javascript|data|file|smb):\S+/i.exec(text)?.[0];
  return createElement(
    "article",
    null,
    source === undefined ? null : createElement("img", { src: source }),
    // React refuses javascript: itself; everything else it lets through.
    address === undefined ? null : createElement("a", { href: address.replace(/^javascript/i, "file") }, text),
  );
}

window.judge = (texts, mutant) => {
  flushSync(() =>
    root.render(
      <StoresProvider stores={stores}>
        {texts.map((text, index) =>
          mutant ? (
            <Careless key={text} text={text} />
          ) : (
            <MessageBubble
              key={text}
              message={toMessage(text, index)}
              contact={text.slice(0, 60)}
              format={stores.format}
              startsGroup
              endsGroup
              showsStatus
            />
          ),
        )}
      </StoresProvider>,
    ),
  );
  const foreign = new Set<string>();
  const schemes = new Set<string>();
  const all = document.querySelectorAll("#root *");
  for (const element of all) {
    const name = element.localName;
    if (!OURS.has(name)) foreign.add(name);
    for (const { name: attribute, value } of element.attributes) {
      if (attribute.startsWith("on") || attribute === "srcdoc" || attribute === "style") foreign.add(attribute);
      if (["href", "src", "action", "ping", "data", "xlink:href"].includes(attribute)) {
        schemes.add(URL.canParse(value) ? new URL(value).protocol : value);
      }
    }
  }
  const links = document.querySelectorAll<HTMLElement>(".message-link");
  for (const link of links) link.click();
  for (const { name, input } of fake.calls.splice(0)) {
    if (name === "app.openLink") schemes.add(new URL((input as { url: string }).url).protocol);
  }
  return {
    articles: document.querySelectorAll("article").length,
    foreign: [...foreign],
    schemes: [...schemes],
    links: links.length,
  };
};
