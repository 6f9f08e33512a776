/** Saved replies and decisions about consent as main keeps them, in memory. */
import type { Conversation, ConversationId, Message } from "../../shared/domain.ts";
import type { Handlers } from "../../shared/ipc.ts";
import type { Template } from "../../shared/templates.ts";

type Area = "templates.list" | "templates.save" | "consent.decide" | "consent.undo";

interface World {
  row(id: number): Conversation | null;
  thread(id: number): readonly Message[];
  change(id: number, changes: Partial<Conversation>): void;
  changed(...ids: ConversationId[]): void;
}

export const FAKE_TEMPLATES: readonly Template[] = [
  {
    id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a01",
    name: "Ready for pickup",
    text: "Hi {{contact.firstName|there}}, your order is ready for pickup. We are open until six.",
  },
  {
    id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a02",
    name: "Running late",
    text: "Hi {{contact.firstName}}, we are running about 15 minutes late. Sorry for the wait!",
  },
  {
    id: "5b0a7c1e-0f5f-4a52-8f3f-0d1f8a5c7a03",
    name: "Opening hours",
    text: "We are open Monday to Friday from 9 to 18, and on Saturday until 14. {{account.name}}",
  },
];

export function fakeComposerHandlers(world: World): Pick<Handlers, Area> {
  let templates: Template[] = [...FAKE_TEMPLATES];
  return {
    "templates.list": () => templates,
    "templates.save": ({ templates: next }) => (templates = next),
    "consent.decide": ({ id, decision }) => {
      const out = {
        isOptedOutHere: true,
        consent: { state: "opted_out" as const, since: world.row(id)!.lastMessageAt },
      };
      world.change(id, { optOutHint: null, ...(decision === "opted_out" ? out : {}) });
      world.changed(id);
    },
    "consent.undo": ({ id, decision, messageId }) => {
      const back = { isOptedOutHere: false, consent: { state: "unknown" as const, since: null } };
      world.change(id, { optOutHint: messageId, ...(decision === "opted_out" ? back : {}) });
      world.changed(id);
    },
  };
}
