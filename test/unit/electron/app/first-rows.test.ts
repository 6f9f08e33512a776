/** What begins after the first rows: soon after the list was answered, and in the end also when it never is. */
import { describe, expect, it, vi } from "vitest";
import { createFirstRows, fetchAfter } from "../../../../electron/app/first-rows.ts";
import { createFakeClock } from "../../../fakes/fake-clock.ts";

function rig() {
  const clock = createFakeClock();
  const first = createFirstRows(clock);
  const shown = vi.fn();
  void first.shown.then(shown);
  return { clock, first, shown };
}

describe("createFirstRows", () => {
  it("waits for the list's paint, not for its answer alone", async () => {
    const { clock, first, shown } = rig();
    first.listAnswered();
    first.listAnswered();
    await clock.advance(149);
    expect(shown).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(shown).toHaveBeenCalledOnce();
    expect(clock.pending()).toBe(0);
  });

  it("does not wait for ever where no list is shown", async () => {
    const { clock, shown } = rig();
    await clock.advance(1_499);
    expect(shown).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(shown).toHaveBeenCalledOnce();
  });
});

describe("fetchAfter", () => {
  const answer = new Response("ok");

  it("holds requests back until then, and none later", async () => {
    let begin = () => {};
    const fetch = vi.fn(() => Promise.resolve(answer));
    const held = fetchAfter(new Promise((resolve) => (begin = resolve)), fetch);
    const early = held("https://a.test/", {});
    await Promise.resolve();
    expect(fetch).not.toHaveBeenCalled();
    begin();
    expect(await early).toBe(answer);
    expect(await held("https://b.test/", {})).toBe(answer);
    expect(fetch.mock.calls).toEqual([
      ["https://a.test/", {}],
      ["https://b.test/", {}],
    ]);
  });

  it("gives up at once what is given up while it waits", async () => {
    const fetch = vi.fn((_url: string, { signal }: RequestInit) =>
      signal?.aborted === true ? Promise.reject(new DOMException("aborted", "AbortError")) : Promise.resolve(answer),
    );
    const stop = new AbortController();
    const early = fetchAfter(new Promise(() => {}), fetch)("https://a.test/", { signal: stop.signal });
    stop.abort();
    await expect(early).rejects.toMatchObject({ name: "AbortError" });
  });
});
