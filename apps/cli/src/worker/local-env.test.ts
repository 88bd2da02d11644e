import { expect, test } from "vitest";
import { localEnv } from "./local-env.ts";

const text = (value: string) => ({ type: "text", value }) as const;

test("what wrangler.toml declares holds here too, but for where the deployment is", () => {
  const declared = {
    DEFAULT_MODEL: text("fal/x"),
    PUBLIC_URL: text("https://a.example"),
    JURISDICTION: text("eu"),
  };
  expect(localEnv(declared, {})).toMatchObject({
    DEFAULT_MODEL: text("fal/x"),
    PUBLIC_URL: text(""),
    PUBLIC_IMAGES_URL: text(""),
    JURISDICTION: text(""),
    ALLOW_PRIVATE_HOSTS: text("true"),
  });
});

test("what is given for the local Worker wins", () => {
  const given = { PUBLIC_URL: "http://127.0.0.1:8787", ALLOW_PRIVATE_HOSTS: "false" };
  expect(localEnv({ ALLOW_PRIVATE_HOSTS: text("true") }, given)).toMatchObject({
    PUBLIC_URL: text("http://127.0.0.1:8787"),
    ALLOW_PRIVATE_HOSTS: text("false"),
  });
});
