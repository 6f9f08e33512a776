/**
 * One plain sentence pair per error code: what happened, and what to do.
 *
 * Part of the catalogue (see `strings.ts`). Exhaustive by type: a new code does not compile without its
 * words. Must not show codes, stack traces or server text; `detail` holds short facts only.
 */
import type { AppErrorCode, Failure } from "../shared/errors.ts";
import { APP_ERROR_CODES } from "../shared/errors.ts";

interface Words {
  readonly what: string;
  readonly todo: string;
}

type Detail = Failure["detail"];

const HOST = (detail: Detail) => detail["host"] ?? "the server";

const WORDS: Record<AppErrorCode, (detail: Detail) => Words> = {
  key_refused: () => ({
    what: "The provider refused this key.",
    todo: "Check that you copied all of it and that it was not revoked, then paste it again.",
  }),
  scope_missing: (detail) => ({
    what:
      detail["scope"] === undefined
        ? "The key works, but it lacks a permission."
        : `The key works, but it lacks the permission “${detail["scope"]}”.`,
    todo: "Add it to the key at your provider, or create a new key that has it.",
  }),
  wrong_address: () => ({
    what: "There is no messaging API at this address.",
    todo: "Compare the API base URL with your provider's documentation.",
  }),
  not_json: () => ({
    what: "A web page answered instead of the API.",
    todo: "If this network asks you to sign in, do that in a browser first; otherwise check the API base URL.",
  }),
  unreachable: (detail) => ({
    what: `${HOST(detail) === "the server" ? "The server" : HOST(detail)} cannot be reached.`,
    todo: "Check the API base URL, your connection and any proxy or firewall.",
  }),
  offline: () => ({
    what: "This computer is offline.",
    todo: "Connect to a network and try again.",
  }),
  tls_failed: () => ({
    what: "The server's certificate cannot be trusted, so nothing was sent.",
    todo: "Check the address and this computer's date; on a company network, ask whether its certificate is installed.",
  }),
  timeout: () => ({ what: "The server took too long to answer.", todo: "Try again in a moment." }),
  redirected: () => ({
    what: "The server sent us to another address, and a key never follows.",
    todo: "Enter the final address as the API base URL.",
  }),
  too_large: () => ({
    what: "The server's answer was far larger than it should be, so it was not read.",
    todo: "Check the API base URL; if it is right, tell your provider.",
  }),
  rate_limited: () => ({
    what: "The provider asks us to slow down.",
    todo: "Nothing to do: it is tried again by itself after the pause.",
  }),
  server_error: () => ({
    what: "The provider has a problem on its side.",
    todo: "Try again later; their status page may say more.",
  }),
  invalid_response: () => ({
    what: "The server's answer is not what this provider documents.",
    todo: "Check the API base URL and the chosen provider.",
  }),
  cursor_invalid: () => ({
    what: "The provider lost our place in the list.",
    todo: "Nothing to do: the list is read again from the top.",
  }),
  cursor_stuck: () => ({
    what: "The provider's list never ends, so reading it was stopped.",
    todo: "Choose “Sync now” to try again; if it stays, tell your provider.",
  }),
  not_found: () => ({ what: "This no longer exists.", todo: "Go back to the list and choose again." }),
  rejected: (detail) => ({
    what:
      detail["reason"] === undefined
        ? "The provider refused this message."
        : `The provider refused this message: ${detail["reason"]}.`,
    todo: "Change it and send it again.",
  }),
  consent_required: () => ({
    what: "The contact has not opted in, so the provider did not deliver this.",
    todo: "Ask them to opt in, for example by texting START, before writing again.",
  }),
  opted_out: () => ({
    what: "The contact has opted out. Nothing was sent.",
    todo: "Wait until they opt in again.",
  }),
  text_empty: () => ({ what: "There is no text to send.", todo: "Write something first." }),
  text_too_long: (detail) => ({
    what:
      detail["max"] === undefined
        ? "The text is longer than the provider allows."
        : `The text is longer than the ${detail["max"]} characters the provider allows.`,
    todo: "Shorten it or send it in parts.",
  }),
  bad_input: () => ({ what: "Something in the form is not valid.", todo: "Check the fields and try again." }),
  untrusted_sender: () => ({ what: "The request was refused for safety.", todo: "Restart Threadkeep." }),
  unknown_call: () => ({ what: "This version cannot do that.", todo: "Restart Threadkeep to finish an update." }),
  vault_unavailable: () => ({
    what: "No keyring answers on this computer, so the key cannot be kept.",
    todo: "Unlock or install a keyring, or use the app for this session only.",
  }),
  vault_failed: () => ({
    what: "The keyring did not hand over a saved key.",
    todo: "Unlock it and try again, or replace the key of the account.",
  }),
  not_ready: () => ({ what: "Threadkeep is still opening your inbox.", todo: "Try again in a moment." }),
  disk_full: () => ({
    what: "The disk is full, so nothing more can be saved.",
    todo: "Free some space; everything goes on by itself.",
  }),
  disk_error: () => ({
    what: "The disk reported an error.",
    todo: "Check the disk, then restart Threadkeep.",
  }),
  db_damaged: () => ({
    what: "The local copy of your inbox is damaged.",
    todo: "Restart Threadkeep: the file is set aside and the inbox rebuilt.",
  }),
  db_from_future: () => ({
    what: "The inbox was written by a newer version.",
    todo: "Install the newest Threadkeep.",
  }),
  internal: () => ({
    what: "Something went wrong inside Threadkeep.",
    todo: "Try again; if it stays, restart the app.",
  }),
};

const KNOWN: ReadonlySet<string> = new Set(APP_ERROR_CODES);

/** The words for a code that came as plain text (outbox and sync carry strings); an unknown one reads as `internal`. */
export function errorWords(code: string, detail: Detail = {}): Words {
  return WORDS[KNOWN.has(code) ? (code as AppErrorCode) : "internal"](detail);
}

/** What happened and what to do, as one line for alerts. */
export function errorSentence(failure: { readonly code: string; readonly detail: Detail }): string {
  const { what, todo } = errorWords(failure.code, failure.detail);
  return `${what} ${todo}`;
}
