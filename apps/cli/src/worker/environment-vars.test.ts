import { expect, test } from "vitest";
import { environmentVars } from "./environment-vars.ts";

test("the environment may say who paints, and nothing else", () => {
  expect(
    environmentVars({
      OPENAI_BASE_URL: "http://localhost:8080",
      OPENAI_API_KEY: "any",
      FAL_API_KEY: "",
      COMFYUI_BASE_URL: "http://localhost:8188",
      ALLOW_PRIVATE_HOSTS: "true",
      ADMIN_TOKEN: "stray",
      OTHER_API_KEY: "not ours",
      PATH: "/bin",
    }),
  ).toEqual({
    OPENAI_BASE_URL: "http://localhost:8080",
    OPENAI_API_KEY: "any",
    COMFYUI_BASE_URL: "http://localhost:8188",
    ALLOW_PRIVATE_HOSTS: "true",
  });
});
