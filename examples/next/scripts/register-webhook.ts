// Tells Bluehour where this app hears of jobs, and keeps the secret that it signs with for the app to verify by. Once
// for each deployment: with WEBHOOK_URL=https://your.app/api/bluehour, and the secret among your host's variables.
import { writeFile } from "node:fs/promises";
import { connect } from "../lib/connect.ts";

const { PORT = "3000", WEBHOOK_URL: url = `http://127.0.0.1:${PORT}/api/bluehour` } = process.env;
const { webhooks } = connect().v1;
const { items } = await webhooks.list();
const known = items.find((webhook) => webhook.url === url);
const { secret } = known
  ? // Shown at its making alone: who has lost it needs another.
    await webhooks.rotateSecret({ id: known.id })
  : await webhooks.create({ url, events: ["image.completed", "image.errored", "image.canceled"] });
await writeFile(".env.local", `BLUEHOUR_WEBHOOK_SECRET=${secret}\n`, { mode: 0o600 });
