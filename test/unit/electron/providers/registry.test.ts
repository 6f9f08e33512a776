/** The registry: credentials are complete and plain before anything is asked with them. */
import { describe, expect, it } from "vitest";
import { getProviderEntry, providerForms, readCredentials } from "../../../../electron/providers/registry.ts";
import { ProviderForm } from "../../../../shared/ipc.ts";

const entry = getProviderEntry("agentmessage");

describe("providers", () => {
  it("gives forms that the contract takes, each with the field its key hint comes from", () => {
    for (const form of providerForms()) {
      expect(ProviderForm.parse(form)).toEqual(form);
      const { keyField } = getProviderEntry(form.provider);
      expect(form.fields.filter(({ secret }) => secret).map(({ name }) => name)).toContain(keyField);
    }
    expect(providerForms().map(({ provider }) => provider)).toContain("agentmessage");
  });

  it("refuses a provider that has no adapter", () => {
    expect(() => getProviderEntry("constructor" as "twilio")).toThrow(expect.objectContaining({ code: "bad_input" }));
  });
});

describe("readCredentials", () => {
  it("takes an empty field that may be empty, and no less care with what is typed there", () => {
    const highLevel = getProviderEntry("highlevel");
    const typed = { accessToken: "pit-1", locationId: "loc" };
    expect(readCredentials(highLevel, { ...typed, apiVersion: " " })).toEqual(typed);
    expect(readCredentials(highLevel, { ...typed, apiVersion: "v3" })).toEqual({ ...typed, apiVersion: "v3" });
    expect(() => readCredentials(highLevel, { ...typed, apiVersion: "v3\r\nX: 1" })).toThrow(
      expect.objectContaining({ detail: { field: "apiVersion" } }),
    );
  });

  it("trims, and drops what the form does not ask for", () => {
    expect(readCredentials(entry, { apiKey: "  am_live_abc \n", extra: "x" })).toEqual({ apiKey: "am_live_abc" });
  });

  it.each([
    {},
    { apiKey: "" },
    { apiKey: "   " },
    { apiKey: "am_live one" },
    { apiKey: "am_live\r\nX-Evil: 1" },
    { apiKey: "am_live\u0000" },
    { apiKey: "am_live_schlüssel" },
    { apikey: "am_live_abc" },
    Object.create({ apiKey: "am_live_inherited" }) as Record<string, string>,
  ])("refuses %j by the field's name and without its value", (typed) => {
    const attempt = () => readCredentials(entry, typed);
    expect(attempt).toThrow(expect.objectContaining({ code: "bad_input", detail: { field: "apiKey" } }));
    expect(attempt).not.toThrow(/am_live/);
  });
});
