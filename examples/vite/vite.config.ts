import { env } from "node:process";
import { defineConfig, type Plugin } from "vite";
import { sessionEndpoint } from "./server/session-endpoint.ts";

const { BLUEHOUR_URL, BLUEHOUR_TOKEN, PORT = "5173" } = env;

/** Stands for your own server, which the page reaches at its own origin. */
const server: Plugin = {
  name: "server",
  configureServer({ middlewares }) {
    if (!BLUEHOUR_URL || !BLUEHOUR_TOKEN) throw new Error("Set BLUEHOUR_URL and BLUEHOUR_TOKEN");
    middlewares.use("/api/session", sessionEndpoint(BLUEHOUR_URL, BLUEHOUR_TOKEN));
  },
};

export default defineConfig({
  plugins: [server],
  // Those who reach this page can spend the account's credits: this machine alone.
  server: { host: "127.0.0.1", port: Number(PORT), strictPort: true },
});
