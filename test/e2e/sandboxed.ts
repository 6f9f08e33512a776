/**
 * The app as an unprivileged user runs it, for the security tests: one window, a listening server, and a way to ask the
 * page from inside.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright/test";
import type { AppDriver } from "./app-driver.ts";
import { createAppDriver } from "./app-driver.ts";
import { test as base, expect } from "./fixtures.ts";
import { createStage } from "./unprivileged.ts";

export { expect };

export interface Sink {
  readonly url: string;
  readonly hits: string[];
}

/** One app for all of them: none of them changes it. */
export const test = base.extend<object, { locked: AppDriver; sink: Sink }>({
  locked: [
    async ({ desktop: _desktop }, use) => {
      const stage = await createStage();
      const app = await createAppDriver(stage);
      try {
        const page = await app.start();
        await expect(page.getByRole("button", { name: "Connect an account" })).toBeVisible({ timeout: 20_000 });
        await use(app);
      } finally {
        await app.dispose();
        await stage.dispose();
      }
    },
    { scope: "worker" },
  ],
  sink: [
    async ({}, use) => {
      const hits: string[] = [];
      const server = createServer((request, response) => {
        hits.push(request.url ?? "");
        response.end("reached");
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, hits });
      server.closeAllConnections();
      server.close();
    },
    { scope: "worker" },
  ],
});

/** Runs `attempt` in a timer of the page, where the page's own policy holds, and waits for its answer. */
export function fromInside<T>(
  page: Page,
  attempt: (argument: string) => T | Promise<T>,
  argument = "",
): Promise<T | string> {
  return page.evaluate(
    ([source, given]) =>
      new Promise<T | string>((resolve) => {
        // The function is compiled here, by the protocol; it runs later, as the page.
        const compiled = eval(`(${source})`) as (argument: string) => T | Promise<T>;
        setTimeout(() => {
          Promise.resolve()
            .then(() => compiled(given!))
            .then(resolve, (error: unknown) => resolve(`blocked: ${error instanceof Error ? error.name : "error"}`));
        }, 0);
      }),
    [attempt.toString(), argument],
  );
}
