// Checked by tsc alone: the types that are written out, so that each field has its docs on hover, are the schemas'.
import { expectTypeOf } from "vitest";
import type * as z from "zod";
import type {
  Account,
  accountSchema,
  BrowserToken,
  BrowserTokenInput,
  browserTokenPageSchema,
  browserTokenRequestSchema,
  IssuedBrowserToken,
  issuedBrowserTokenSchema,
} from "./account.ts";
import type { ImageEditorInput, imageEditorRequestSchema } from "./image-editor-request.ts";
import type { ImageGeneratorInput, imageGeneratorRequestSchema } from "./image-request.ts";
import type { ModelList, modelListSchema } from "./models.ts";
import type { Page } from "./page.ts";
import type {
  Created,
  createdSchema,
  Project,
  ProjectPage,
  projectPageSchema,
  projectSchema,
} from "./project.ts";
import type {
  UploadUrls,
  UploadUrlsInput,
  uploadUrlsRequestSchema,
  uploadUrlsSchema,
} from "./upload-urls.ts";
import type {
  DeliveryPage,
  deliveryPageSchema,
  WebhookInput,
  WebhookList,
  WebhookWithSecret,
  webhookListSchema,
  webhookRequestSchema,
  webhookWithSecretSchema,
} from "./webhook.ts";

expectTypeOf<ImageGeneratorInput>().toEqualTypeOf<z.input<typeof imageGeneratorRequestSchema>>();
expectTypeOf<ImageEditorInput>().toEqualTypeOf<z.input<typeof imageEditorRequestSchema>>();
expectTypeOf<Project>().toEqualTypeOf<z.output<typeof projectSchema>>();
expectTypeOf<ProjectPage>().toEqualTypeOf<z.output<typeof projectPageSchema>>();
expectTypeOf<ModelList>().toEqualTypeOf<z.output<typeof modelListSchema>>();
expectTypeOf<Created>().toEqualTypeOf<z.output<typeof createdSchema>>();
expectTypeOf<UploadUrlsInput>().toEqualTypeOf<z.input<typeof uploadUrlsRequestSchema>>();
expectTypeOf<UploadUrls>().toEqualTypeOf<z.output<typeof uploadUrlsSchema>>();
expectTypeOf<WebhookInput>().toEqualTypeOf<z.input<typeof webhookRequestSchema>>();
expectTypeOf<WebhookWithSecret>().toEqualTypeOf<z.output<typeof webhookWithSecretSchema>>();
expectTypeOf<WebhookList>().toEqualTypeOf<z.output<typeof webhookListSchema>>();
expectTypeOf<DeliveryPage>().toEqualTypeOf<z.output<typeof deliveryPageSchema>>();
expectTypeOf<Account>().toEqualTypeOf<z.output<typeof accountSchema>>();
expectTypeOf<BrowserTokenInput>().toEqualTypeOf<z.input<typeof browserTokenRequestSchema>>();
expectTypeOf<Page<BrowserToken>>().toEqualTypeOf<z.output<typeof browserTokenPageSchema>>();
expectTypeOf<IssuedBrowserToken>().toEqualTypeOf<z.output<typeof issuedBrowserTokenSchema>>();
