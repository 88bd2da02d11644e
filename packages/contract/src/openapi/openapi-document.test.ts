import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect, test } from "vitest";
import { createApp } from "../app.ts";
import { imageGeneratorRequestSchema } from "../image-request.ts";
import { projectSchema } from "../project.ts";
import { openApiDocument } from "./openapi-document.ts";
import { OPERATIONS } from "./operations.ts";
import { SCHEMAS } from "./schemas.ts";

const app = createApp({
  version: "1.2.3",
  service: () => {
    throw new Error("The document needs no service");
  },
  corsOrigins: () => "*",
  onUnexpectedError: () => {},
});

test("the document is served, and clean by Redocly's recommended rules", async () => {
  const response = await app.request("/openapi.json");
  expect(response.status).toBe(200);
  const source = await response.text();
  expect(JSON.parse(source)).toMatchObject({ openapi: "3.1.1", info: { version: "1.2.3" } });
  const config = await createConfig({
    extends: ["recommended"],
    rules: { "no-invalid-media-type-examples": "error" },
  });
  const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
  expect(
    problems.map(({ severity, ruleId, message, location }) => [
      severity,
      ruleId,
      message,
      location[0]?.pointer,
    ]),
  ).toEqual([]);
});

test("every route is described, and nothing else", () => {
  const routes = app.routes
    .filter(({ method, path }) => method !== "ALL" && !["/openapi.json", "/docs"].includes(path))
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, "{$1}")}`);
  const described = OPERATIONS.map(({ method, path }) => `${method} ${path}`);
  expect(described.toSorted()).toEqual([...new Set(routes)].toSorted());
});

test("the schemas are those that the routes validate with", () => {
  expect(SCHEMAS.ImageGeneratorRequest).toBe(imageGeneratorRequestSchema);
  const { Project, ImageGeneratorRequest } = openApiDocument("1").components.schemas;
  expect(Object.keys(Project?.["properties"] ?? {})).toEqual(Object.keys(projectSchema.shape));
  expect(ImageGeneratorRequest).toMatchObject({ required: ["image_count", "style"] });
});

test("every example is what its schema takes", () => {
  for (const { body, answers } of OPERATIONS) {
    for (const content of [body, ...answers.map((answer) => answer.content)]) {
      if (content) expect(content.schema.safeParse(content.example).error).toBeUndefined();
    }
  }
});

test("the page shows every endpoint, and fetches nothing", async () => {
  const response = await app.request("/docs");
  expect(response.headers.get("content-type")).toMatch(/^text\/html/);
  const page = await response.text();
  for (const { path, summary } of OPERATIONS) {
    expect(page).toContain(path);
    expect(page).toContain(summary);
  }
  expect(page).not.toMatch(/<script|<link|src=|url\(|@import/);
});
