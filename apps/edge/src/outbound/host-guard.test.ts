import { expect, test } from "vitest";
import { isPublicUrl } from "./host-guard.ts";

test.each([
  "https://example.com/a",
  "https://93.184.216.34/",
  "https://[2606:2800:220:1::1]/",
  "https://a.b.example:8443",
])("%s is public", (url) => expect(isPublicUrl(new URL(url))).toBe(true));

test.each([
  "http://example.com/",
  "ftp://example.com/",
  "https://localhost/",
  "https://api.localhost/",
  "https://intranet/",
  "https://db.internal/",
  "https://printer.local/",
  "https://127.0.0.1/",
  "https://127.1/",
  "https://2130706433/",
  "https://0x7f.0.0.1/",
  "https://0.0.0.0/",
  "https://10.1.2.3/",
  "https://172.16.0.1/",
  "https://192.168.1.1/",
  "https://169.254.169.254/latest/meta-data",
  "https://100.64.0.1/",
  "https://224.0.0.1/",
  "https://[::1]/",
  "https://[::]/",
  "https://[fe80::1]/",
  "https://[fd00::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:a00:1]/",
  "https://user:secret@example.com/",
])("%s is not", (url) => expect(isPublicUrl(new URL(url))).toBe(false));
