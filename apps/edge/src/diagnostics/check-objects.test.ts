import { env } from "cloudflare:workers";
import { diagnosticsSchema } from "@bluehour/contract";
import { describe, expect, test, vi } from "vitest";
import type { Bindings } from "../bindings.ts";
import worker from "../index.ts";
import { errorOf } from "../test-api.ts";

/** A namespace that has jurisdictions, which workerd's own have not. */
function located<T extends object>(namespace: T): T {
  const methods = {
    jurisdiction: () => namespace,
    newUniqueId: () => expect.fail("not in its jurisdiction"),
    getByName: () => expect.fail("not in its jurisdiction"),
  };
  return new Proxy(namespace, {
    get: (target, name) => Reflect.get(name in methods ? methods : target, name),
  });
}

describe.each(["JOBS", "ACCOUNTS", "WEBHOOKS"] as const)(
  "without the binding %s, in a jurisdiction",
  (name) => {
    const { JOBS, ACCOUNTS, WEBHOOKS } = env;
    const objects = { JOBS: located(JOBS), ACCOUNTS: located(ACCOUNTS), WEBHOOKS: located(WEBHOOKS) };
    // wrangler.toml can take a binding away, which our types do not foresee.
    const bindings = { ...env, ...objects, [name]: undefined, JURISDICTION: "eu" } as Bindings;
    const headers = { Authorization: "Bearer admin-token" };
    const ask = (path: string) =>
      worker.fetch(new Request(`https://bluehour.test${path}`, { headers }), bindings);

    test("the operator is told which, and how to bind it", async () => {
      const response = await ask("/v1/admin/diagnostics");
      expect(response.status).toBe(200);
      const { checks } = diagnosticsSchema.parse(await response.json());
      const ofObjects = checks.filter((check) => check.name.startsWith("binding "));
      const missing = {
        name: `binding ${name}`,
        status: "fault",
        message: "is missing",
        fix: expect.stringMatching(`name = "${name}" and class_name = "\\w+Object" back into wrangler.toml`),
      };
      expect(ofObjects.filter(({ status }) => status !== "ok")).toEqual([missing]);
      expect(ofObjects).toHaveLength(3);
    });

    test("what needs it answers 503, what does not goes on, and the log says which", async () => {
      const logged = vi.spyOn(console, "error").mockReturnValue();
      const answers = await Promise.all(
        ["/v1/account", `/v1/image-projects/${"0".repeat(64)}`, "/v1/webhooks", "/v1/models", "/healthz"].map(
          async (path) => ({ path, ...(await errorOf(await ask(path))) }),
        ),
      );
      const lines = logged.mock.calls.map(([line]) => JSON.parse(line));
      logged.mockRestore();
      expect(answers.map(({ status }) => status)).not.toContain(500);
      expect(answers.filter(({ path }) => /models|healthz/.test(path)).map(({ status }) => status)).toEqual([
        200, 200,
      ]);
      const refused = answers.filter(({ status }) => status === 503);
      expect(lines).toHaveLength(refused.length);
      for (const { code, message } of refused) {
        expect(code).toBe("not_configured");
        expect(message).toContain(`The binding ${name} is missing`);
      }
      for (const line of lines)
        expect(line).toMatchObject({ level: "error", event: "binding missing", binding: name });
      expect(refused.length > 0).toBe(name !== "WEBHOOKS");
    });
  },
);
