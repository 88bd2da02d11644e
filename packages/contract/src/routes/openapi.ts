import { Hono } from "hono";
import { docsPage } from "../openapi/docs-page.ts";
import { openApiDocument } from "../openapi/openapi-document.ts";

/** `/openapi.json`, and `/docs`, its page. For anyone, and whether or not the Worker is configured. */
export function openApiRoutes(version: string) {
  // Made when it is first asked for, not while the Worker starts.
  let made: ReturnType<typeof openApiDocument> | undefined;
  const document = () => {
    made ??= openApiDocument(version);
    return made;
  };
  return new Hono()
    .get("/openapi.json", (context) =>
      context.json(document(), 200, { "Access-Control-Allow-Origin": "*", "Cache-Control": "max-age=300" }),
    )
    .get("/docs", (context) =>
      context.html(docsPage(document()), 200, {
        "Cache-Control": "max-age=300",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
      }),
    );
}
